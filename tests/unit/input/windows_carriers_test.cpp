#include "tests/unit/input/carrier_sample.h"

namespace cagelint::input {
namespace {

class WindowsCarrierTest : public CarrierTest {
 protected:
  Strings Powershell(const std::string& text) { return Images(kPowershellReader, "a.ps1", text); }
  Strings Batch(const std::string& text) { return Images(kBatchReader, "a.bat", text); }
  // Source and target of each mount.
  Strings Mounts() const {
    Strings out;
    for (const auto& mount : document_.containers.at(0).mounts.items)
      out.push_back(mount.value.source.value + " " + mount.value.target.value);
    return out;
  }
};

TEST_F(WindowsCarrierTest, PowershellCommands) {
  EXPECT_EQ(
      Powershell("docker run a; docker run b | Out-Null && Docker.exe run c\n"
                 "& 'C:\\x\\docker.exe' run d\nwsl -d U -- docker run e\n"
                 "$x = docker run f\nif (docker run g) { docker run h } else { docker run i }\n"
                 "[void](docker run j)\nreturn docker run k"),
      (Strings{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}));
  EXPECT_EQ(Powershell("'docker' run a\nWrite-Host docker run b\n# docker run c\n"
                       "<# docker run d #>\n$x = @'\ndocker run e\n'@\necho \"docker run f\"\n"
                       "my-docker run g"),
            Strings{});
}

TEST_F(WindowsCarrierTest, PowershellWords) {
  EXPECT_EQ(Powershell("$a = 'x'; docker run $a\ndocker run \"${a}y\"\ndocker run \"$a`:1\"\n"
                       "docker run $b\ndocker run \"$($a)\""),
            (Strings{"x", "xy", "x:1", "?", "?"}));
  EXPECT_EQ(Powershell("$a = 'x'\n$a += 'y'\ndocker run $a"), Strings{"?"});
  EXPECT_EQ(Powershell("docker run $a\n$a = 'x'"), Strings{"?"});
  EXPECT_EQ(Powershell("if ($c) { $a = 'x' }\ndocker run $a"), Strings{"?"});
  EXPECT_EQ(Powershell("$a = @('run', \"--rm\"\n 'x')\ndocker @a; docker $a"), (Strings{"x", "x"}));
  EXPECT_EQ(Powershell("docker run `\n  --rm `\r\n  x # c\ndocker run y > z 2>&1"),
            (Strings{"x", "y"}));
  EXPECT_EQ(Powershell("docker run <your-image>"), Strings{"?"});
  EXPECT_EQ(Powershell("$d = 'docker'; & $d run x; $e = 'echo'; & $e docker run y"), Strings{"x"});
}

TEST_F(WindowsCarrierTest, PowershellPlaces) {
  Powershell(
      "docker run -v $PWD\\a:/a -v \"$(Get-Location):/b\" -v (Get-Location).Path:/c "
      "-v $HOME/x:/d -v \"$env:USERPROFILE\\y:/e\" -v 'C:\\z:/f' x");
  EXPECT_EQ(document_.containers.at(0).mounts.items.size(), 6u);
  EXPECT_EQ(document_.containers[0].mounts.items[0].value.host.base,
            model::PathBase::kWorkingDirectory);
  EXPECT_EQ(document_.containers[0].mounts.items[2].value.host.base,
            model::PathBase::kWorkingDirectory);
  EXPECT_EQ(document_.containers[0].mounts.items[4].value.host.base, model::PathBase::kHome);
  EXPECT_EQ(document_.containers[0].mounts.items[4].value.host.path, "y");
}

TEST_F(WindowsCarrierTest, PowershellThatIsBroken) {
  EXPECT_EQ(Powershell("echo \"x\ndocker run a"), Strings{"a"});
  ASSERT_EQ(document_.gaps.size(), 1u);
  EXPECT_EQ(Shown(document_.gaps[0].span), "\"");
  EXPECT_EQ(Powershell("docker run a }\n) docker run b {"), (Strings{"a", "b"}));
}

TEST_F(WindowsCarrierTest, PromptsHideOutput) {
  EXPECT_EQ(Powershell("PS C:\\> docker run a\ndocker run b\nit's\nPS C:\\> docker run `\n>> c"),
            (Strings{"a", "c"}));
  EXPECT_EQ(Batch("C:\\x>docker run a\r\ndocker run b\r\nC:\\x>docker run c\r\n"),
            (Strings{"a", "c"}));
}

TEST_F(WindowsCarrierTest, BatchCommands) {
  EXPECT_EQ(Batch("@docker run a & docker run b && docker run c | more\r\ncall docker.exe run d\r\n"
                  "if exist x (docker run e) else docker run f\r\n"
                  "for %%i in (1 2) do docker run g\r\nstart \"t\" /b docker run h\r\n"
                  "cmd /c docker run i\r\nif x==y docker run j >NUL"),
            (Strings{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}));
  EXPECT_EQ(Batch("echo docker run a\nrem docker run b\n:: docker run c\n:docker run d\n"
                  "set X=docker run e\nif x==y echo docker run f\nfor %%i in (docker run) do x"),
            Strings{});
}

TEST_F(WindowsCarrierTest, BatchWords) {
  EXPECT_EQ(Batch("set A=x\nset \"B=y z\"\nset C=1\nset c=2\ndocker run %A%\ndocker run %a%:1\n"
                  "docker run %C%\ndocker run %%i\ndocker run %1\ndocker run ^\n  w^:1"),
            (Strings{"x", "x:1", "?", "?", "?", "w:1"}));
  EXPECT_EQ(Batch("set D=docker\n%D% run x\nset E=echo\n%E% docker run y"), Strings{"x"});
  EXPECT_EQ(Batch("if x==y set A=x\ndocker run %A%"), Strings{"?"});
  EXPECT_EQ(Batch("set /p A=x\ndocker run %A%"), Strings{"?"});
  EXPECT_EQ(Batch("set A=x%B%\ndocker run %A%"), Strings{"?"});
  Batch("docker run -v \"%cd%:/a\" -v %CD%\\b:/b -v %~dp0c:/c -v %USERPROFILE%\\d:/d x");
  ASSERT_EQ(document_.containers.at(0).mounts.items.size(), 4u);
  EXPECT_EQ(Mounts()[1], "$PWD/b /b");
  EXPECT_EQ(document_.containers[0].mounts.items[2].value.host.base, model::PathBase::kProject);
  EXPECT_EQ(document_.containers[0].mounts.items[3].value.host.base, model::PathBase::kHome);
  Batch("docker run -e \"A=b \\\"c\\\" 50%%\" -e B='x' y");
  EXPECT_EQ(document_.containers.at(0).image.value, "y");
}

}  // namespace
}  // namespace cagelint::input
