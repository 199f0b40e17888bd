#include "linter/cli/option_set.h"

#include <utility>

#include "linter/base/text.h"

namespace cagelint::cli {
namespace {

Values ValuesOf(std::string_view value_name) {
  Values out;
  out.are_rules = value_name.starts_with("RULE");
  out.are_listed = value_name.ends_with(",...");
  out.are_files = value_name.find("FILE") != std::string_view::npos ||
                  value_name.find("PATH") != std::string_view::npos || value_name == "PROFILE" ||
                  value_name == "DIR";
  return out;
}

OptionSet::Taker AppendTo(std::vector<std::string>& values) {
  return [&values](const std::string& value) { values.push_back(value); };
}

OptionSet::Taker AssignTo(std::string& target) {
  return [&target](const std::string& value) { target = value; };
}

}  // namespace

OptionSet::OptionSet(std::string_view name, std::string_view description) {
  row_.name = name;
  row_.description = description;
}

OptionSet& OptionSet::Add(std::string_view names, std::string_view help,
                          std::string_view value_name, bool repeats, Taker taker) {
  OptionRow& row = row_.options.emplace_back();
  for (const std::string_view name : base::Split(names, ','))
    if (!name.empty()) row.names.emplace_back(name);
  row.value = value_name;
  row.help = help;
  row.group = row.names.empty() ? kArgumentGroup : group_;
  row.repeats = repeats;
  row.values = ValuesOf(value_name);
  takers_.push_back(std::move(taker));
  return *this;
}

OptionSet& OptionSet::Flag(std::string_view names, bool& flag, std::string_view help) {
  return Add(names, help, "", false, [&flag](const std::string&) { flag = true; });
}

OptionSet& OptionSet::Value(std::string_view names, std::string& value, std::string_view help,
                            std::string_view value_name) {
  return Add(names, help, value_name, false, AssignTo(value));
}

OptionSet& OptionSet::Repeated(std::string_view names, std::vector<std::string>& values,
                               std::string_view help, std::string_view value_name) {
  return Add(names, help, value_name, true, AppendTo(values));
}

OptionSet& OptionSet::Each(std::string_view names, Taker taker, std::string_view help,
                           std::string_view value_name) {
  return Add(names, help, value_name, false, std::move(taker));
}

OptionSet& OptionSet::Argument(std::string& value, std::string_view help,
                               std::string_view value_name) {
  return Add("", help, value_name, false, AssignTo(value));
}

OptionSet& OptionSet::Arguments(std::vector<std::string>& values, std::string_view help,
                                std::string_view value_name) {
  return Add("", help, value_name, true, AppendTo(values));
}

void OptionSet::Offer(std::span<const std::string_view> words) {
  row_.options.back().values.words.assign(words.begin(), words.end());
}

void OptionSet::AddHelp() {
  Group(kOtherGroup);
  Flag("-h,--help", wants_help_, "show this");
}

}  // namespace cagelint::cli
