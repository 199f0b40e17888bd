// JSON-RPC 2.0 messages: bytes → message, and what may be asked of JSON that somebody else wrote.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace cagelint::lsp {

// What is read; members are looked up quickly, however many a hostile message has. What is written
// is output::Json, in the order in which it is put together.
using Json = nlohmann::json;

// JSON-RPC 2.0 and LSP 3.17, ErrorCodes and LSPErrorCodes.
enum class ErrorCode : int {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kInternalError = -32603,
  kServerNotInitialized = -32002,
  kRequestFailed = -32803,
  kRequestCancelled = -32800,
};

struct Failure {
  ErrorCode code = ErrorCode::kInternalError;
  std::string message;
};

struct Message {
  enum class Kind : std::uint8_t { kRequest, kNotification, kResponse, kBroken };
  Kind kind = Kind::kBroken;
  Json id;              // null where there is none that can be read
  std::string method;   // of requests and notifications
  Json params;          // theirs; null where there are none
  Json result;          // of a response: null for an error
  Failure failure;      // of a broken one
  char32_t halves = 0;  // as Replaced::block: what texts in it have in place of surrogates alone
};

// Never throws. Nesting is bounded.
Message ParseMessage(std::string_view body);

// The member of an object; null (a JSON value) where there is none.
const Json& At(const Json& value, std::string_view member);
// The same along several: At(params, {"textDocument", "uri"}).
const Json& At(const Json& value, std::initializer_list<std::string_view> members);
// Of the right type, or nothing.
std::optional<std::string> TextOf(const Json& value);
std::optional<bool> BoolOf(const Json& value);
std::optional<std::int64_t> IntegerOf(const Json& value);
bool IsTrue(const Json& value);

}  // namespace cagelint::lsp
