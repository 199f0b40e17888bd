#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::SecretName;
using Variable = model::Setting<model::KeyValue>;

// What is written without quotes: `-e NAME`, `NAME:`, `NAME=$NAME`.
std::string Written(const Variable& item, const Container& container, const Reporter& report) {
  std::string text(report.Text(PlaceOf(item, container)));
  std::erase_if(text, [](char c) { return c == '"' || c == '\''; });
  return text.ends_with(':') ? text.substr(0, text.size() - 1) : text;
}

// `$NAME`, `${NAME}`, `${NAME:?…}`, `${NAME:-}`.
bool IsPassedOn(std::string_view text, std::string_view name) {
  if (text.starts_with(name) && text.substr(name.size()).starts_with('='))
    text.remove_prefix(name.size() + 1);
  if (!text.starts_with('$')) return false;
  text.remove_prefix(1);
  if (text == name) return true;
  if (!text.starts_with('{') || text.find('}') != text.size() - 1) return false;
  text = text.substr(1, text.size() - 2);
  if (!text.starts_with(name)) return false;
  text.remove_prefix(name.size());
  return text.empty() || text == ":-" || text == "-" || text.starts_with('?') ||
         text.starts_with(":?");
}

void CheckVariable(const Variable& item, const Container& container, Reporter& report) {
  const std::string& key = item.value.key;
  if (key.empty()) return;
  const bool is_podman = container.engine == model::Engine::kPodman;
  const std::string text = Written(item, container, report);
  const bool is_bare = text == key;
  const bool is_many = is_bare && is_podman && key.ends_with('*');
  const SecretName kind = model::KindOfName(key);
  if (!is_many && kind == SecretName::kNone) return;
  if (!is_bare && (kind != SecretName::kClient || !IsPassedOn(text, key))) return;
  // A value that the same file gives to the variable is `secret-in-environment`.
  const bool has_value = item.IsKnown() && item.value.value && !item.value.value->empty();
  if (has_value && !is_bare && IsWritten(PlaceOf(item, container), *item.value.value, report))
    return;
  report.Add({.span = NameOf(item, container, report),
              .message = is_many ? "every variable of the caller that `" + key +
                                       "` stands for "
                                       "goes to the program"
                                 : "the caller's `" + key + "` goes to the program",
              .help = "leave it out; where it is needed, use one that is narrow and short-lived",
              .weight = kind == SecretName::kPassword ? Weight::kAtMostInfo : Weight::kAsPolicy});
}

void Check(const Container& container, Reporter& report) {
  if (container.host_environment.Is(true))
    report.Add({.span = PlaceOf(container.host_environment, container),
                .message = "all variables of the caller go to the program",
                .help = "name the variables that it needs: `--env NAME`"});
  for (const Variable& item : container.environment.items) CheckVariable(item, container, report);
}

}  // namespace

extern const Rule kHostEnvironment{
    .info =
        {.id = "host-environment",
         .title = "credentials of the caller's environment go to the program",
         .why = "the program can use them as the caller may, and send them to others",
         .rationale =
             "`-e NAME` without a value, and a bare `NAME` in `environment`, take what the "
             "client's "
             "environment has. Of an API key or a token that is the caller's own, good for all "
             "that it was issued for. It does not stand in the file, which is better than a "
             "literal; the program has it all the same, with every process that it starts.\n\n"
             "Reported are bare names that mean a credential, and for variables from which tools "
             "of a vendor take theirs (`GITHUB_TOKEN`, `ANTHROPIC_API_KEY`) also "
             "`NAME=$NAME`, which is the same. A bare name of a password is information only: it "
             "is mostly that of the service itself. podman's `--env-host` hands over everything, "
             "and its `-e 'AWS_*'` whatever begins so. An agent that needs a key is served best by "
             "a proxy outside that adds it.",
         .references = {"Docker documentation, docker container run, Set environment variables",
                        "podman-run(1), --env, --env-host"},
         .cis = {},
         .bad = "docker run -e GITHUB_TOKEN alpine:3.22\n",
         .good = "docker run -e LANG alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
