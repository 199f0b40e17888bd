// Where a script stands when it starts a container, what its client runs under, and the volumes
// that it made before.
#include "tests/unit/input/shell_sample.h"

namespace cagelint::input {
namespace {

using model::HostPath;
using model::PathBase;

class ShellPlacesTest : public ShellScriptTest {
 protected:
  // Of the first mount of the last container.
  HostPath Host(const std::string& script) {
    const auto& containers = Read(script).containers;
    return containers.back().mounts.items.at(0).value.host;
  }
  void Expect(const std::string& script, PathBase base, const std::string& path) {
    const HostPath host = Host(script);
    EXPECT_EQ(host.base, base) << script;
    EXPECT_EQ(host.path, path) << script;
  }
};

TEST_F(ShellPlacesTest, RelativePathsBeginWhereTheScriptWent) {
  Expect("docker run -v ./a:/x i\n", PathBase::kWorkingDirectory, "a");
  Expect("cd /etc\ndocker run -v ./a:/x i\n", PathBase::kAbsolute, "/etc/a");
  Expect("cd /etc && docker run -v .:/x i\n", PathBase::kAbsolute, "/etc");
  Expect("cd /etc\ncd ssl\ndocker run -v ../..:/x i\n", PathBase::kAbsolute, "/");
  Expect("cd ~/.ssh\ndocker run --mount type=bind,src=.,dst=/x i\n", PathBase::kHome, ".ssh");
  Expect("cd sub\ndocker run -v .:/x i\n", PathBase::kWorkingDirectory, "sub");
  Expect("cd \"$(dirname \"$0\")\"\ndocker run -v .:/x i\n", PathBase::kProject, ".");
  Expect("(cd /etc)\ndocker run -v .:/x i\n", PathBase::kWorkingDirectory, ".");
  Expect("cd /etc\ndocker run -v /srv:/x i\n", PathBase::kAbsolute, "/srv");
  Expect("cd \"$X\"\ndocker run -v .:/x i\n", PathBase::kWorkingDirectory, ".");
}

TEST_F(ShellPlacesTest, AVolumeIsWhatTheScriptMadeIt) {
  const std::string make = "docker volume create -o type=none -o o=bind,ro -o device=";
  Expect(make + "/etc vol\ndocker run -v vol:/x i\n", PathBase::kAbsolute, "/etc");
  EXPECT_TRUE(document_.containers[0].mounts.items[0].value.read_only.Is(true));
  Expect(make + "\"$PWD\" vol\ndocker run -v vol:/x i\n", PathBase::kWorkingDirectory, ".");
  Expect(make + "relative vol\ndocker run -v vol:/x i\n", PathBase::kUnknown, "");
  Expect(make + "/etc vol\ndocker run -v other:/x i\n", PathBase::kNone, "");
  // Made afterwards: the engine has made it as an ordinary one by then.
  const auto& late = Read("docker run -v vol:/x i\n" + make + "/etc vol\n");
  EXPECT_TRUE(late.containers[0].mounts.items[0].value.driver_options.empty());
  const auto& kernel =
      Read("docker volume create --opt type=proc --name v\ndocker run --mount src=v,dst=/x i\n");
  const auto& options = kernel.containers[0].mounts.items[0].value.driver_options;
  ASSERT_EQ(options.size(), 1u);
  EXPECT_EQ(options[0], (std::pair<std::string, std::string>{"type", "proc"}));
}

TEST_F(ShellPlacesTest, AVolumeOfTheCommandItselfMayBindToo) {
  Expect("docker run --mount src=v,dst=/x,volume-opt=o=bind,volume-opt=device=/etc i\n",
         PathBase::kAbsolute, "/etc");
  Expect(
      "docker run --mount src=v,dst=/x,volume-driver=x,volume-opt=o=bind,"
      "volume-opt=device=/etc i\n",
      PathBase::kNone, "");
}

TEST_F(ShellPlacesTest, ATimeLimitOfTheClientIsKept) {
  const struct {
    const char* script;
    const char* text;
    bool kills;
  } rows[] = {
      {"docker run i\n", "", false},
      {"timeout 5 docker run i\n", "timeout 5", false},
      {"sudo -u x timeout -k 1 -s TERM 5m docker run i\n", "timeout -k 1 -s TERM 5m", false},
      {"timeout -s KILL 5 docker run i\n", "timeout -s KILL 5", true},
      {"timeout -sSIGKILL 5 docker run i\n", "timeout -sSIGKILL 5", true},
      {"timeout --signal=9 5 nice docker run i\n", "timeout --signal=9 5", true},
      {"timeout --signal KILL 5 docker run i\n", "timeout --signal KILL 5", true},
      {"timeout 5 true; docker run i\n", "", false},
  };
  for (const auto& row : rows) {
    const auto& document = Read(row.script);
    ASSERT_EQ(document.containers.size(), 1u) << row.script;
    const model::ClientTimeout& timeout = document.containers[0].client_timeout;
    EXPECT_EQ(timeout.span.IsValid(), *row.text != '\0') << row.script;
    EXPECT_EQ(sources_.Text(timeout.span), row.text);
    EXPECT_EQ(timeout.kills, row.kills) << row.script;
  }
}

}  // namespace
}  // namespace cagelint::input
