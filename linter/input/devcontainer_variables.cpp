#include <string>
#include <vector>

#include "linter/base/text.h"
#include "linter/input/devcontainer.h"
#include "linter/input/embed_json.h"
#include "linter/input/embed_words.h"

namespace cagelint::input::devcontainer {
namespace {

// What stands between `${` and `}`.
struct Variable {
  std::string_view name;
  std::vector<std::string_view> arguments;
};

Variable Split(std::string_view inside) {
  const std::vector<std::string_view> parts = base::Split(inside, ':');
  return {parts[0], {parts.begin() + 1, parts.end()}};
}

bool IsName(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  for (const char byte : text)
    if (!base::IsNameByte(byte)) return false;
  return true;
}

class Writer {
 public:
  Writer(const Config& config, Purpose purpose, EmbeddedText& out)
      : config_(config), purpose_(purpose), out_(out) {}

  // False: it is no variable of the CLI, and stays as it is.
  bool Write(std::string_view inside, const base::Span& place) {
    const Variable variable = Split(inside);
    if (variable.name == "localWorkspaceFolder") {
      Shell("PWD", place);
    } else if (variable.name == "localEnv" || variable.name == "env") {
      Environment(variable, inside, place);
    } else if (variable.name == "containerWorkspaceFolder") {
      ContainerFolder(place);
    } else if (variable.name == "localWorkspaceFolderBasename" ||
               variable.name == "containerWorkspaceFolderBasename" ||
               variable.name == "devcontainerId" || variable.name == "templateOption") {
      Unknown(inside, place);
    } else {
      return false;
    }
    return true;
  }

 private:
  void Shell(std::string_view parameter, const base::Span& place) {
    const bool is_word = purpose_ == Purpose::kWord;
    const std::string begin = is_word ? std::string(1, kVariableBegin) : "${";
    const std::string end = is_word ? std::string(1, kVariableEnd) : "}";
    out_.Put(begin + std::string(parameter) + end, place.begin, place.end);
  }

  void Unknown(std::string_view what, const base::Span& place) {
    out_.Put("{{" + std::string(what) + "}}", place.begin, place.end);
  }

  void Environment(const Variable& variable, std::string_view inside, const base::Span& place) {
    const std::string_view name = variable.arguments.empty() ? "" : variable.arguments[0];
    if (!IsName(name)) return Unknown(inside, place);
    // The home of Windows: elsewhere it is not set, and is empty beside `HOME`.
    if (name == "HOME" || name == "USERPROFILE") {
      if (!has_home_) Shell("HOME", place);
      has_home_ = true;
      return;
    }
    std::string parameter(name);
    if (variable.arguments.size() > 1) {
      const std::string_view otherwise = variable.arguments[1];
      if (otherwise.find_first_of("\"\\$`'{}") != std::string_view::npos)
        return Unknown(inside, place);
      parameter += "-" + std::string(otherwise);
    }
    Shell(parameter, place);
  }

  void ContainerFolder(const base::Span& place) {
    const syntax::Node* folder = config_.Scalar("workspaceFolder");
    if (folder != nullptr && folder->text.find("${") == std::string::npos) {
      out_.Put(folder->text, place.begin, place.end);
    } else if (config_.Find("dockerComposeFile") != nullptr) {
      out_.Put("/", place.begin, place.end);
    } else {
      out_.Put("/workspaces/{{localWorkspaceFolderBasename}}", place.begin, place.end);
    }
  }

  const Config& config_;
  Purpose purpose_;
  EmbeddedText& out_;
  bool has_home_ = false;
};

EmbeddedText Written(const base::Source& source, const syntax::Node& scalar) {
  if (scalar.style == syntax::ScalarStyle::kDoubleQuoted) return JsonText(source, scalar);
  EmbeddedText out(source);
  out.Put(scalar.text, scalar.span.begin, scalar.span.end);
  return out;
}

}  // namespace

EmbeddedText TextOf(const Config& config, const syntax::Node& scalar, Purpose purpose) {
  const EmbeddedText text = Written(config.source, scalar);
  EmbeddedText out(config.source);
  Writer writer(config, purpose, out);
  const std::string_view bytes = text.Text();
  std::size_t done = 0;
  for (std::size_t at = 0; (at = bytes.find("${", at)) != std::string_view::npos;) {
    const std::size_t end = bytes.find('}', at);
    if (end == std::string_view::npos) break;
    const auto begin = static_cast<std::uint32_t>(at);
    const auto behind = static_cast<std::uint32_t>(end + 1);
    out.Append(text, static_cast<std::uint32_t>(done), begin);
    done = behind;
    if (!writer.Write(bytes.substr(at + 2, end - at - 2), text.Map().ToOuter(begin, behind)))
      out.Append(text, begin, behind);
    at = behind;
  }
  out.Append(text, static_cast<std::uint32_t>(done), text.Size());
  return out;
}

}  // namespace cagelint::input::devcontainer
