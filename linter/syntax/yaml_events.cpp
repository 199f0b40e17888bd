#include "linter/syntax/yaml_events.h"

#include <exception>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "linter/base/text.h"

namespace cagelint::syntax {
namespace {

constexpr std::string_view kCorePrefix = "tag:yaml.org,2002:";

// yaml-cpp gives "?" to plain and "!" to quoted scalars without a tag.
std::string WrittenTag(const std::string& tag) {
  if (tag == "?" || tag == "!") return "";
  if (tag.starts_with(kCorePrefix)) return "!!" + tag.substr(kCorePrefix.size());
  return tag;
}

class Recorder : public YAML::EventHandler {
 public:
  explicit Recorder(std::vector<YamlEvent>& events) : events_(events) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    Add(YamlEvent::Kind::kDocument, mark.pos);
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Add(YamlEvent::Kind::kNull, mark.pos, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Add(YamlEvent::Kind::kAlias, mark.pos, anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Add(YamlEvent::Kind::kScalar, mark.pos, anchor, WrittenTag(tag)).value = value;
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Add(YamlEvent::Kind::kList, mark.pos, anchor, WrittenTag(tag));
  }
  void OnSequenceEnd() override { Add(YamlEvent::Kind::kEnd, 0); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Add(YamlEvent::Kind::kMap, mark.pos, anchor, WrittenTag(tag));
  }
  void OnMapEnd() override { Add(YamlEvent::Kind::kEnd, 0); }

 private:
  YamlEvent& Add(YamlEvent::Kind kind, int offset, std::size_t anchor = 0, std::string tag = {}) {
    YamlEvent event;
    event.kind = kind;
    event.offset = offset < 0 ? 0 : static_cast<std::size_t>(offset);
    event.anchor = anchor;
    event.tag = std::move(tag);
    return events_.emplace_back(std::move(event));
  }

  std::vector<YamlEvent>& events_;
};

// Reads documents until the end. The first event of each is its start.
void ReadDocuments(YAML::Parser& parser, YamlEvents& out) {
  Recorder recorder(out.events);
  std::optional<std::size_t> before;
  for (;;) {
    const std::size_t first = out.events.size();
    if (!parser.HandleNextDocument(recorder)) return;
    const std::size_t start = first < out.events.size() ? out.events[first].offset : 0;
    if (before && start <= *before) {
      out.failure = {"cannot be read beyond this place", start};
      return;
    }
    before = start;
  }
}

}  // namespace

YamlEvents ReadYamlEvents(std::string_view bytes) {
  YamlEvents out;
  try {
    std::istringstream stream{std::string(bytes)};
    YAML::Parser parser(stream);
    ReadDocuments(parser, out);
  } catch (const YAML::Exception& error) {
    const int offset = error.mark.pos;
    out.failure = {"is not valid YAML", offset < 0 ? 0 : static_cast<std::size_t>(offset)};
  } catch (const std::exception&) {
    out.failure = {"is not valid YAML", 0};
  }
  return out;
}

}  // namespace cagelint::syntax
