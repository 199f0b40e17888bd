#include "linter/cli/usage.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/cli/read_options.h"
#include "linter/cli/terminal.h"

namespace cagelint::cli {
namespace {

constexpr std::size_t kHelpColumn = 28;
constexpr std::size_t kWidth = 80;
constexpr std::size_t kFewCandidates = 12;

// `text` in lines of kWidth cells, broken at blanks; the first begins at `column`, the others are
// indented to there. A cell is a character here: the texts are ours.
std::string Wrapped(std::string_view text, std::size_t column) {
  std::string out;
  std::size_t cells = column;
  for (const std::string_view word : base::Split(text, ' ')) {
    const auto width = static_cast<std::size_t>(
        std::count_if(word.begin(), word.end(), [](char c) { return !base::IsContinuation(c); }));
    if (cells > column && cells + 1 + width > kWidth) {
      out += "\n" + std::string(column, ' ');
      cells = column;
    } else if (!out.empty()) {
      out += ' ';
      ++cells;
    }
    out += word;
    cells += width;
  }
  return out + "\n";
}

// "  -f, --file FILE   help". The help begins at one column for all, on a line of its own where the
// names are too long.
std::string HelpLine(const OptionRow& option) {
  std::string names;
  for (const std::string& name : option.names)
    names += (!names.empty() ? ", " : name.starts_with("--") ? "    " : "") + name;
  if (!option.value.empty()) names += (names.empty() ? "" : " ") + option.value;
  names.insert(0, "  ");
  const bool fits = names.size() + 2 <= kHelpColumn;
  const std::size_t pad = fits ? kHelpColumn - names.size() : kHelpColumn;
  return names + (fits ? "" : "\n") + std::string(pad, ' ') + Wrapped(option.help, kHelpColumn);
}

struct HelpGroup {
  std::string_view head;
  std::string lines;
};

}  // namespace

std::optional<int> Parse(OptionSet& options, const Words& words) {
  options.AddHelp();
  const CommandRow& row = options.Row();
  if (words.described != nullptr) {
    *words.described = row;
    return kClean;
  }
  const std::string mistake = ReadOptions(options, words.own);
  if (!mistake.empty()) return UsageError(row.name, mistake);
  if (options.WantsHelp()) return Print(HelpText(row)) ? kClean : kFailed;
  return std::nullopt;
}

std::string HelpText(const CommandRow& command) {
  std::string out = Wrapped(command.description, 0) + "\nUsage: cagelint " + command.name;
  std::vector<HelpGroup> groups{{kArgumentGroup, ""}, {kOtherGroup, ""}};
  for (const OptionRow& option : command.options) {
    if (option.help.empty()) continue;
    if (option.names.empty()) out += " " + option.value;
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const HelpGroup& known) { return known.head == option.group; });
    if (group == groups.end()) group = groups.insert(groups.end(), {option.group, ""});
    group->lines += HelpLine(option);
  }
  out += " [OPTION]...\n";
  for (const auto& [head, lines] : groups)
    if (!lines.empty()) out.append("\n").append(head).append(":\n").append(lines);
  if (command.footer.empty()) return out;
  out += "\n";
  for (const std::string_view line : base::Split(command.footer, '\n')) out += Wrapped(line, 0);
  return out;
}

std::string Listed(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) out += (out.empty() ? "" : ", ") + std::string(name);
  return out;
}

std::string Unknown(std::string_view what, std::string_view word,
                    std::span<const std::string_view> candidates) {
  std::string out = "unknown " + std::string(what) + " `" + std::string(word) + "`";
  const std::string_view near = base::Suggest(word, candidates);
  if (!near.empty()) return out + "; did you mean `" + std::string(near) + "`?";
  return candidates.size() > kFewCandidates ? out : out + "; there are: " + Listed(candidates);
}

std::optional<std::string> FindUnknown(std::string_view option, std::string_view what,
                                       std::string_view word,
                                       std::span<const std::string_view> known) {
  if (std::find(known.begin(), known.end(), word) != known.end()) return std::nullopt;
  return std::string(option) + ": " + Unknown(what, word, known);
}

base::Result<std::size_t> Named(std::string_view what, std::string_view word,
                                std::span<const std::string_view> names) {
  const auto found = std::find(names.begin(), names.end(), word);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  if (!word.empty()) return base::Error{Unknown(what, word, names)};
  return base::Error{"no " + std::string(what) + " is named: " + Listed(names)};
}

}  // namespace cagelint::cli
