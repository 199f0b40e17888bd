// The reading of shell scripts beside two others: `bash -n` says whether a text is shell, and
// tree-sitter-bash which words are commands. Over the scripts of this repository and snippets.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <tree_sitter/api.h>

#include "linter/syntax/shell.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

extern "C" const TSLanguage* tree_sitter_bash();

namespace cagelint::test {
namespace {

using syntax::ShellTree;

constexpr std::string_view kSnippets[] = {
#include "tests/oracle/shell_snippets.inc"
};

struct Difference {
  std::string_view text;
  std::string_view why;
};

// Where the verdict is not that of `bash -n`, and why this is right.
constexpr Difference kOtherVerdicts[] = {
    {"echo \"`a 'b`\"", "bash looks into backticks when it runs them, and then refuses"},
    {"cat <<E\n${a\nE", "bash looks into a here-document when it runs it, and then refuses"},
    {"cat <<E\n$(a\nE", "the same"},
    {"cat <<E\na", "bash warns only; the commands behind it are text"},
    {"echo \"${a:-'}\"", "right for dash and other shells of POSIX"},
    {"rm -f !(a|b)", "right behind `shopt -s extglob`"},
    {"[[ a b ]]", "what stands in `[[` is not judged"},
    {"\"f\"() { a; }", "a quoted name of a function is not read"},
};

// Where tree-sitter-bash 0.25 reports no error and yet misreads.
constexpr Difference kOtherCommands[] = {
#include "tests/oracle/shell_known_defects.inc"
};

ShellTree Parse(std::string_view text) {
  return syntax::ParseShell(text, base::SourceMap::Identity(0));
}

// For each text whether bash takes it for shell; nothing where there is no bash.
template <typename Texts>
std::vector<bool> BashVerdicts(const Texts& texts) {
  const Program program;
  std::size_t count = 0;
  for (const auto& text : texts) program.Write(std::to_string(count++), text);
  // An error inside of `[[` leaves the exit status alone.
  const std::string script =
      "command -v bash >/dev/null || exit 1; i=0; while [ $i -lt " + std::to_string(count) +
      " ]; do if e=$(bash -n $i 2>&1); then case $e in *error*|*expected*) echo no;; *) echo ok;; "
      "esac; else echo no; fi; i=$((i + 1)); done";
  std::istringstream lines(program.Shell(script).out);
  std::vector<bool> verdicts;
  for (std::string line; std::getline(lines, line);) verdicts.push_back(line == "ok");
  return verdicts;
}

template <typename Texts>
void CompareVerdicts(const Texts& texts) {
  const std::vector<bool> verdicts = BashVerdicts(texts);
  if (verdicts.empty()) GTEST_SKIP() << "no bash";
  ASSERT_EQ(verdicts.size(), std::size(texts));
  std::size_t i = 0;
  for (const std::string_view text : texts)
    EXPECT_EQ(Parse(text).gaps.empty(), verdicts[i++]) << text;
}

template <std::size_t size>
bool IsListed(const Difference (&list)[size], std::string_view text) {
  return std::any_of(std::begin(list), std::end(list),
                     [&](const Difference& known) { return known.text == text; });
}

// Shell scripts of the repository; the hostile ones are not for other parsers.
std::vector<std::string> Scripts() {
  namespace fs = std::filesystem;
  std::vector<std::string> texts;
  for (const char* folder : {"fixtures", ".ci", "rules"}) {
    const fs::path root = fs::path(CAGELINT_SOURCE_DIR) / folder;
    if (!fs::exists(root)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file()) continue;
      if (entry.path().string().find("hostile") != std::string::npos) continue;
      // `<image>` at the end of a line is half a redirection to bash.
      if (entry.path().filename() == "placeholders.sh") continue;
      std::string text = ReadBytes(entry.path().string());
      if (entry.path().extension() == ".sh" || text.starts_with("#!/bin/sh") ||
          text.starts_with("#!/usr/bin/env bash"))
        texts.push_back(std::move(text));
    }
  }
  return texts;
}

// Words that tree-sitter-bash makes no command's name of.
bool IsDeclaration(std::string_view word) {
  constexpr std::string_view kNames[] = {"export",   "declare", "typeset", "local",
                                         "readonly", "unset",   "["};
  return std::find(std::begin(kNames), std::end(kNames), word) != std::end(kNames);
}

std::vector<std::string> OurNames(const ShellTree& tree, std::string_view text) {
  std::vector<base::Span> spans;
  for (const syntax::ShellCommand& command : tree.commands)
    if (!command.words.empty()) spans.push_back(command.words.front().span);
  std::sort(spans.begin(), spans.end(),
            [](const base::Span& a, const base::Span& b) { return a.begin < b.begin; });
  std::vector<std::string> names;
  for (const base::Span& span : spans) {
    const std::string_view word = text.substr(span.begin, span.Size());
    if (!IsDeclaration(word)) names.emplace_back(word);
  }
  return names;
}

void CollectNames(TSNode node, std::string_view text, std::vector<std::string>& names) {
  if (std::string_view(ts_node_type(node)) == "command_name") {
    const std::uint32_t begin = ts_node_start_byte(node);
    names.emplace_back(text.substr(begin, ts_node_end_byte(node) - begin));
  }
  for (std::uint32_t i = 0; i < ts_node_child_count(node); ++i)
    CollectNames(ts_node_child(node, i), text, names);
}

// False where tree-sitter-bash reports an error.
bool TheirNames(std::string_view text, std::vector<std::string>& names) {
  const std::unique_ptr<TSParser, decltype(&ts_parser_delete)> parser(ts_parser_new(),
                                                                      ts_parser_delete);
  ts_parser_set_language(parser.get(), tree_sitter_bash());
  const std::unique_ptr<TSTree, decltype(&ts_tree_delete)> tree(
      ts_parser_parse_string(parser.get(), nullptr, text.data(),
                             static_cast<std::uint32_t>(text.size())),
      ts_tree_delete);
  const TSNode root = ts_tree_root_node(tree.get());
  if (ts_node_has_error(root)) return false;
  CollectNames(root, text, names);
  return true;
}

void ComparePair(std::string_view text) {
  const ShellTree tree = Parse(text);
  std::vector<std::string> theirs;
  if (!tree.gaps.empty() || !TheirNames(text, theirs)) return;
  EXPECT_EQ(OurNames(tree, text), theirs) << text;
}

TEST(ShellOracleTest, SnippetsAreShellWhereBashSaysSo) { CompareVerdicts(kSnippets); }

TEST(ShellOracleTest, ListedDifferencesAreStillThere) {
  std::vector<std::string_view> texts;
  for (const Difference& known : kOtherVerdicts) texts.push_back(known.text);
  const std::vector<bool> verdicts = BashVerdicts(texts);
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    EXPECT_NE(Parse(texts[i]).gaps.empty(), verdicts[i]) << texts[i] << '\n'
                                                         << kOtherVerdicts[i].why;
  for (const auto& [text, why] : kOtherCommands) {
    std::vector<std::string> theirs;
    EXPECT_TRUE(TheirNames(text, theirs)) << text << '\n' << why;
    EXPECT_NE(OurNames(Parse(text), text), theirs) << text << '\n' << why;
  }
}

TEST(ShellOracleTest, ScriptsAreShellWhereBashSaysSo) {
  const std::vector<std::string> scripts = Scripts();
  ASSERT_GT(scripts.size(), 20U);
  CompareVerdicts(scripts);
}

TEST(ShellOracleTest, CommandsAreThoseOfTreeSitter) {
  for (const std::string_view text : kSnippets)
    if (!IsListed(kOtherCommands, text)) ComparePair(text);
  for (const std::string& text : Scripts()) ComparePair(text);
}

}  // namespace
}  // namespace cagelint::test
