// How words are read by a table of options.
#include "linter/cli/read_options.h"

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "linter/cli/usage.h"

namespace cagelint::cli {
namespace {

// `line` at its blanks; '' is a word without bytes.
std::vector<std::string> WordsOf(std::string_view line) {
  std::vector<std::string> words;
  if (line.empty()) return words;
  for (const std::string_view word : base::Split(line, ' '))
    words.emplace_back(word == "''" ? "" : word);
  return words;
}

// A command with an option of each kind, which takes some paths or one name.
struct TriedCommand {
  explicit TriedCommand(bool takes_one = false) : set("try", "Tries.") {
    if (takes_one) {
      set.Argument(name, "a name", "NAME");
    } else {
      set.Arguments(paths, "paths", "[PATH]...");
    }
    const auto told = [this](std::string_view option) {
      return [this, option](const std::string& value) {
        text += std::string(option) + "=" + value + " ";
      };
    };
    set.Flag("-q,--quiet", quiet, "says less");
    set.Flag("--queue", queue, "");
    set.Value("--policy", policy, "the last one counts", "NAME");
    set.Repeated("-f,--file", files, "each one counts", "FILE");
    set.Each("--format", told("format"), "in order", "NAME");
    set.Each("--output", told("output"), "in order", "FILE");
    set.AddHelp();
  }

  // What came of it: "quiet policy=x file=a file=b path=p", or what is wrong.
  std::string Read(const std::vector<std::string>& words) {
    const std::string mistake = ReadOptions(set, words);
    if (!mistake.empty()) return mistake;
    if (set.WantsHelp()) text += "help ";
    if (quiet) text += "quiet ";
    if (queue) text += "queue ";
    if (policy != "default") text += "policy=" + policy + " ";
    for (const std::string& file : files) text += "file=" + file + " ";
    for (const std::string& path : paths) text += "path=" + path + " ";
    if (!name.empty()) text += "name=" + name + " ";
    return std::string(base::Trim(text));
  }

  OptionSet set;
  std::string text, name, policy = "default";
  std::vector<std::string> paths, files;
  bool quiet = false, queue = false;
};

struct Case {
  std::string line;
  std::string read;
};

void ExpectAll(const std::vector<Case>& cases, bool takes_one = false) {
  for (const Case& one : cases)
    EXPECT_EQ(TriedCommand(takes_one).Read(WordsOf(one.line)), one.read) << one.line;
}

TEST(ReadOptions, FormsOfOptions) {
  ExpectAll({
      {"", ""},
      {"-q", "quiet"},
      {"--quiet --quiet -q", "quiet"},
      {"--policy a", "policy=a"},
      {"--policy=a", "policy=a"},
      {"--policy=a=b", "policy=a=b"},
      {"--policy a --policy b", "policy=b"},
      {"-f a", "file=a"},
      {"-fa", "file=a"},
      {"-f=a", "file==a"},
      {"--file a -fb --file=c", "file=a file=b file=c"},
      {"-qf a", "quiet file=a"},
      {"-qfa", "quiet file=a"},
      {"-qqfq", "quiet file=q"},
      {"-format", "file=ormat"},
  });
}

TEST(ReadOptions, OrderIsKept) {
  ExpectAll({
      {"--format a --output b --format c", "format=a output=b format=c"},
      {"--output b --format a --format c", "output=b format=a format=c"},
      {"a -q b --policy x c", "quiet policy=x path=a path=b path=c"},
      {"-f a b -f c", "file=a file=c path=b"},
  });
}

TEST(ReadOptions, OrderIsKeptWhereOtherProgramsStopAtTheFirstArgument) {
  setenv("POSIXLY_CORRECT", "1", 1);
  ExpectAll({{"a -q b", "quiet path=a path=b"}});
  unsetenv("POSIXLY_CORRECT");
}

TEST(ReadOptions, AValueIsTheNextWordWhateverItIs) {
  ExpectAll({
      {"--policy --quiet", "policy=--quiet"},
      {"--policy -h", "policy=-h"},
      {"-f -q a", "file=-q path=a"},
      {"--policy -", "policy=-"},
      {"-f - -", "file=- path=-"},
  });
}

TEST(ReadOptions, ArgumentsAreTakenAsTheyAre) {
  ExpectAll({
      {"-", "path=-"},
      {"''", "path="},
      {"[a,b] {} ++ +x a=b", "path=[a,b] path={} path=++ path=+x path=a=b"},
  });
  ExpectAll({{"a", "name=a"}, {"-q a", "quiet name=a"}, {"-", "name=-"}}, true);
}

TEST(ReadOptions, WhatIsNotTakenIsUnexpected) {
  ExpectAll({{"a b c", "unexpected argument `b`"},
             {"a -", "unexpected argument `-`"},
             {"a b --nope", "unknown option `--nope`"}},
            true);
  OptionSet set("try", "Tries.");
  EXPECT_EQ(ReadOptions(set, {"a"}), "unexpected argument `a`");
}

TEST(ReadOptions, ValuesThatAreMissing) {
  ExpectAll({
      {"--policy", "`--policy` has no value"},
      {"a --format", "`--format` has no value"},
      {"-f", "`--file` has no value"},
      {"-qf", "`--file` has no value"},
      {"--policy=", "`--policy=` has no value"},
      {"--policy= a", "`--policy=` has no value"},
      {"--quiet=", "`--quiet=` has no value"},
      {"--nope=", "`--nope=` has no value"},
  });
}

TEST(ReadOptions, FlagsTakeNoValue) {
  ExpectAll({
      {"--quiet=true", "`--quiet` takes no value"},
      {"--quiet=false a", "`--quiet` takes no value"},
      {"-q=x", "unknown option `-`"},
  });
}

TEST(ReadOptions, AbbreviationsAreUnknown) {
  ExpectAll({
      {"--form json", "unknown option `--form`; did you mean `--format`?"},
      {"--form=json", "unknown option `--form`; did you mean `--format`?"},
      {"--polic", "unknown option `--polic`; did you mean `--policy`?"},
      {"--quie=x", "unknown option `--quie`; did you mean `--quiet`?"},
      {"--que", "unknown option `--que`"},  // several begin so
      {"--h", "unknown option `--h`"},
      {"--formats json", "unknown option `--formats`; did you mean `--format`?"},
  });
}

TEST(ReadOptions, UnknownOptions) {
  ExpectAll({
      {"--nope", "unknown option `--nope`"},
      {"--nope=x a", "unknown option `--nope`"},
      {"--verison", "unknown option `--verison`; did you mean `--version`?"},
      {"--version", "unknown option `--version`"},
      {"-x", "unknown option `-x`"},
      {"-xyz=5", "unknown option `-xyz`"},
      {"-qxyz", "unknown option `-xyz`"},
      {"-qxq", "unknown option `-xq`"},
      {"-q-", "unknown option `--`"},
      {"-x --nope", "unknown option `-x`"},
      {"--nope -x", "unknown option `--nope`"},
      {"-5", "unknown option `-5`"},
      {"---x", "unknown option `---x`"},
      {"-?", "unknown option `-?`"},
      {"-:", "unknown option `-:`"},
      {"-\xc3\xa4x", "unknown option `-\xc3\xa4x`"},
  });
}

TEST(ReadOptions, HelpWinsOverWhatIsUnknown) {
  ExpectAll({
      {"-h", "help"},
      {"a --help", "help path=a"},
      {"-qh", "help quiet"},
      {"-hx", "help"},
      {"--nope -h", "help"},
      {"-h --nope", "help"},
      {"--form --help", "help"},  // the begin of an option that would take the next word
      {"--polic -h", "help"},
      // But in a word that is not known as a whole there is none.
      {"-xh", "unknown option `-xh`"},
      {"--help --policy", "`--policy` has no value"},
      {"--policy= --help", "`--policy=` has no value"},
      {"--help --quiet=x", "`--quiet` takes no value"},
  });
  ExpectAll({{"a b -h", "help name=a"}}, true);
}

TEST(ReadOptions, EachReadBeginsAnew) {
  // The first ends in the middle of a word.
  EXPECT_EQ(TriedCommand().Read({"-q", "-qfa", "--quiet=x", "-qq"}), "`--quiet` takes no value");
  EXPECT_EQ(TriedCommand().Read({"-qx"}), "unknown option `-x`");
  EXPECT_EQ(TriedCommand().Read({"-q", "a"}), "quiet path=a");
}

TEST(HelpText, ShowsArgumentsThenWhatHasNoGroupThenGroups) {
  bool flag = false;
  std::string value;
  std::vector<std::string> values;
  OptionSet set("try", "Tries.");
  set.Argument(value, "what is tried", "THING");
  set.Group("Later");
  set.Repeated("-l,--later", values, "later", "FILE");
  set.Value("--with-a-name-that-is-long", value, "on a line of its own", "NAME");
  set.Flag("--hidden", flag, "");
  set.Footer("The end.");
  set.AddHelp();
  EXPECT_EQ(HelpText(set.Row()),
            "Tries.\n"
            "\n"
            "Usage: cagelint try THING [OPTION]...\n"
            "\n"
            "Arguments:\n"
            "  THING                     what is tried\n"
            "\n"
            "Options:\n"
            "  -h, --help                show this\n"
            "\n"
            "Later:\n"
            "  -l, --later FILE          later\n"
            "      --with-a-name-that-is-long NAME\n"
            "                            on a line of its own\n"
            "\n"
            "The end.\n");
}

}  // namespace
}  // namespace cagelint::cli
