// Inputs that would make the linter crash, hang or eat memory: those kept under fixtures/hostile
// and tests/fuzz/corpus, and those that are too large to keep. The time limit is that of ctest.
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "linter/base/byte_gate.h"
#include "tests/fuzz/embedding.h"
#include "tests/fuzz/entry.h"
#include "tests/fuzz/lsp.h"
#include "tests/support/fixture.h"

namespace cagelint::test {
namespace {

std::string Repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// What the inputs of a fuzzer are linted as; others by their own names.
constexpr std::pair<std::string_view, std::string_view> kNames[] = {
    {"compose", "compose.yaml"}, {"gitlab", ".gitlab-ci.yml"},
    {"justfile", "justfile"},    {"makefile", "Makefile"},
    {"markdown", "README.md"},   {"seccomp", "seccomp.json"},
    {"shell", "run.sh"},         {"workflow", ".github/workflows/ci.yml"},
};

// A file of a fuzzer's corpus folder, or a hostile fixture.
void Replay(const std::string& path) {
  SCOPED_TRACE(path);
  const std::string bytes = ReadRepositoryFile(path);
  const std::string folder = std::filesystem::path(path).parent_path().filename().string();
  if (folder == "arguments") return FuzzArguments(bytes);
  if (folder == "embedding") return FuzzEmbedding(bytes);
  if (folder == "ignore") return FuzzIgnore(bytes);
  if (folder == "lsp") return FuzzLsp(bytes);
  if (folder == "yaml") FuzzYaml(bytes);
  if (folder == "config") FuzzConfig(bytes);
  for (const auto& [known, name] : kNames)
    if (folder == known) return FuzzFile(name, bytes);
  FuzzFile(std::filesystem::path(path).filename().string(), bytes);
}

TEST(HostileTest, KeptInputsAreSurvived) {
  namespace fs = std::filesystem;
  const fs::path root = CAGELINT_SOURCE_DIR;
  for (const char* folder : {"fixtures/hostile", "tests/fuzz/corpus"}) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (entry.is_regular_file()) Replay(entry.path().lexically_relative(root).string());
  }
}

TEST(HostileTest, DeepNestingInWindowsScripts) {
  for (const std::string_view open : {"$(", "(", "{", "\"$(", "@(", "@{", "$a=(", "<#", "& ", "\"",
                                      "'", "`", "\"\"\"", "docker run ("}) {
    FuzzFile("run.ps1", Repeated(open, 20'000));
    FuzzFile("run.ps1", "docker run " + Repeated(open, 20'000));
  }
  for (const std::string_view open : {"(", "\"", "%", "^", "%%", "!", "if x (", "set a=%", "<"}) {
    FuzzFile("run.bat", "setlocal enabledelayedexpansion\n" + Repeated(open, 20'000));
    FuzzFile("run.bat", "docker run " + Repeated(open, 20'000));
  }
}

TEST(HostileTest, ManyLinesInUnitsAndDockerfiles) {
  FuzzFile("a.service", "[Service]\nExecStart=docker run " + Repeated("a \\\n# x\n", 20'000));
  FuzzFile("a.service", "[Service]\nExecStart=docker run " + Repeated("\"a' $b %h", 20'000));
  FuzzFile("a.service", Repeated("[Service]\nExecStart=docker run a\n", 5'000));
  FuzzFile("a.container", "[Container]\nImage=a\n" + Repeated("Volume=./a:/b\n", 5'000));
  FuzzFile("Dockerfile", Repeated("# docker run \\\n", 20'000));
  FuzzFile("Dockerfile", Repeated("# docker run a'\n", 5'000));
  FuzzFile("Dockerfile", Repeated("# cagelint: ignore[x] y\n", 5'000) + "RUN docker run a");
}

TEST(HostileTest, DeepNestingInAShellScript) {
  for (const std::string_view open :
       {"$(", "`", "(", "{ ", "\"$(", "${a:-", "if x; then ", "((", "f() { ", "case x in a) ",
        "for i in a b; do ", "x=(", "docker run <a", "{a,"}) {
    FuzzFile("run.sh", Repeated(open, 20'000));
    FuzzFile("run.sh", "docker run " + Repeated(open, 20'000));
  }
}

TEST(HostileTest, DeepNestingInSourceCode) {
  const std::string run = "run(['docker', 'run', 'img'])\n";
  for (const std::string_view open : {"(",
                                      "[",
                                      "{",
                                      "f(",
                                      "x = [",
                                      "`${",
                                      "f'{",
                                      "if x:\n ",
                                      "if (x) {",
                                      "if (x) ",
                                      "() => ",
                                      "() => { ",
                                      "func() { ",
                                      "a ? b : ",
                                      "a + ",
                                      "a or ",
                                      "...",
                                      "x = ",
                                      "['docker', 'run', ",
                                      "run(",
                                      "a.push(",
                                      "'",
                                      "\"",
                                      "\"\"\"",
                                      "/*",
                                      "/",
                                      "else if (x) ",
                                      "case 1: ",
                                      "\\\n"}) {
    for (const char* name : {"x.py", "x.go", "x.ts"}) {
      FuzzFile(name, run + Repeated(open, 20'000));
      FuzzFile(name, Repeated(open, 2'000) + run);
    }
  }
  std::string lines;
  for (int i = 0; i < 300; ++i) lines += std::string(static_cast<std::size_t>(i), ' ') + "if x:\n";
  FuzzFile("x.py", run + lines);
}

TEST(HostileTest, ManyNamesAndWaysInSourceCode) {
  std::string doubling = "a0 = ['docker', 'run']\n";
  std::string ways = "def f():\n  a = ['docker', 'run']\n";
  std::string calls;
  for (int i = 1; i < 200; ++i) {
    const std::string name = "a" + std::to_string(i);
    const std::string before = "a" + std::to_string(i - 1);
    doubling += name + " = " + before + " + " + before + "\n";
    ways += "  if x" + name + ": a += ['-e', '" + name + "']\n";
    calls += "def f" + name + "(x): f" + before + "(x); f" + before + "(x); return f" + before +
             "([*x, *f" + before + "(x)])\n";
  }
  FuzzFile("x.py", doubling + "run([*a199, 'img'])\n");
  FuzzFile("x.py", ways + "  run(a)\n");
  FuzzFile("x.py", "def fa0(x): return subprocess.run(x)\n" + calls + "fa199(['docker', 'run'])\n");
  FuzzFile("x.py", Repeated("run(['docker', 'run', 'img'])\n", 20'000));
  FuzzFile("x.ts", Repeated("x = a ? ['docker', 'run', 'img'] : b; f(x);\n", 5'000));
}

TEST(HostileTest, DeepNestingInACompose) {
  for (const std::string_view open : {"[", "{a: ", "- ", "? ", "!a ", "&a [", "{a: [", "\"", "'"}) {
    FuzzFile("compose.yaml", "services:\n  a: " + Repeated(open, 20'000));
    FuzzFile("compose.yaml", Repeated(open, 20'000));
  }
  std::string ladder = "services:\n";
  for (std::size_t i = 1; i < 1500; ++i) ladder += std::string(i, ' ') + "a:\n";
  FuzzFile("compose.yaml", ladder);
}

TEST(HostileTest, DeepNestingInAProfile) {
  for (const std::string_view open : {"[", "{\"a\":", "[{\"a\":"}) {
    FuzzFile("seccomp.json", Repeated(open, 200'000));
    FuzzFile("seccomp.json",
             "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": " + Repeated(open, 200'000));
  }
}

TEST(HostileTest, RecipesThatGrowAndNest) {
  std::string doubling = "A0 = docker run -v x:/x\n";
  for (int i = 1; i < 60; ++i) {
    const std::string last = "$(A" + std::to_string(i - 1) + ")";
    doubling += "A" + std::to_string(i) + " = " + last + " " + last + "\n";
  }
  FuzzFile("Makefile", doubling + "run:\n\tdocker run $(A59) x\n");
  FuzzFile("Makefile", "A = docker $(B)\nB = $(A)\nrun:\n\tdocker run $(A) x\n");
  FuzzFile("Makefile", "run:\n\tdocker run " + Repeated("$(", 50'000));
  FuzzFile("Makefile", "run:\n\tdocker run " + Repeated("$(shell ", 20'000));
  FuzzFile("Makefile", "A = " + Repeated("$(shell docker ", 10'000));
  FuzzFile("Makefile", Repeated("define docker\n", 50'000));
  FuzzFile("Makefile", Repeated("run:\\\n", 50'000) + "docker");
  FuzzFile("justfile", "docker:\n  " + Repeated("{{", 50'000));
  FuzzFile("justfile", Repeated("docker := (", 50'000));
  FuzzFile("justfile", Repeated("docker := '\n", 50'000));
  FuzzFile(".gitlab-ci.yml", "a: {script: " + Repeated("[", 150) + "docker run x");
  FuzzFile(".github/workflows/ci.yml", "on: push\njobs:\n  a:\n    steps:\n" +
                                           Repeated("    - run: docker run x\n", 20'000) + "[");
}

TEST(HostileTest, AliasesThatMultiply) {
  std::string bytes = "x0: &x0 [a, b, c, d, e, f, g, h, i]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*x" + std::to_string(i - 1);
    bytes += "x" + std::to_string(i) + ": &x" + std::to_string(i) + " [" + last;
    for (int n = 0; n < 8; ++n) bytes += ", " + last;
    bytes += "]\n";
  }
  FuzzFile("compose.yaml", bytes + "services:\n  a:\n    image: x\n    cap_add: *x11\n");
  FuzzFile("compose.yaml", bytes + "services:\n  a:\n    image: x\n    environment: *x11\n");
  std::string merges = "x0: &x0 {a: 1}\n";
  for (int i = 1; i < 40; ++i) {
    const std::string last = std::to_string(i - 1);
    merges += "x" + std::to_string(i) + ": &x" + std::to_string(i) + " {<<: [*x" + last + ", *x" +
              last + "]}\n";
  }
  FuzzFile("compose.yaml", merges + "services:\n  a: {<<: *x39, image: x}\n");
}

TEST(HostileTest, AnAnchorThatHoldsItself) {
  FuzzFile("compose.yaml", "services: &a\n  b: *a\n");
  FuzzFile("compose.yaml", "services:\n  a: &a\n    <<: *a\n    image: x\n");
  FuzzFile("compose.yaml",
           "services:\n  a: {extends: {service: b}}\n  b: {extends: {service: a}}\n");
  FuzzFile("compose.yaml", "include: [compose.yaml]\nservices: {a: {image: x}}\n");
  FuzzFile("compose.yaml", "services: {a: {extends: {file: compose.yaml, service: a}}}\n");
}

TEST(HostileTest, VariablesThatGrow) {
  std::string doubling = "a0=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";
  for (int i = 1; i < 60; ++i) {
    const std::string last = std::to_string(i - 1);
    doubling += "a" + std::to_string(i) + "=\"$a" + last + "$a" + last + "\"\n";
  }
  FuzzFile("run.sh", doubling + "docker run -v \"$a59\":/x img\n");
  std::string arrays = "a0=(-v x:/x -e A=B)\n";
  for (int i = 1; i < 40; ++i) {
    const std::string last = std::to_string(i - 1);
    arrays += "a" + std::to_string(i) + "=(\"${a" + last + "[@]}\" \"${a" + last + "[@]}\")\n";
  }
  FuzzFile("run.sh", arrays + "docker run \"${a39[@]}\" img\n");
  FuzzFile("compose.yaml", "services: {a: {image: \"" + Repeated("${A:-", 20'000) + "\"}}\n");
}

TEST(HostileTest, FunctionsThatCallThemselves) {
  FuzzFile("run.sh", "f() { f; docker run img; }\nf\n");
  FuzzFile("run.sh", "f() { g; g; }\ng() { f; f; docker run img; }\nf\n");
  std::string chain;
  for (int i = 0; i < 40; ++i) {
    const std::string next = std::to_string(i + 1);
    chain += "f" + std::to_string(i) + "() { f" + next + "; f" + next + "; }\n";
  }
  FuzzFile("run.sh", chain + "f40() { docker run img; }\nf0\n");
}

TEST(HostileTest, LoopsAndBracesThatMultiply) {
  FuzzFile("run.sh", Repeated("for i in 1 2 3 4 5 6 7 8; do ", 12) + "docker run img\n" +
                         Repeated("done; ", 12) + "\n");
  FuzzFile("run.sh", "docker run " + Repeated("{a,b}", 10'000) + "\n");
  FuzzFile("run.sh", "docker run " + Repeated("{1..60} ", 5'000) + "\n");
  FuzzFile("run.sh", "alias a='b; b' b='a; docker run img; a'\na\nb\n");
  FuzzFile("run.sh", Repeated("ssh h ", 20'000) + "docker run img\n");
}

TEST(HostileTest, LinesThatEndTooEarly) {
  FuzzFile("run.sh", Repeated("docker run a \\ \n --rm", 500));
  FuzzFile("run.sh", Repeated("docker run a \\\n # b\n", 500) + Repeated("# c\n", 50'000));
  FuzzFile("run.sh", "docker run " + Repeated("<a ", 50'000) + "\n");
  FuzzFile("run.sh", "docker run \\" + std::string(500'000, ' ') + "\n--rm");
}

TEST(HostileTest, OneLongLine) {
  FuzzFile("run.sh", "docker run " + Repeated("-v /:/x ", 20'000) + "img\n");
  FuzzFile("run.sh", "docker run " + std::string(1'000'000, 'a') + "\n");
  FuzzFile("run.sh", Repeated("docker run img; ", 2'000));
  FuzzFile("compose.yaml",
           "services: {a: {image: x, cap_add: [" + Repeated("ALL, ", 20'000) + "]}}");
  FuzzFile("seccomp.json", "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"names\": [" +
                               Repeated("\"clone\", ", 20'000) +
                               "\"clone\"], \"action\": \"SCMP_ACT_ALLOW\"}]}");
}

TEST(HostileTest, ManyOfEverything) {
  FuzzFile("run.sh", Repeated("docker run -d --privileged -v /:/h img\n", 2'000));
  FuzzFile("run.sh", Repeated("docker exec -it a sh\ndocker start a\n", 2'000));
  FuzzFile("run.sh", Repeated("cat <<E\n", 5'000));
  std::string services = "services:\n";
  for (int i = 0; i < 1'000; ++i)
    services += "  s" + std::to_string(i) + ": {image: x, privileged: true, volumes: [\"/:/h\"]}\n";
  FuzzFile("compose.yaml", services);
  FuzzFile("seccomp.json",
           "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [" +
               Repeated("{\"names\": [\"clone\"], \"action\": \"SCMP_ACT_ALLOW\", \"args\": "
                        "[{\"index\": 0, \"value\": 1, \"op\": \"SCMP_CMP_EQ\"}]},\n",
                        5'000) +
               "{\"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\"}]}");
}

TEST(HostileTest, LargestFile) {
  FuzzFile("run.sh", "#!/bin/sh\n" + Repeated("# nothing to see here\n", 100'000));
  FuzzFile("run.sh", std::string(base::kLargestFile + 1, 'a'));
}

TEST(HostileTest, ArgumentVectors) {
  using namespace std::string_literals;
  FuzzArguments("docker"s);
  FuzzArguments("docker\0run"s);
  FuzzArguments("\0\0\0"s);
  FuzzArguments("docker\0run\0--\0--\0--"s);
  FuzzArguments("docker\0run\0-v\0:\0-p\0:::::\0--mount\0\"\0--ulimit\0=\0img"s);
  FuzzArguments("docker\0run\0"s + Repeated("-e\0A=B\0"s, 20'000) + "img");
  FuzzArguments("docker\0run\0--memory\0"s + std::string(100'000, '9') + "\0img"s);
  FuzzArguments("docker\0run\0-p\0"s + "1-65535:1-65535\0img"s);
}

}  // namespace
}  // namespace cagelint::test
