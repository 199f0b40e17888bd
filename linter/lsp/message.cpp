#include "linter/lsp/message.h"

#include <utility>

#include "linter/lsp/surrogates.h"

namespace cagelint::lsp {
namespace {

constexpr int kDeepest = 200;

// Whether brackets nest deeper than anything of the protocol: values are copied and freed by
// functions that call themselves.
bool IsTooDeep(std::string_view json) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (in_text) {
      if (c == '\\') ++at;
      in_text = c != '"';
    } else if (c == '"') {
      in_text = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepest) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

Message Broken(ErrorCode code, std::string why, Json id = nullptr) {
  Message out;
  out.id = std::move(id);
  out.failure = {code, std::move(why)};
  return out;
}

bool IsId(const Json& id) { return id.is_string() || id.is_number_integer(); }

Message OfObject(Json object) {
  const Json id = At(object, "id");
  const bool has_id = object.contains("id");
  const Json known = IsId(id) ? id : Json();
  if (At(object, "jsonrpc") != "2.0")
    return Broken(ErrorCode::kInvalidRequest, "`jsonrpc` is not \"2.0\"", known);
  Message out;
  out.id = known;
  if (!object.contains("method")) {
    if (!has_id || (!object.contains("result") && !object.contains("error")))
      return Broken(ErrorCode::kInvalidRequest, "no `method`, and no response", known);
    out.kind = Message::Kind::kResponse;
    if (object.contains("result")) out.result = std::move(object["result"]);
    return out;
  }
  auto method = TextOf(At(object, "method"));
  if (!method) return Broken(ErrorCode::kInvalidRequest, "`method` is not a string", known);
  if (has_id && !IsId(id))
    return Broken(ErrorCode::kInvalidRequest, "`id` is neither a string nor an integer");
  out.kind = has_id ? Message::Kind::kRequest : Message::Kind::kNotification;
  out.method = std::move(*method);
  if (object.contains("params")) out.params = std::move(object["params"]);
  if (!out.params.is_null() && !out.params.is_structured())
    return Broken(ErrorCode::kInvalidRequest, "`params` is neither an object nor an array", known);
  return out;
}

}  // namespace

Message ParseMessage(std::string_view body) {
  if (IsTooDeep(body)) return Broken(ErrorCode::kParseError, "JSON that nests too deep");
  const Replaced replaced = ReplaceHalves(body);
  Json json = Json::parse(replaced.json, nullptr, false);
  if (json.is_discarded()) return Broken(ErrorCode::kParseError, "not JSON");
  if (!json.is_object())
    return Broken(ErrorCode::kInvalidRequest,
                  json.is_array() ? "batches are no part of the protocol" : "not an object");
  Message out = OfObject(std::move(json));
  out.halves = replaced.block;
  return out;
}

const Json& At(const Json& value, std::string_view member) {
  static const Json kNull;
  if (!value.is_object()) return kNull;
  const auto found = value.find(member);
  return found == value.end() ? kNull : *found;
}

const Json& At(const Json& value, std::initializer_list<std::string_view> members) {
  const Json* at = &value;
  for (const std::string_view member : members) at = &At(*at, member);
  return *at;
}

std::optional<std::string> TextOf(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  return *value.get_ptr<const std::string*>();
}

std::optional<bool> BoolOf(const Json& value) {
  if (!value.is_boolean()) return std::nullopt;
  return *value.get_ptr<const bool*>();
}

std::optional<std::int64_t> IntegerOf(const Json& value) {
  if (value.is_number_unsigned()) {
    const std::uint64_t number = *value.get_ptr<const std::uint64_t*>();
    if (number > INT64_MAX) return std::nullopt;
    return static_cast<std::int64_t>(number);
  }
  if (!value.is_number_integer()) return std::nullopt;
  return *value.get_ptr<const std::int64_t*>();
}

bool IsTrue(const Json& value) { return BoolOf(value).value_or(false); }

}  // namespace cagelint::lsp
