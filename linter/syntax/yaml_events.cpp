#include "linter/syntax/yaml_events.h"

#include <algorithm>

#include <yaml.h>

#include "linter/base/text.h"

namespace cagelint::syntax {
namespace {

constexpr std::string_view kCorePrefix = "tag:yaml.org,2002:";

std::string Text(const yaml_char_t* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

// A lone `!` says only that the value is no number, which go-yaml passes over.
std::string WrittenTag(const yaml_char_t* text) {
  std::string tag = Text(text);
  if (tag == "!") return "";
  return tag.starts_with(kCorePrefix) ? "!!" + tag.substr(kCorePrefix.size()) : tag;
}

ScalarStyle StyleOf(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return ScalarStyle::kSingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return ScalarStyle::kDoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE:
      return ScalarStyle::kLiteral;
    case YAML_FOLDED_SCALAR_STYLE:
      return ScalarStyle::kFolded;
    default:
      return ScalarStyle::kPlain;
  }
}

// libyaml counts characters. Marks come nearly in order, so walking from the last one is linear.
class Offsets {
 public:
  explicit Offsets(std::string_view bytes) : bytes_(bytes) {}

  std::uint32_t Of(std::size_t character) {
    for (; at_ < character && offset_ < bytes_.size(); ++at_) {
      ++offset_;
      while (offset_ < bytes_.size() && base::IsContinuation(bytes_[offset_])) ++offset_;
    }
    for (; at_ > character; --at_) {
      --offset_;
      while (base::IsContinuation(bytes_[offset_])) --offset_;
    }
    return static_cast<std::uint32_t>(offset_);
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0, offset_ = 0;
};

}  // namespace

struct YamlEvents::State {
  explicit State(std::string_view text) : bytes(text), offsets(text) {}

  YamlEvent Failure();
  YamlEvent Taken(const yaml_event_t& raw);

  std::string_view bytes;
  Offsets offsets;
  yaml_parser_t parser{};
  bool ready = false;
};

YamlEvents::YamlEvents(std::string_view bytes) : state_(std::make_unique<State>(bytes)) {
  state_->ready = yaml_parser_initialize(&state_->parser) == 1;
  if (!state_->ready) return;
  yaml_parser_set_encoding(&state_->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&state_->parser,
                               reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

YamlEvents::~YamlEvents() {
  if (state_->ready) yaml_parser_delete(&state_->parser);
}

YamlEvent YamlEvents::State::Failure() {
  YamlEvent event;
  event.kind = YamlEvent::Kind::kFailure;
  event.value = parser.problem == nullptr ? "cannot be read" : parser.problem;
  std::size_t at = parser.problem_offset;  // of a byte that libyaml does not take
  if (parser.error == YAML_SCANNER_ERROR || parser.error == YAML_PARSER_ERROR) {
    at = offsets.Of(parser.problem_mark.index);
    if (parser.context != nullptr) {
      event.value += " " + std::string(parser.context);
      // Of what is not closed, the beginning is the place.
      if (at >= bytes.size()) at = offsets.Of(parser.context_mark.index);
    }
  }
  while (at < bytes.size() && (bytes[at] == ' ' || bytes[at] == '\t')) ++at;
  event.begin = static_cast<std::uint32_t>(std::min(at, bytes.size()));
  event.end = static_cast<std::uint32_t>(std::min(bytes.find('\n', event.begin), bytes.size()));
  return event;
}

YamlEvent YamlEvents::State::Taken(const yaml_event_t& raw) {
  YamlEvent event;
  event.begin = offsets.Of(raw.start_mark.index);
  event.end = offsets.Of(raw.end_mark.index);
  switch (raw.type) {
    case YAML_DOCUMENT_START_EVENT:
      event.kind = YamlEvent::Kind::kDocument;
      break;
    case YAML_ALIAS_EVENT:
      event.kind = YamlEvent::Kind::kAlias;
      event.anchor = Text(raw.data.alias.anchor);
      break;
    case YAML_SCALAR_EVENT:
      event.kind = YamlEvent::Kind::kScalar;
      event.style = StyleOf(raw.data.scalar.style);
      event.anchor = Text(raw.data.scalar.anchor);
      event.tag = WrittenTag(raw.data.scalar.tag);
      event.value.assign(reinterpret_cast<const char*>(raw.data.scalar.value),
                         raw.data.scalar.length);
      break;
    case YAML_SEQUENCE_START_EVENT:
      event.kind = YamlEvent::Kind::kList;
      event.flow = raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
      event.anchor = Text(raw.data.sequence_start.anchor);
      event.tag = WrittenTag(raw.data.sequence_start.tag);
      event.tagged = raw.data.sequence_start.tag != nullptr;
      break;
    case YAML_MAPPING_START_EVENT:
      event.kind = YamlEvent::Kind::kMap;
      event.flow = raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
      event.anchor = Text(raw.data.mapping_start.anchor);
      event.tag = WrittenTag(raw.data.mapping_start.tag);
      event.tagged = raw.data.mapping_start.tag != nullptr;
      break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      event.kind = YamlEvent::Kind::kEnd;
      break;
    default:
      break;
  }
  return event;
}

YamlEvent YamlEvents::Next() {
  if (!state_->ready) return state_->Failure();
  for (;;) {
    yaml_event_t raw;
    if (yaml_parser_parse(&state_->parser, &raw) != 1) return state_->Failure();
    const yaml_event_type_t type = raw.type;
    YamlEvent event = state_->Taken(raw);
    yaml_event_delete(&raw);
    if (type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_END_EVENT) return event;
  }
}

}  // namespace cagelint::syntax
