#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

constexpr std::string_view kBlanks = " \t\r";

struct Entry {
  std::string_view key;  // of `key: value` or `key = value`; else empty
  std::string_view value;
};

Entry EntryOf(std::string_view line) {
  const std::size_t split = line.find_first_of("=:");
  if (split == std::string_view::npos) return {};
  const std::string_view key = base::Trim(line.substr(0, split));
  std::string_view value = base::Trim(line.substr(split + 1));
  while (!value.empty() && std::string_view(",;").find(value.back()) != std::string_view::npos)
    value.remove_suffix(1);
  const bool is_quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'');
  if (is_quoted && value.back() == value.front()) value = value.substr(1, value.size() - 2);
  return key.find_first_of(kBlanks) == std::string_view::npos ? Entry{key, value} : Entry{};
}

// The part of the line that may be shown, where it holds a credential; else empty.
std::string_view ExposedBy(std::string_view line, model::Secrecy& secrecy) {
  const Entry entry = EntryOf(line);
  const std::string_view shown = entry.key.empty() ? line.substr(0, 1) : entry.key;
  secrecy = model::Secrecy::kSecret;
  if (model::FindToken(line)) return shown;
  if (const auto url = model::FindUrlCredential(line, {})) {
    secrecy = url->secrecy;
    return shown;
  }
  if (entry.value.find('$') != std::string_view::npos) return {};
  secrecy = model::SecrecyOf(entry.value, model::KindOfName(entry.key), {});
  return secrecy == model::Secrecy::kNone ? std::string_view() : shown;
}

void CheckConfig(const model::InlineConfig& config, Reporter& report) {
  const model::Place place(config.content.value_span, config.content.steps);
  if (!place.IsValid() || place.IsEmpty()) return;
  const std::string_view text = report.Text(place);
  for (std::string_view line : base::Split(text, '\n')) {
    line = base::Trim(line);
    if (line.empty() || line.starts_with('#') || line.starts_with(';')) continue;
    model::Secrecy secrecy = model::Secrecy::kNone;
    const std::string_view shown = ExposedBy(line, secrecy);
    if (shown.empty()) continue;
    model::Place part = place;
    part.begin = place.begin + static_cast<std::uint32_t>(shown.data() - text.data());
    part.end = part.begin + static_cast<std::uint32_t>(shown.size());
    const bool is_guessable = secrecy == model::Secrecy::kGuessable;
    report.Add({.span = part,
                .message = "the content of config `" + config.key + "` holds a credential" +
                           (is_guessable ? " of plain words" : ""),
                .help = "keep it in a file that is not committed: `secrets` with `file`",
                .weight = is_guessable ? Weight::kAtMostInfo : Weight::kAsPolicy});
  }
}

void Check(const Document& document, Reporter& report) {
  for (const model::InlineConfig& config : document.configs) CheckConfig(config, report);
}

}  // namespace

extern const Rule kInlineConfigSecret{
    .info =
        {.id = "inline-config-secret",
         .title = "a config that stands in the file holds a credential",
         .why = "who reads the compose file has it, and every user inside the container",
         .rationale =
             "`content` of a top-level config is a file within the compose file. Compose copies it "
             "into the containers that name it, readable for all users there unless `mode` says "
             "otherwise. A password in it is in the repository and in its history.\n\n"
             "Looked at are lines of the form `key: value` and `key = value` whose key means a "
             "credential, URLs with a password, and tokens of a shape that their vendor documents. "
             "Not reported: variables (`${PASSWORD}`), placeholders, comments. `secrets` with "
             "`file` or `environment` keep the value out of the file.",
         .references = {"Docker documentation, Compose file reference, configs",
                        "run with docker-compose 2.40 on Docker Engine 20.10.24"},
         .cis = {},
         .bad = "services:\n  db: {image: 'redis:8', configs: [conf]}\nconfigs:\n  conf:\n"
                "    content: |\n      requirepass = 7Kq2vX9mLw4T\n",
         .good = "services:\n  db: {image: 'redis:8', configs: [conf]}\nconfigs:\n  conf:\n"
                 "    content: |\n      requirepass = ${REDIS_PASSWORD}\n",
         .example_name = "compose.yaml"},
    .on_document = Check,
};

}  // namespace cagelint::rules
