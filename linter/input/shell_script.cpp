// Shell scripts: which files they are, and the containers that they start.
#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/shell_texts.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

constexpr std::string_view kExtensions[] = {".sh", ".bash", ".zsh", ".ksh", ".dash"};
constexpr std::array<std::string_view, 6> kShells = {"sh", "bash", "dash", "ksh", "zsh", "ash"};

// The program that `#!` names, through `env`; empty without one.
std::string_view Interpreter(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (!bytes.starts_with("#!")) return {};
  const std::string_view line = base::Trim(bytes.substr(2, bytes.find('\n') - 2));
  for (const std::string_view word : base::Split(line, ' ')) {
    const std::string_view name = base::NameOf(word);
    if (word.empty() || word.front() == '-' || name == "env" || name == "busybox" ||
        word.find('=') != std::string_view::npos)
      continue;
    return name;
  }
  return {};
}

}  // namespace

bool IsShell(std::string_view name) {
  return std::find(kShells.begin(), kShells.end(), name) != kShells.end();
}

bool NamesShell(std::string_view bytes) { return IsShell(Interpreter(bytes)); }

namespace {

// A script may have no extension.
bool Named(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ||
         std::any_of(std::begin(kExtensions), std::end(kExtensions),
                     [&](std::string_view extension) { return name.ends_with(extension); });
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  for (const std::string_view extension : kExtensions)
    if (path.ends_with(extension)) return "its name ends in `" + std::string(extension) + "`";
  const std::string_view interpreter = Interpreter(bytes);
  return IsShell(interpreter) ? "its first line names `" + std::string(interpreter) + "`" : "";
}

}  // namespace

bool NamesEngineAnywhere(std::string_view bytes) {
  for (const std::string_view name :
       {"docker", "podman", "nerdctl", "DOCKER", "PODMAN", "NERDCTL", "CONTAINER_"})
    if (bytes.find(name) != std::string_view::npos) return true;
  return false;
}

namespace {

// Without one of these words no command of a script names an engine, or a variable that says it
// holds one; quotes and backslashes within a word (`doc""ker`) do not hide it. A name that is put
// together from variables is the price of not parsing every script of a tree.
bool MayNameEngine(std::string_view bytes) {
  if (NamesEngineAnywhere(bytes)) return true;
  constexpr std::string_view kQuotes = "\"'\\";
  if (bytes.find_first_of(kQuotes) == std::string_view::npos) return false;
  std::string plain;
  plain.reserve(bytes.size());
  for (const char byte : bytes)
    if (kQuotes.find(byte) == std::string_view::npos) plain += byte;
  return NamesEngineAnywhere(plain);
}

model::Document Read(const base::Source& source, const Context& context) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kShell;
  if (!MayNameEngine(source.Bytes())) return document;
  ShellTexts texts(context, source.Path(), document);
  texts.Read(source);
  texts.Link();
  return document;
}

// The variable that a target is written as: "cid" of `"${cid}"`; empty for anything else.
std::string VariableOf(std::string_view written) {
  if (written.starts_with('"') && written.ends_with('"') && written.size() > 1)
    written = written.substr(1, written.size() - 2);
  if (!written.starts_with('$')) return "";
  written.remove_prefix(1);
  if (written.starts_with('{') && written.ends_with('}'))
    written = written.substr(1, written.size() - 2);
  const bool is_name = std::all_of(written.begin(), written.end(), base::IsNameByte);
  return is_name ? std::string(written) : "";
}

}  // namespace

void LinkTargets(model::Document& document, const std::vector<ShellWalker::Refill>& refills) {
  // The container that was started last under a name, and under a variable; '$' begins the latter.
  std::map<std::string, int> last;
  std::size_t next = 0;
  std::size_t refill = 0;
  const auto refill_until = [&](int order) {
    for (; refill < refills.size() && refills[refill].order <= order; ++refill)
      last.erase("$" + refills[refill].name);
  };
  std::vector<std::size_t> by_order(document.containers.size());
  for (std::size_t i = 0; i < by_order.size(); ++i) by_order[i] = i;
  std::stable_sort(by_order.begin(), by_order.end(), [&](std::size_t a, std::size_t b) {
    return document.containers[a].order < document.containers[b].order;
  });
  for (model::Command& command : document.commands) {
    for (; next < by_order.size(); ++next) {
      const model::Container& container = document.containers[by_order[next]];
      if (container.order >= command.order) break;
      refill_until(container.order);
      const int index = static_cast<int>(by_order[next]);
      if (container.name.IsKnown()) last[container.name.value] = index;
      if (const std::string variable = VariableOf(container.name.source); !variable.empty())
        last["$" + variable] = index;
      for (const std::string& handle : container.handles) last["$" + handle] = index;
    }
    refill_until(command.order);
    for (model::Target& target : command.targets) {
      if (target.container >= 0) continue;
      const std::string variable = VariableOf(target.name.source);
      const std::string key = target.name.IsKnown() ? target.name.value : "$" + variable;
      const auto found = last.find(key);
      if (key != "$" && found != last.end()) target.container = found->second;
    }
  }
}

ShellTexts::ShellTexts(const Context& context, std::string_view path, model::Document& document)
    : context_(context), document_(document) {
  const std::string_view folder = base::DirectoryOf(path);
  directories_ = {folder.empty() ? "." : std::string(folder)};
  if (!context.files.working_directory.empty() && !folder.empty())
    directories_.push_back(context.files.working_directory);
}

void ShellTexts::Read(const base::Source& text) {
  ShellWalker walker(context_, directories_, document_, next_order_);
  walker.Read(text.Bytes(), base::SourceMap::Identity(text.Id()));
  next_order_ = walker.NextOrder();
  refills_.insert(refills_.end(), walker.Refills().begin(), walker.Refills().end());
}

void ShellTexts::Link() { LinkTargets(document_, refills_); }

const Reader kShellReader{"shell", Named, Accepts, Read};

}  // namespace cagelint::input
