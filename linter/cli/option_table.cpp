#include "linter/cli/option_table.h"

#include "linter/base/text.h"

namespace cagelint::cli {
namespace {

// CLI11 keeps a text of its own for the kind of value, which our help does not show.
constexpr char kBetween = '\n';

Values ValuesOf(const CLI::Option& option) {
  Values out;
  const std::string value = option.get_option_text();
  const std::string offered = option.get_type_name();
  if (option.get_items_expected_max() > 0 && offered.find(kBetween) != std::string::npos)
    for (const std::string_view word : base::Split(offered, kBetween))
      if (!word.empty()) out.words.emplace_back(word);
  out.are_rules = value.starts_with("RULE");
  out.are_listed = value.ends_with(",...");
  out.are_files = value.find("FILE") != std::string::npos ||
                  value.find("PATH") != std::string::npos || value == "PROFILE" || value == "DIR";
  return out;
}

OptionRow OptionOf(const CLI::Option& option) {
  OptionRow row;
  for (const std::string& name : option.get_snames()) row.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) row.names.push_back("--" + name);
  row.value = option.get_option_text();
  row.help = option.get_description();
  row.group = option.get_group();
  row.values = ValuesOf(option);
  row.repeats = option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
  return row;
}

}  // namespace

CLI::Option* Offer(CLI::Option* option, std::span<const std::string_view> words) {
  std::string text(1, kBetween);
  for (const std::string_view word : words) text += std::string(word) + kBetween;
  return option->type_name(text);
}

CommandRow RowOf(const CLI::App& app) {
  CommandRow row;
  row.name = app.get_name();
  row.description = app.get_description();
  row.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) row.options.push_back(OptionOf(*option));
  return row;
}

std::vector<CommandRow> OptionTable() {
  std::vector<CommandRow> table;
  for (const Command& command : Commands()) {
    CommandRow row;
    Words words;
    words.described = &row;
    static_cast<void>(command.run(words));
    row.summary = command.summary;
    row.takes_command = TakesCommand(command);
    table.push_back(std::move(row));
  }
  return table;
}

}  // namespace cagelint::cli
