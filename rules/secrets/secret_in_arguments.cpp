#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using Words = model::List<std::string>;

std::string MessageOf(const model::SecretArgument& found) {
  const std::string where = found.option.empty() ? "an argument" : "`" + found.option + "`";
  if (!found.what.empty()) return where + " holds " + std::string(found.what);
  if (found.secrecy == model::Secrecy::kGuessable)
    return where + " is followed by a credential of plain words";
  return where + " is followed by a credential that is written here";
}

void CheckWords(const Words& words, const model::FamiliarWords& familiar, Reporter& report) {
  for (const model::SecretArgument& found : model::FindSecretArguments(words, familiar)) {
    const auto& item = words.items[found.item];
    const model::Place place(item.value_span, item.steps);
    if (!place.IsValid() || place.IsEmpty()) continue;
    bool is_written = false;
    for (std::size_t i = found.item; i < words.items.size() && i < found.item + 2; ++i)
      is_written = is_written || IsWritten({words.items[i].value_span, words.items[i].steps},
                                           found.value, report);
    if (!is_written) continue;
    const std::string_view shown = found.option.empty() ? found.prefix : found.option;
    report.Add({.span = PartOf(place, shown, report),
                .message = MessageOf(found),
                .help = "let the program read it from a file, or from its standard input",
                .weight = found.secrecy == model::Secrecy::kGuessable ? Weight::kAtMostInfo
                                                                      : Weight::kAsPolicy});
  }
}

void Check(const Document& document, Reporter& report) {
  for (const Container& container : document.containers) {
    if (container.command.IsAbsent() && container.entrypoint.IsAbsent()) continue;
    const model::FamiliarWords familiar = model::FamiliarWordsOf(container);
    CheckWords(container.entrypoint, familiar, report);
    CheckWords(container.command, familiar, report);
  }
  for (const model::Command& command : document.commands)
    if (command.kind == model::CommandKind::kExec) CheckWords(command.command, {}, report);
}

}  // namespace

extern const Rule kSecretInArguments{
    .info =
        {.id = "secret-in-arguments",
         .title = "a credential is written into a command line",
         .why = "every user of the host sees it in the list of processes while the program runs",
         .rationale =
             "The arguments of a process are in `/proc/PID/cmdline`, which any user may read where "
             "`/proc` is mounted without `hidepid`, on the host as well as inside. They also stand "
             "in the file, in what `docker inspect` and `docker ps --no-trunc` show, and in "
             "records of what was run.\n\n"
             "Looked at are the entry point, the command and what `exec` runs, with the words of a "
             "script for `sh -c`: options whose name says so (`--password=…`, `--api-key …`), "
             "assignments (`env TOKEN=…`), tokens of a shape that their vendor documents, and "
             "`-pSECRET` of mysql, mariadb and sshpass, `-a` of redis-cli, `-u user:SECRET` of "
             "curl. Some of these programs overwrite the argument, a moment after it was to be "
             "seen. Not reported: variables and placeholders. A password of common words is "
             "information only.",
         .references = {"proc(5), /proc/[pid]/cmdline",
                        "MySQL Reference Manual, End-User Guidelines for Password Security"},
         .cis = {},
         .bad = "docker run redis:8-alpine redis-server --requirepass 7Kq2vX9mLw4T\n",
         .good = "docker run redis:8-alpine redis-server /run/secrets/redis.conf\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
