#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::UrlCredential;

void Report(const UrlCredential& found, const model::Place& place, std::string_view where,
            Reporter& report) {
  const bool is_guessable = found.secrecy == model::Secrecy::kGuessable;
  report.Add({.span = place,
              .message = "a URL in " + std::string(where) + " holds " +
                         (is_guessable ? "a password of plain words" : "a password"),
              .help = "leave the password out of the URL, and hand it in as a file",
              .weight = is_guessable ? Weight::kAtMostInfo : Weight::kAsPolicy});
}

// Up to the password: `postgres://user`.
model::Place BeforePassword(const model::Place& place, std::string_view text,
                            const UrlCredential& found, const Reporter& report) {
  const auto end = static_cast<std::size_t>(found.user.data() - text.data()) + found.user.size();
  return PartOf(place, text.substr(found.begin, end - found.begin), report);
}

void CheckWords(const model::List<std::string>& words, const Container& container,
                const model::FamiliarWords& familiar, Reporter& report) {
  for (const auto& item : words.items) {
    const std::string& text = item.IsKnown() ? item.value : item.source;
    const auto found = model::FindUrlCredential(text, familiar);
    const model::Place place = PlaceOf(item, container);
    if (!found || !IsWritten(place, found->password, report)) continue;
    Report(*found, BeforePassword(place, text, *found, report), "the command", report);
  }
}

void Check(const Container& container, Reporter& report) {
  const model::FamiliarWords familiar = model::FamiliarWordsOf(container);
  for (const auto& item : container.environment.items) {
    const std::string& text = item.IsKnown() ? item.value.value.value_or("") : item.source;
    const auto found = model::FindUrlCredential(text, familiar);
    if (!found || !IsWritten(PlaceOf(item, container), found->password, report)) continue;
    const bool is_named = !item.value.key.empty();
    const model::Place place = is_named
                                   ? NameOf(item, container, report)
                                   : BeforePassword(PlaceOf(item, container), text, *found, report);
    Report(*found, place, is_named ? "`" + item.value.key + "`" : "the environment", report);
  }
  CheckWords(container.entrypoint, container, familiar, report);
  CheckWords(container.command, container, familiar, report);
}

}  // namespace

extern const Rule kCredentialInUrl{
    .info =
        {.id = "credential-in-url",
         .title = "a URL holds a password",
         .why = "URLs go into logs, process lists and error messages, and the password with them",
         .rationale =
             "In `scheme://user:password@host` the password is a part of an address, and is "
             "treated as one: programs print the address when a connection fails, proxies log it, "
             "and git writes it into `.git/config`. Besides, it stands in the file and in what "
             "`docker inspect` shows.\n\n"
             "Looked at are the environment, the entry point and the command. Not reported: a user "
             "without a password (`ssh://git@host`), passwords that are put in later "
             "(`${PASSWORD}`) or stand in an env file, and placeholders. A password of common "
             "words and of names in the same URL or container (`postgres://app:app@db`) is "
             "information only.",
         .references = {"RFC 3986, section 3.2.1",
                        "Docker documentation, Compose, Secrets in Compose"},
         .cis = {},
         .bad = "docker run -e DATABASE_URL=postgres://app:7Kq2vX9mLw4T@db/app alpine:3.22\n",
         .good = "docker run -e DATABASE_URL=postgres://app@db/app alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
