#include "linter/lsp/message.h"

#include <string>

#include <gtest/gtest.h>

#include "linter/lsp/uri.h"

namespace cagelint::lsp {
namespace {

using Kind = Message::Kind;

TEST(Messages, KindsAreToldApart) {
  const Message request =
      ParseMessage(R"({"jsonrpc": "2.0", "id": 1, "method": "m", "params": {}})");
  EXPECT_EQ(request.kind, Kind::kRequest);
  EXPECT_EQ(request.method, "m");
  EXPECT_EQ(request.id, 1);
  EXPECT_EQ(ParseMessage(R"({"jsonrpc": "2.0", "method": "m"})").kind, Kind::kNotification);
  EXPECT_EQ(ParseMessage(R"({"jsonrpc": "2.0", "id": "a", "result": null})").kind, Kind::kResponse);
  EXPECT_EQ(ParseMessage(R"({"jsonrpc": "2.0", "id": 1, "error": {}})").kind, Kind::kResponse);
}

TEST(Messages, WhatIsBrokenSaysHow) {
  const auto code = [](const std::string& body) {
    const Message message = ParseMessage(body);
    EXPECT_EQ(message.kind, Kind::kBroken) << body;
    return message.failure.code;
  };
  const std::string deep(100'000, '[');
  for (const std::string& body : {std::string(), std::string("{"), std::string("\xff"), deep,
                                  std::string("{\"a\": 1} x"), std::string("{'a': 1}")})
    EXPECT_EQ(code(body), ErrorCode::kParseError) << body.substr(0, 20);
  for (const char* body :
       {"[]", "1", "null", "{}", R"({"jsonrpc": "1.0", "id": 1, "method": "m"})",
        R"({"jsonrpc": "2.0", "id": 1})", R"({"jsonrpc": "2.0", "id": 1.5, "method": "m"})",
        R"({"jsonrpc": "2.0", "id": null, "method": "m"})",
        R"({"jsonrpc": "2.0", "id": 1, "method": 2})",
        R"({"jsonrpc": "2.0", "id": 1, "method": "m", "params": 3})",
        R"([{"jsonrpc": "2.0", "id": 1, "method": "m"}])"})
    EXPECT_EQ(code(body), ErrorCode::kInvalidRequest) << body;
  EXPECT_EQ(ParseMessage(R"({"jsonrpc": "2.0", "id": 7, "method": 2})").id, 7)
      << "whoever asked is told";
}

TEST(Messages, MembersOfTheWrongTypeAreNotThere) {
  const Json json = Json::parse(R"({"a": {"b": "c"}, "n": -1, "big": 18446744073709551615})");
  EXPECT_EQ(TextOf(At(json, {"a", "b"})), "c");
  EXPECT_EQ(TextOf(At(json, {"a", "b", "c"})), std::nullopt);
  EXPECT_EQ(TextOf(At(json, "n")), std::nullopt);
  EXPECT_EQ(IntegerOf(At(json, "n")), -1);
  EXPECT_EQ(IntegerOf(At(json, "big")), std::nullopt);
  EXPECT_EQ(BoolOf(At(json, "missing")), std::nullopt);
}

TEST(Uris, PathsOfFiles) {
  EXPECT_EQ(PathOf("file:///a/b%20c/%C3%A9.yaml"), "/a/b c/\u00e9.yaml");
  EXPECT_EQ(PathOf("FILE://localhost/a/../b"), "/b");
  EXPECT_EQ(PathOf("file:/a"), "/a");
  EXPECT_EQ(PathOf("file:///a?x#y"), "/a");
  EXPECT_EQ(PathOf("file:///a%2Fb"), "/a/b");
}

TEST(Uris, OthersHaveNoPath) {
  for (const char* uri : {"", "file", "file:", "file://host/a", "file:a", "untitled:Untitled-1",
                          "git:/a/b", "file:///a%", "file:///a%2", "file:///a%zz", "file:///a%00b",
                          "file:///%ff", "http://a/b", ":", "://"})
    EXPECT_EQ(PathOf(uri), std::nullopt) << uri;
  EXPECT_EQ(NameOf("untitled:a%20b"), "a b");
  EXPECT_EQ(NameOf("untitled:a%"), "a%");
  EXPECT_EQ(SchemeOf("Untitled:x"), "untitled");
  EXPECT_EQ(SchemeOf("/a:b"), "");
}

}  // namespace
}  // namespace cagelint::lsp
