#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (container.effective.no_new_privileges != Tri::kNo) return;
  const auto option = model::FindSecurityOption(container, "no-new-privileges");
  Finding finding{.span = container.anchor,
                  .message = "programs may gain privileges: `no-new-privileges` is not set",
                  .help = "add " + Spelling(container, "security_opt", "no-new-privileges:true"),
                  .fixes = {Safe("set `no-new-privileges`",
                                 {Append("security_opt", "no-new-privileges:true")})}};
  if (option.present) {
    const auto& written = container.security_opt.items[option.index];
    finding.span = PlaceOf(written, container);
    finding.message = "`" + written.value + "` lets programs gain privileges";
    finding.fixes = {Unsafe("set `no-new-privileges`",
                            "somebody switched it off: a setuid program may be needed",
                            {Replace(written.value_span, "no-new-privileges:true")})};
    finding.help = "write " + Spelling(container, "security_opt", "no-new-privileges:true");
  }
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kNewPrivileges{
    .info =
        {.id = "new-privileges",
         .title = "programs may gain privileges through setuid",
         .why = "a setuid-root program in the image turns an ordinary user into uid 0",
         .rationale =
             "Without no-new-privileges, execve honours setuid bits and file capabilities: `su`, "
             "`sudo` or a forgotten helper in the image gives uid 0 to a container that was "
             "started "
             "as an ordinary user. Dropping all capabilities does not replace it: the program is "
             "then uid 0 without capabilities, and still owns root's files in every bind mount.\n\n"
             "The engine takes the bare word, and `true`, `1` or `t` behind `=` or `:`; a later "
             "option overrides an earlier one, and `=false` also overrides a daemon that sets it "
             "for everybody. It stays in force in a privileged container, which has a finding of "
             "its own.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.26",
                        "Docker documentation, docker container run, Optional security options",
                        "Linux kernel documentation, No New Privileges Flag",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.26"},
         .bad = "docker run --user 1000:1000 --security-opt no-new-privileges=false alpine:3.22\n",
         .good = "docker run --user 1000:1000 --security-opt no-new-privileges alpine:3.22\n",
         .fix = Fixable::kSafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
