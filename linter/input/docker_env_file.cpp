// --env-file and --label-file: docker/cli, pkg/kvfile.
#include <algorithm>

#include "linter/base/text.h"
#include "linter/input/docker_lists.h"

namespace cagelint::input {
namespace {

constexpr std::string_view kBlanks = " \t\v\f\r";

std::string_view WithoutLeadingBlanks(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  return line;
}

// The reason why the client refuses the line; "" when it takes it.
std::string LineRefusal(std::string_view line) {
  const std::string_view key = line.substr(0, line.find('='));
  if (key.empty()) return "the line `" + std::string(line) + "` names no variable";
  if (key.find_first_of(kBlanks) != std::string_view::npos)
    return "the variable `" + std::string(key) + "` has blanks in its name";
  return "";
}

void AddLine(std::string_view line, const FlagUse& use, const Options& options,
             model::Container& container) {
  const std::size_t equals = std::min(line.find('='), line.size());
  model::KeyValue pair{std::string(line.substr(0, equals)), std::nullopt};
  const bool is_label = use.flag->grammar == Grammar::kLabelFile;
  if (equals < line.size()) {
    pair.value = line.substr(equals + 1);
  } else if (is_label) {
    return;  // a name alone is left out
  } else {
    // A name alone is left out where the environment has none.
    const auto found = options.process_environment.find(pair.key);
    if (found == options.process_environment.end()) return;
    pair.value = found->second;
  }
  (is_label ? container.labels : container.environment)
      .Add(KnownSetting(std::move(pair), use.value));
}

void ReadLines(std::string_view bytes, const FlagUse& use, const Reading& reading,
               model::Container& container) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  for (std::string_view line : base::Split(bytes, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = WithoutLeadingBlanks(line);
    if (line.empty() || line[0] == '#') continue;
    if (const std::string reason = LineRefusal(line); !reason.empty()) {
      reading.RefuseValue(use, reason);
      return;
    }
    if (reading.context.options.use_environment)
      AddLine(line, use, reading.context.options, container);
  }
}

}  // namespace

void ReadEnvFile(const FlagUse& use, const Reading& reading, model::Container& container) {
  if (use.flag->grammar == Grammar::kEnvFile) container.env_file.Add(TextSetting(use.value));
  const bool runs_now = reading.invocation.runs_now;
  // A script's own state is not read for what it says: only whether it is there.
  if (!runs_now && !reading.context.options.use_environment) {
    if (IsMissing(use.value, reading)) {
      reading.AddGap("missing-file", use.value.Span(),
                     "`" + use.value.Written() + "` is not there to be read");
    }
    return;
  }
  const auto file = ReadNamedFile(use.value, reading);
  if (!file) return;
  if (file->Ok()) {
    ReadLines(file->bytes, use, reading, container);
  } else if (runs_now) {
    reading.RefuseValue(use, file->message);
  } else {
    reading.AddGap("missing-file", use.value.Span(),
                   "`" + use.value.Written() + "` cannot be read: " + file->message);
  }
}

}  // namespace cagelint::input
