#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (container.environment.items.empty()) return;
  const model::FamiliarWords familiar = model::FamiliarWordsOf(container);
  for (const auto& item : container.environment.items) {
    if (!item.IsKnown() || !item.value.value) continue;
    const std::string& value = *item.value.value;
    // One secret, one finding: `credential-in-url`.
    if (model::FindUrlCredential(value, familiar)) continue;
    const auto token = model::FindToken(value);
    const auto secrecy = model::SecrecyOf(value, model::KindOfName(item.value.key), familiar);
    if (!token && secrecy == model::Secrecy::kNone) continue;
    const std::string_view secret =
        token ? std::string_view(value).substr(token->begin, token->size) : value;
    if (!IsWritten(PlaceOf(item, container), secret, report)) continue;
    const bool is_guessable = !token && secrecy == model::Secrecy::kGuessable;
    const std::string name = "`" + item.value.key + "` ";
    report.Add({.span = NameOf(item, container, report),
                .message = token          ? name + "holds " + std::string(token->what)
                           : is_guessable ? name + "has a value of plain words"
                                          : name + "has its value written here",
                .help = "hand it in as a file that is not committed, and that this program alone "
                        "reads; change what has stood here",
                .weight = is_guessable ? Weight::kAtMostInfo : Weight::kAsPolicy});
  }
}

}  // namespace

extern const Rule kSecretInEnvironment{
    .info =
        {.id = "secret-in-environment",
         .title = "a credential is written into the environment",
         .why = "who reads the file, the program or the engine's own records has the credential",
         .rationale =
             "A value behind `-e` or in `environment` is in the file, with whoever gets a copy of "
             "it, and in its history after it was taken out. The engine keeps it as well: `docker "
             "inspect` shows it, `docker commit` puts it into the image. Inside, all processes "
             "inherit it, and crash reports and debug pages print it.\n\n"
             "A credential is told by the last words of the variable's name (`DB_PASSWORD`, "
             "`apiKey`) together with its value, or by a shape that its vendor documents (`ghp_…`, "
             "a JSON Web Token, a private key) whatever the name. Not reported: empty values, "
             "switches, short numbers, paths, placeholders (`changeme`, `<token>`), hashes of "
             "passwords, and values that do not stand in the file (`${VAR}`, `.env`, an env "
             "file).\n\n"
             "A value that is made of common words and of names in the same container "
             "(`POSTGRES_PASSWORD: postgres`) is information only: nobody needs the file to find "
             "it, "
             "since such are tried first. It is the password all the same. So is a key or token "
             "of small letters alone, which is rather a name.",
         .references = {"Docker documentation, Manage sensitive data with Docker secrets",
                        "Docker documentation, Compose, Secrets in Compose",
                        "OWASP Secrets Management Cheat Sheet"},
         .cis = {},
         .bad = "docker run -e SIGNING_SECRET=7Kq2vX9mLw4T alpine:3.22\n",
         .good = "docker run -e SIGNING_SECRET_FILE=/run/secrets/signing alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
