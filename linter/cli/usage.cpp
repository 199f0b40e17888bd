#include "linter/cli/usage.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/cli/option_table.h"
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
std::string HelpLine(const CLI::Option& option) {
  std::string names = "  ";
  if (option.get_positional() && !option.nonpositional()) {
    names += option.get_option_text();
  } else {
    for (const std::string& name : option.get_snames()) names += "-" + name + ", ";
    if (option.get_snames().empty()) names += "    ";
    for (const std::string& name : option.get_lnames()) names += "--" + name;
    if (!option.get_option_text().empty()) names += " " + option.get_option_text();
  }
  const bool fits = names.size() + 2 <= kHelpColumn;
  const std::size_t pad = fits ? kHelpColumn - names.size() : kHelpColumn;
  return names + (fits ? "" : "\n") + std::string(pad, ' ') +
         Wrapped(option.get_description(), kHelpColumn);
}

// CLI11 takes `--name=` as `--name` without a value, and would eat the next word.
const std::string* FindEmptyValue(const std::vector<std::string>& words) {
  const auto found = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return word.starts_with("--") && word.find('=') == word.size() - 1;
  });
  return found == words.end() ? nullptr : &*found;
}

int RefuseExtra(const CLI::App& app, const std::vector<std::string>& extras) {
  const auto option = std::find_if(extras.begin(), extras.end(),
                                   [](const std::string& word) { return word.starts_with('-'); });
  if (option == extras.end())
    return UsageError(app.get_name(), "unexpected argument `" + extras.front() + "`");
  std::vector<std::string> names;
  for (const CLI::Option* known : app.get_options())
    for (const std::string& name : known->get_lnames()) names.push_back("--" + name);
  const std::string word = option->substr(0, option->find('='));
  // Of no command, but of the program, whose first word may be an option of `check`.
  if (word != "--version") names.emplace_back("--version");
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string_view near = base::Suggest(word, candidates);
  return UsageError(app.get_name(),
                    "unknown option `" + word + "`" +
                        (near.empty() ? "" : "; did you mean `" + std::string(near) + "`?"));
}

}  // namespace

CLI::Option* AddRepeated(CLI::App& app, const std::string& names, std::vector<std::string>& values,
                         const std::string& help, const std::string& value_name) {
  return app.add_option(names, values, help)
      ->allow_extra_args(false)
      ->take_all()
      ->option_text(value_name);
}

CLI::Option* AddValue(CLI::App& app, const std::string& names, std::string& value,
                      const std::string& help, const std::string& value_name) {
  return app.add_option(names, value, help)->take_last()->option_text(value_name);
}

std::optional<int> Parse(CLI::App& app, const Words& words) {
  app.set_help_flag("-h,--help", "show this");
  if (words.described != nullptr) {
    *words.described = RowOf(app);
    return kClean;
  }
  if (const std::string* empty = FindEmptyValue(words.own))
    return UsageError(app.get_name(), "`" + *empty + "` has no value");
  app.allow_extras();
  std::vector<std::string> reversed(words.own.rbegin(), words.own.rend());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    return Print(HelpText(app)) ? kClean : kFailed;
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string what = error.what();  // "--policy: 1 required …"
    return UsageError(app.get_name(), "`" + what.substr(0, what.find(':')) + "` has no value");
  } catch (const CLI::Error& error) {
    return UsageError(app.get_name(), error.what());
  }
  const std::vector<std::string> extras = app.remaining();
  if (!extras.empty()) return RefuseExtra(app, extras);
  return std::nullopt;
}

std::string HelpText(const CLI::App& app) {
  std::string out = Wrapped(app.get_description(), 0) + "\nUsage: cagelint " + app.get_name();
  std::string arguments;
  for (const CLI::Option* option : app.get_options()) {
    if (option->nonpositional()) continue;
    out += " " + option->get_option_text();
    arguments += HelpLine(*option);
  }
  out += " [OPTION]...\n";
  if (!arguments.empty()) out += "\nArguments:\n" + arguments;
  for (const std::string& group : app.get_groups()) {
    std::string lines;
    for (const CLI::Option* option : app.get_options())
      if (option->nonpositional() && option->get_group() == group) lines += HelpLine(*option);
    if (!lines.empty() && !group.empty()) out += "\n" + group + ":\n" + lines;
  }
  const std::string footer = app.get_footer();
  if (footer.empty()) return out;
  out += "\n";
  for (const std::string_view line : base::Split(footer, '\n')) out += Wrapped(line, 0);
  return out;
}

std::string Unknown(std::string_view what, std::string_view word,
                    std::span<const std::string_view> candidates) {
  std::string out = "unknown " + std::string(what) + " `" + std::string(word) + "`";
  const std::string_view near = base::Suggest(word, candidates);
  if (!near.empty()) return out + "; did you mean `" + std::string(near) + "`?";
  if (candidates.size() > kFewCandidates) return out;
  for (std::size_t i = 0; i < candidates.size(); ++i)
    out += (i == 0 ? "; there are: " : ", ") + std::string(candidates[i]);
  return out;
}

}  // namespace cagelint::cli
