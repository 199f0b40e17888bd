// What commands of a script get, beside the real bash: random scripts are run in a folder of their
// own with a `docker` that only writes down its words. Every command that bash ran must be covered
// by a container that was read, and where a script has no condition that is unknown, every
// container that was read must have been run.
#include <deque>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"
#include "linter/input/reader.h"
#include "tests/support/memory_files.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

using Words = std::vector<std::string>;
using model::Container;

constexpr int kScripts = 2000;

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string Script() {
    has_unknown = false;
    depth_ = 0;
    std::string out = "V=a; W='b c'; A=(x y); set -- p q\n";
    defines_ = false;
    if (Pick(3) == 0) {
      out += "f() { " + Statements(2) + "}\n";
      defines_ = true;
      has_unknown = true;  // it is read even where no command calls it
    }
    out += "g() { docker run --name \"$1\" \"$2\"; V=$1; }\n";
    out += "h() { local -n to=$1; to=(--name \"$2\"); declare W=in; return; V=dead; }\n";
    return out + Statements(5);
  }

  bool has_unknown = false;

 private:
  int Pick(int size) { return static_cast<int>(random_() % static_cast<unsigned>(size)); }
  std::string Of(std::initializer_list<const char*> texts) {
    return *(texts.begin() + Pick(static_cast<int>(texts.size())));
  }
  // One word, whatever the variables hold.
  std::string Single() {
    return Of({"a",           "'b c'",         "\"$V\"",      "\"${V:-d}\"",   "x\"$V\"",
               "\"${A[0]}\"", "\"$V-$W\"",     "\"${A[*]}\"", "\"${W:0:2}\"",  "\"${V#a}\"",
               "${#W}",       "$'x\\ty'",      "\"$1\"",      "\"$*\"",        "\"$(echo z)\"",
               "e\\ f",       "\"${V:+k}\"",   "$\"l\"",      "\"${V%a}\"",    "\"${U:-m}\"",
               "\"$U\"",      "\"${W//b/c}\"", "\"${V/#a}\"", "\"${W/%c/d}\"", "\"${V/a/xy}\"",
               "\"${V^^}\"",  "\"${#A[@]}\"",  "\"`echo y`\""});
  }
  std::string Any() {
    return Pick(3) > 0 ? Single()
                       : Of({"$V", "$W", "\"${A[@]}\"", "${A[@]}", "\"$@\"", "p{a,b}", "$*",
                             "${V:+k l}", "{1..3}", "$(echo s t)"});
  }
  std::string Docker() {
    std::string out = Of({"docker", "docker", "env X=1 docker", "command docker", "\"docker\"",
                          "doc'ker'", "X=1 docker"}) +
                      " run";
    for (int i = Pick(4); i > 0; --i) {
      out += Of({" --name ", " --network ", " --user ", " --name="}) + Single();
      if (Pick(3) == 0) out += Of({" --privileged", " --read-only", " --rm"});
    }
    out += " image" + std::string(Pick(2) > 0 ? "" : ":1");
    for (int i = Pick(3); i > 0; --i) out += " " + Any();
    return out;
  }
  std::string Assign() {
    const std::string name = Of({"V", "W"});
    switch (Pick(16)) {
      case 8:
        return Of({"export", "declare", "readonly -p; typeset"}) + " \"" + name + "=k\"";
      case 9:
        return "export " + name;
      case 10:
        return Of({"(( ++N ))", "let N=2", ": $((N += 1))", "declare -i N=7"});
      case 11:
        return "unset " + Of({"'A[0]'", "A", "V"});
      case 12:
        return "A=" + Single();
      case 13:
        return "V=out &";
      case 0:
        return "A=(" + Any() + " " + Any() + ")";
      case 1:
        return "A+=(" + Any() + ")";
      case 2:
        return name + "+=" + Single();
      case 3:
        return "A[" + std::to_string(Pick(2)) + "]=" + Single();
      case 4:
        return Of({"set -- ", "set -- r "}) + Any();
      case 5:
        return "shift";
      case 6:
        return "printf -v " + name + " %s " + Single();
      default:
        return name + "=" + Single();
    }
  }
  std::string Condition() {
    if (Pick(3) == 0) return Of({"true", "false", "[ \"$V\" = a ]"});
    return Of({"[ -n \"$U\" ]", "[[ $U == 1 ]]", "test -z \"$U\""});
  }
  std::string Statement() {
    if (++depth_ > 40) return ":";
    switch (Pick(31)) {
      case 27:
        return Of({"trap 'exit 3' INT", "sh -c 'exit 2'", "( exit 1 )"});
      case 28:
        return "if false; then exit 1; fi";
      case 29:
        return "V=$(exit 1)k";
      case 20:
        return "sh -c 'docker run --name \"$V\" image \"$1\"' x " + Any();
      case 21:
        return "bash -s -- " + Single() + " <<'E'\ndocker run --name \"$1\" image \"$N\"\nE\n:";
      case 22:
        return "printf 'docker run --name %s image\\n' a b | sh";
      case 23:
        return "h A " + Single() + "; docker run \"${A[@]}\" image";
      case 24:
        return "docker run --name \"x$N\" \"${1-none}\"";
      case 25:
        return "docker run image \"${A[@]:1:1}\" ${1+\"$1\"}";
      case 26:
        return "set -- docker run --name n image; $*; set --";
      case 0:
        has_unknown = true;
        return "if " + Condition() + "; then " + Statements(2) + "fi";
      case 1:
        has_unknown = true;
        return "if " + Condition() + "; then " + Statements(2) + "else " + Statements(1) + "fi";
      case 2:
        has_unknown = true;
        return Condition() + " && " + Assign();
      case 3:
        return "for V in " + Any() + " " + Any() + "; do " + Statements(2) + "done";
      case 4:
        has_unknown = true;
        return "case $U in 1) " + Statements(1) + ";; *) " + Statements(1) + ";; esac";
      case 5:
        return "( " + Statements(2) + ")";
      case 6:
        return "{ " + Statements(2) + "}";
      case 7:
        return "sh -c 'docker run --name x\"$0\" image'";
      case 8:
        return "eval \"docker run --name '$V' image\"";
      case 9:
        return "sh <<'E'\ndocker run --name 'q r' image\nE\n:";
      case 10:
        return "sh <<E\ndocker run --name \"$V\" image\nE\n:";
      case 11:
        return "g " + Single() + " img";
      case 12:
        return defines_ && Pick(2) == 0 ? "f " + Any() : "bash <<< 'docker run img2'";
      case 13:
        return "echo 'docker run --rm img3' | sh";
      case 14:
      case 15:
        return Assign();
      default:
        return Docker();
    }
  }
  std::string Statements(int most) {
    std::string out;
    for (int i = 1 + Pick(most); i > 0; --i) out += Statement() + "\n";
    return out;
  }

  std::mt19937 random_;
  int depth_ = 0;
  bool defines_ = false;
};

// What bash gave to docker in each of `scripts`; empty without a bash.
std::map<int, std::vector<Words>> RunAll(const std::vector<std::string>& scripts) {
  const Program program;
  program.Write("bin/docker",
                "#!/bin/sh\n{ printf '%s\\0' \"$CASE\" \"$#\"; [ $# -eq 0 ] || printf '%s\\0' "
                "\"$@\"; } >> \"$LOG\"\n");
  for (std::size_t i = 0; i < scripts.size(); ++i)
    program.Write("s" + std::to_string(i), scripts[i]);
  program.Write("all",
                "docker() { printf '%s\\0' \"$CASE\" \"$#\" \"$@\" >> \"$LOG\"; }; "
                "export -f docker; export LOG=$PWD/log; PATH=$PWD/bin:$PATH; for CASE in {0.." +
                    std::to_string(scripts.size() - 1) +
                    "}; do export CASE; U=$((CASE % 3)); [ $U != 2 ] || U=; "
                    "(. ./s$CASE) </dev/null >/dev/null 2>&1; done; printf done > ended\n");
  program.Shell(
      "command -v bash >/dev/null || exit 0; chmod +x bin/docker; : > log; "
      "timeout 400 bash --norc all; [ -e ended ] || echo late > ended");
  std::map<int, std::vector<Words>> ran;
  EXPECT_NE(program.Read("ended"), "late\n") << "bash did not finish the scripts in time";
  if (program.Read("ended") != "done") return ran;
  const std::string log = program.Read("log");
  std::vector<std::string_view> fields = base::Split(log, '\0');
  for (std::size_t at = 0; at + 1 < fields.size();) {
    const int script = std::stoi(std::string(fields[at]));
    const std::size_t count = std::stoul(std::string(fields[at + 1]));
    Words words{"docker"};
    for (std::size_t i = 0; i < count; ++i) words.emplace_back(fields[at + 2 + i]);
    ran[script].push_back(std::move(words));
    at += 2 + count;
  }
  return ran;
}

class Reading {
 public:
  const model::Document& Script(const std::string& text) {
    const base::Source& source = sources_.Add("run.sh", text);
    document_ = input::kShellReader.read(source, {sources_, files_, options_});
    return document_;
  }
  const model::Document& Command(const Words& words) {
    std::string shown;
    for (const std::string& word : words) shown += base::ShellQuote(word) + " ";
    const base::Source& source = sources_.Add("command", shown);
    document_ = input::ReadArgumentVector(words, source, {sources_, files_, options_});
    return document_;
  }

 private:
  MemoryFiles memory_;
  base::FileSystem files_ = memory_.System();
  base::SourceSet sources_;
  input::Options options_;
  model::Document document_;
};

template <typename T>
bool Covers(const model::Setting<T>& read, const model::Setting<T>& ran) {
  return read.IsDynamic() || (read.state == ran.state && read.value == ran.value);
}

bool Covers(const Container& read, const Container& ran) {
  if (!Covers(read.image, ran.image) || !Covers(read.name, ran.name) ||
      !Covers(read.user, ran.user) || !Covers(read.network_mode, ran.network_mode) ||
      !Covers(read.privileged, ran.privileged) || !Covers(read.read_only, ran.read_only) ||
      !Covers(read.remove, ran.remove))
    return false;
  if (read.command.IsDynamic()) return true;
  if (read.command.items.size() != ran.command.items.size()) return false;
  for (std::size_t i = 0; i < ran.command.items.size(); ++i)
    if (!Covers(read.command.items[i], ran.command.items[i])) return false;
  return true;
}

std::string Shown(const Container& container) {
  std::string out = "image=" + container.image.value + container.image.source +
                    " name=" + container.name.value + container.name.source +
                    " user=" + container.user.value + container.user.source +
                    " network=" + container.network_mode.value + container.network_mode.source;
  for (const auto& item : container.command.items) out += " [" + item.value + item.source + "]";
  return out + (container.command.IsDynamic() ? " …" : "");
}

TEST(ShellValuesOracleTest, CommandsGetTheWordsThatBashGivesThem) {
  Generator generator(20260101);
  std::vector<std::string> scripts;
  std::vector<bool> unknown;
  for (int i = 0; i < kScripts; ++i) {
    scripts.push_back(generator.Script());
    unknown.push_back(generator.has_unknown);
  }
  const auto ran = RunAll(scripts);
  if (ran.empty()) GTEST_SKIP() << "no bash";
  int commands = 0;
  int certain = 0;
  for (int i = 0; i < kScripts; ++i) {
    const std::string& script = scripts[static_cast<std::size_t>(i)];
    Reading reading;
    const std::deque<Container> read = reading.Script(script).containers;
    std::vector<Container> real;
    const auto found = ran.find(i);
    if (found != ran.end())
      for (const Words& words : found->second)
        for (const Container& container : reading.Command(words).containers)
          real.push_back(container);
    for (const Container& container : real) {
      ++commands;
      const bool covered = std::any_of(
          read.begin(), read.end(), [&](const Container& one) { return Covers(one, container); });
      EXPECT_TRUE(covered) << script << "bash ran " << Shown(container);
      if (!covered)
        for (const Container& one : read) ADD_FAILURE() << "read " << Shown(one);
    }
    if (unknown[static_cast<std::size_t>(i)]) continue;
    for (const Container& one : read) {
      if (one.image.IsDynamic()) continue;  // a function that no command calls
      ++certain;
      EXPECT_TRUE(std::any_of(real.begin(), real.end(),
                              [&](const Container& container) { return Covers(one, container); }))
          << script << "not run: " << Shown(one);
    }
    if (HasFailure() &&
        ::testing::UnitTest::GetInstance()->current_test_info()->result()->total_part_count() > 40)
      FAIL() << "further ones are not shown";
  }
  EXPECT_GT(commands, kScripts);
  EXPECT_GT(certain, kScripts / 4);
}

}  // namespace
}  // namespace cagelint::test
