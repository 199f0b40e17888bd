#include "linter/lsp/framing.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace cagelint::lsp {
namespace {

std::vector<Frame> AllOf(FrameReader& reader) {
  std::vector<Frame> out;
  while (auto frame = reader.Next()) out.push_back(std::move(*frame));
  return out;
}

std::vector<Frame> Read(std::string_view bytes, std::size_t largest = kLargestBody) {
  FrameReader reader(largest);
  reader.Feed(bytes);
  return AllOf(reader);
}

TEST(Framing, WhatIsFramedIsRead) {
  const auto frames = Read(Framed("{}") + Framed("") + Framed("\u00e9\r\n\r\n"));
  ASSERT_EQ(frames.size(), 3u);
  EXPECT_EQ(frames[0].body, "{}");
  EXPECT_EQ(frames[1].body, "");
  EXPECT_EQ(frames[2].body, "\u00e9\r\n\r\n");
  for (const Frame& frame : frames) EXPECT_EQ(frame.problem, "");
}

TEST(Framing, PiecesOfAnySizeAreTheSame) {
  const std::string bytes = Framed("{\"a\": 1}") + "content-length:2\r\nContent-Type: x\r\n\r\n[]" +
                            Framed(std::string(5000, 'x'));
  const auto whole = Read(bytes);
  ASSERT_EQ(whole.size(), 3u);
  for (const std::size_t size : {1u, 2u, 3u, 7u, 19u, 100u}) {
    FrameReader reader;
    std::vector<Frame> pieces;
    for (std::size_t at = 0; at < bytes.size(); at += size) {
      reader.Feed(std::string_view(bytes).substr(at, size));
      for (Frame& frame : AllOf(reader)) pieces.push_back(std::move(frame));
    }
    ASSERT_EQ(pieces.size(), whole.size()) << size;
    for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_EQ(pieces[i].body, whole[i].body);
    EXPECT_EQ(reader.Waiting(), 0u);
  }
}

TEST(Framing, BrokenHeadersAreSaidOnceAndPassedBy) {
  for (const std::string header :
       {"Content-Length: x\r\n\r\n", "\r\n\r\n", "Content-Length: -1\r\n\r\n", "Hello: you\r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n", "Content-Length: 1 2\r\n\r\n"}) {
    const auto frames = Read(header + Framed("[]"));
    ASSERT_EQ(frames.size(), 2u) << header;
    EXPECT_NE(frames[0].problem, "") << header;
    EXPECT_EQ(frames[1].body, "[]") << header;
  }
}

TEST(Framing, OtherFieldsAreNoLength) {
  const auto frames = Read("Content-Length: 2\r\nX-Content-Length: 3\r\n\r\n{}" + Framed("[1]"));
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].body, "{}");
  EXPECT_EQ(frames[1].body, "[1]");
}

TEST(Framing, WhatIsNotInUtf8IsRefused) {
  const std::string type = "Content-Type: application/vscode-jsonrpc; charset=";
  for (const char* known : {"utf-8", "utf8", "UTF-8", "\"utf-8\""})
    EXPECT_EQ(Read("Content-Length: 2\r\n" + type + known + "\r\n\r\n{}").front().body, "{}");
  const auto frames = Read(type + "utf-16\r\nContent-Length: 4\r\n\r\nabcd" + Framed("[1]"));
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_NE(frames[0].problem.find("UTF-8"), std::string::npos);
  EXPECT_EQ(frames[1].body, "[1]");
}

TEST(Framing, ABodyThatIsLongerThanItSaysSpoilsOneMessageAtMost) {
  const auto frames =
      Read("Content-Length: 2\r\n\r\n{}{\"more\": 1}" + Framed("[1]") + Framed("[2]"));
  ASSERT_GE(frames.size(), 2u);
  EXPECT_EQ(frames.front().body, "{}");
  EXPECT_EQ(frames.back().body, "[2]");
}

TEST(Framing, LargeBodiesAreSkippedAndNotKept) {
  FrameReader reader(100);
  reader.Feed("Content-Length: 1000000\r\n\r\n");
  auto frame = reader.Next();
  ASSERT_TRUE(frame);
  EXPECT_NE(frame->problem.find("1000000"), std::string::npos);
  for (int i = 0; i < 1000; ++i) {
    reader.Feed(std::string(1000, 'x'));
    EXPECT_EQ(reader.Waiting(), 0u);
    EXPECT_FALSE(reader.Next());
  }
  reader.Feed(Framed("{}"));
  frame = reader.Next();
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->body, "{}");
}

TEST(Framing, AHeaderWithoutAnEndIsNotKept) {
  FrameReader reader;
  std::size_t problems = 0;
  for (int i = 0; i < 100; ++i) {
    reader.Feed(std::string(10'000, 'h'));
    problems += AllOf(reader).size();
    EXPECT_LE(reader.Waiting(), kLargestHeader + 10'000);
  }
  EXPECT_GT(problems, 0u);
  reader.Feed("\r\n\r\n" + Framed("{}"));
  EXPECT_EQ(AllOf(reader).back().body, "{}");
}

}  // namespace
}  // namespace cagelint::lsp
