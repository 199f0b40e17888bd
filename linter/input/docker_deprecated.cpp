#include "linter/input/docker_deprecated.h"

#include "linter/base/text.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

void Add(const Reading& reading, base::Span span, std::string message, std::string help) {
  if (!span.IsValid() || span.IsEmpty()) return;
  reading.document.remarks.push_back(
      {model::RemarkKind::kDeprecatedOption, span, std::move(message), std::move(help)});
}

bool IsStrictBool(std::string_view text) {
  return text == "true" || text == "1" || text == "false" || text == "0";
}

// One `key=value` of --mount, which docker 29 reads more strictly.
void NoteMountField(const FlagUse& use, const CsvField& field, const Reading& reading) {
  const std::size_t equals = field.text.find('=');
  const std::string key = base::ToLower(std::string_view(field.text).substr(0, equals));
  const base::Span place = use.value.Part(field.begin, field.end).Span();
  if (key == "bind-nonrecursive")
    return Add(reading, place, "docker 29 refuses `bind-nonrecursive`",
               "write `bind-recursive=disabled`");
  if (equals == std::string::npos) return;
  const std::string_view value = std::string_view(field.text).substr(equals + 1);
  if (value.empty()) {
    Add(reading, place, "docker 29 refuses `" + key + "=` without a value",
        "give it a value, or leave it out");
  } else if (base::Trim(value) != value) {
    Add(reading, place, "docker 29 refuses the blank at an end of this value", "leave it out");
  } else if ((key == "readonly" || key == "ro" || key == "volume-nocopy") && IsLiteralText(value) &&
             !IsStrictBool(value)) {
    Add(reading, place, "docker 29 refuses `" + std::string(value) + "` here",
        "write `true` or `false`");
  }
}

void NoteMount(const FlagUse& use, const Reading& reading) {
  std::vector<CsvField> fields;
  if (!ReadCsvFields(use.value.Text(), fields)) return;
  for (const CsvField& field : fields) NoteMountField(use, field, reading);
}

}  // namespace

void NoteDeprecated(const Words& parsed, const Reading& reading) {
  if (!reading.IsDocker()) return;
  for (const FlagUse& use : parsed.flags) {
    const std::string_view name = use.flag->name;
    const std::string_view text = use.value.Text();
    if (name == "disable-content-trust") {
      Add(reading, use.value.whole, "docker 29 removed content trust: the option is without effect",
          "leave it out, and name the image by its digest");
    } else if (use.flag->grammar == Grammar::kMount) {
      NoteMount(use, reading);
    } else if ((name == "ip" || name == "ip6") && IsLiteralText(text) && !text.empty() &&
               !ParseAddress(base::Trim(text))) {
      Add(reading, use.value.Span(),
          "docker 29 refuses `" + use.value.Written() + "`: it is no IP address", "");
    }
  }
}

}  // namespace cagelint::input
