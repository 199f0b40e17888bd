#include "linter/input/embed.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "linter/diagnostic/edits.h"
#include "linter/input/embed_templates.h"
#include "linter/input/embed_words.h"
#include "tests/fuzz/embedding.h"

namespace cagelint::input {
namespace {

using base::Edit;

// The file after `edit` of the text in it; "!" where it is not written.
std::string After(const base::SourceSet& sources, const base::Source& text, std::uint32_t begin,
                  std::uint32_t end, std::string with) {
  auto edits = sources.ToFile({Edit{{text.Id(), begin, end}, std::move(with)}});
  return edits ? diagnostic::ApplyEdits(sources.Get(0).Bytes(), 0, *edits) : "!";
}

TEST(EmbedTest, ATextInATextInAFile) {
  base::SourceSet sources;
  const base::Source& file = sources.Add("x.md", "a\n> - run: b c\n");
  EmbeddedText yaml(file);
  yaml.Copy(4, 15);
  const base::Source& middle = yaml.AddTo(sources, LinesWriter());
  ASSERT_EQ(middle.Bytes(), "- run: b c\n");
  EmbeddedText shell(middle);
  shell.Copy(7, 10);
  const base::Source& inner = shell.AddTo(sources, StringWriter(EscapeYamlPlain));
  EXPECT_EQ(inner.Path(), "x.md");
  EXPECT_EQ(sources.FileOf(inner.Id()), file.Id());
  EXPECT_EQ(sources.Text(sources.ToFile({inner.Id(), 2, 3})), "c");
  EXPECT_EQ(After(sources, inner, 2, 3, "d e"), "a\n> - run: b d e\n");
  EXPECT_EQ(After(sources, inner, 2, 3, "d: e"), "!");
  EXPECT_EQ(After(sources, middle, 0, 11, ""), "a\n");
}

TEST(EmbedTest, NewLinesGetWhatTheLineHasInFront) {
  base::SourceSet sources;
  const base::Source& file = sources.Add("x", "  # a \\\n  #   b\nend\n");
  EmbeddedText lines(file);
  lines.Copy(4, 8);
  lines.Copy(12, 16);
  const base::Source& text = lines.AddTo(sources, LinesWriter());
  ASSERT_EQ(text.Bytes(), "a \\\n  b\n");
  EXPECT_EQ(After(sources, text, 4, 4, "  new \\\n"), "  # a \\\n  #   new \\\n  #   b\nend\n");
  EXPECT_EQ(After(sources, text, 1, 7, ""), "  # a\nend\n");
  EXPECT_EQ(After(sources, text, 8, 8, "c\n"), "  # a \\\n  #   b\n  # c\nend\n");
  EXPECT_EQ(After(sources, text, 7, 7, " c"), "  # a \\\n  #   b c\nend\n");
}

TEST(EmbedTest, WhatStandsBehindOtherTextGetsNoLineAboveIt) {
  base::SourceSet sources;
  const base::Source& file = sources.Add("x", "run: a\n");
  EmbeddedText lines(file);
  lines.Copy(5, 7);
  const base::Source& text = lines.AddTo(sources, LinesWriter());
  EXPECT_EQ(After(sources, text, 0, 0, "b\n"), "!");
  EXPECT_EQ(After(sources, text, 0, 1, "b"), "run: b\n");
}

TEST(EmbedTest, NothingIsWrittenIntoAnEscape) {
  base::SourceSet sources;
  const base::Source& file = sources.Add("x", R"("a\u00e4b")");
  EmbeddedText string(file);
  string.Copy(1, 2);
  string.Put("\xC3\xA4", 2, 8);
  string.Copy(8, 9);
  const base::Source& text = string.AddTo(sources, StringWriter(EscapeJson));
  EXPECT_EQ(After(sources, text, 2, 3, "x"), "!");
  EXPECT_EQ(After(sources, text, 1, 3, "\"\n"), R"("a\"\nb")");
}

TEST(EmbedTest, WithoutAWriterNothingIsEdited) {
  base::SourceSet sources;
  const base::Source& file = sources.Add("x", "abc");
  EmbeddedText part(file);
  part.Copy(0, 3);
  EXPECT_EQ(After(sources, part.AddTo(sources, nullptr), 0, 1, "x"), "!");
}

// `text` with its templates marked.
std::string Marked(std::string bytes, std::span<const TemplateSyntax> syntaxes = kTemplates) {
  base::SourceSet sources;
  const base::Source& file = sources.Add("x", std::move(bytes));
  EmbeddedText text(file);
  text.Copy(0, static_cast<std::uint32_t>(file.Bytes().size()));
  return MarkTemplates(text, syntaxes).Text();
}

TEST(TemplatesTest, AreUnknownWordsOrPartsOfThem) {
  EXPECT_EQ(Marked("docker run ${{ inputs.args }} a"), "docker run {{inputs_args...}} a");
  EXPECT_EQ(Marked("-v \"${{ github.workspace }}\":/x"), "-v \"{{github_workspace}}\":/x");
  EXPECT_EQ(Marked("a:<%= @tag %>"), "a:{{tag}}");
  EXPECT_EQ(Marked("'{{ x }}'"), "'{{x}}'");
  EXPECT_EQ(Marked("${input:tok-en}", kVariables), "{{input_tok_en...}}");
}

TEST(TemplatesTest, OfTheEnginesOwnStay) {
  EXPECT_EQ(Marked("--format '{{ .Names }}'"), "--format '{{ .Names }}'");
  EXPECT_EQ(Marked("--format '{{json .}}'"), "--format '{{json .}}'");
  EXPECT_EQ(Marked("{{ open"), "{{ open");
}

TEST(EmbedTest, WhatIsWrittenBackIsTheChangedText) {
  std::mt19937 random(11);
  for (int i = 0; i < 60'000; ++i) {
    std::string bytes(random() % 60, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    test::FuzzEmbedding(bytes);
  }
}

}  // namespace
}  // namespace cagelint::input
