// Which editor is asked, and what no edit may do. The edits of each language are tested by
// themselves.
#include "linter/input/editor.h"

#include <string>

#include <gtest/gtest.h>

#include "linter/diagnostic/edits.h"
#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {
namespace {

using model::Change;
using model::Remove;
using model::Replace;
using model::Set;

class EditorTest : public ::testing::Test {
 protected:
  void Read(const Reader& reader, const std::string& path, const std::string& bytes) {
    files_.Add(path, bytes);
    system_ = files_.System();
    document_ = reader.read(sources_.Add(path, bytes), {sources_, system_, options_});
  }
  Edited Ask(const std::vector<Change>& changes, bool with_container = true) {
    const bool has = with_container && !document_.containers.empty();
    return Editor(document_, sources_).Apply(has ? &document_.containers[0] : nullptr, changes);
  }
  // The first place of `text` in a file that was read.
  base::Span At(const std::string& path, std::string_view text) const {
    const base::Source* source = sources_.FindPath(path);
    if (source == nullptr) return {};
    const auto begin = static_cast<std::uint32_t>(source->Bytes().find(text));
    return {source->Id(), begin, begin + static_cast<std::uint32_t>(text.size())};
  }
  std::string After(const std::string& path, const Edited& edited) const {
    const base::Source* source = sources_.FindPath(path);
    return diagnostic::ApplyEdits(source->Bytes(), source->Id(), edited.edits);
  }

  test::MemoryFiles files_;
  base::FileSystem system_;
  base::SourceSet sources_;
  Options options_;
  model::Document document_;
};

TEST_F(EditorTest, AScriptIsEditedAsOne) {
  Read(kShellReader, "run.sh", "docker run alpine\n");
  const Edited edited = Ask({Set("read_only", "true")});
  EXPECT_EQ(edited.refused, "");
  EXPECT_EQ(After("run.sh", edited), "docker run --read-only alpine\n");
}

TEST_F(EditorTest, AComposeFileIsEditedAsOne) {
  Read(kComposeReader, "compose.yaml", "services:\n  web:\n    image: alpine\n");
  const Edited edited = Ask({Set("read_only", "true")});
  EXPECT_EQ(edited.refused, "");
  EXPECT_EQ(After("compose.yaml", edited),
            "services:\n  web:\n    image: alpine\n    read_only: true\n");
}

TEST_F(EditorTest, AProfileIsEditedAsJson) {
  const std::string bytes =
      "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [\"read\", \"bpf\"], "
      "\"action\": \"SCMP_ACT_ALLOW\"}]}\n";
  Read(kSeccompReader, "p.json", bytes);
  const Edited edited = Ask({Remove(At("p.json", "\"bpf\""))}, false);
  EXPECT_EQ(edited.refused, "");
  std::string expected = bytes;
  EXPECT_EQ(After("p.json", edited), expected.erase(bytes.find(", \"bpf\""), 7));
}

TEST_F(EditorTest, TheProfileOfACommandIsAnotherLanguage) {
  files_.Add("p.json",
             "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [\"read\", "
             "\"bpf\"], \"action\": \"SCMP_ACT_ALLOW\"}]}\n");
  Read(kShellReader, "run.sh", "docker run --security-opt seccomp=p.json alpine\n");
  ASSERT_EQ(document_.profiles.size(), 1u);
  const Edited edited = Ask({Remove(At("p.json", "\"bpf\"")), Set("read_only", "true")});
  EXPECT_EQ(edited.refused, "");
  ASSERT_EQ(edited.edits.size(), 2u);
  EXPECT_EQ(After("run.sh", edited),
            "docker run --security-opt seccomp=p.json --read-only alpine\n");
  EXPECT_EQ(After("p.json", edited).find("bpf"), std::string::npos);
}

TEST_F(EditorTest, AllOrNothing) {
  Read(kShellReader, "run.sh", "docker run alpine\n");
  ASSERT_EQ(Ask({Set("read_only", "true")}).edits.size(), 1u);
  base::Span nowhere = At("run.sh", "alpine");
  nowhere.file = base::kNoFile;
  const Edited edited = Ask({Set("read_only", "true"), Remove(nowhere)}, false);
  EXPECT_TRUE(edited.edits.empty());
  EXPECT_EQ(edited.refused, "the change has no place");
}

TEST_F(EditorTest, BytesThatAreNotUtf8AreNotRewritten) {
  Read(kShellReader, "run.sh", "docker run --privileged alpine\n# \xFF\n");
  ASSERT_EQ(document_.containers.size(), 1u);
  const auto whole = document_.containers[0].privileged.whole;
  for (const Edited& edited :
       {Ask({Set("read_only", "true")}), Ask({Remove(whole)}), Ask({Remove(whole)}, false)}) {
    EXPECT_TRUE(edited.edits.empty());
    EXPECT_EQ(edited.refused, "the file is not UTF-8");
  }
}

TEST_F(EditorTest, WhatIsNotUnderstoodIsNotTouched) {
  Read(kShellReader, "run.sh", "docker run --privileged --user 0 alpine\n");
  const auto privileged = document_.containers[0].privileged.whole;
  const auto user = document_.containers[0].user.value_span;
  document_.gaps.push_back({"unresolved-variable", "odd", user, ""});
  EXPECT_EQ(Ask({Replace(user, "1000")}).refused, "what stands here is not understood: odd");
  EXPECT_EQ(Ask({Remove(privileged)}).refused, "");
  // One that reaches far, in front of others: it is still found.
  document_.gaps.back().span = {user.file, 2, user.end};
  document_.gaps.push_back({"unresolved-variable", "small", {user.file, 3, 4}, ""});
  EXPECT_EQ(Ask({Replace(user, "1000")}).refused, "what stands here is not understood: odd");
}

TEST_F(EditorTest, AnEnvironmentFileIsNotEdited) {
  files_.Add(".env", "USERID=0\n");
  Read(kComposeReader, "compose.yaml",
       "services:\n  web:\n    image: alpine\n    user: \"${USERID}\"\n");
  const base::Source& source = sources_.FindPath(".env") != nullptr
                                   ? *sources_.FindPath(".env")
                                   : sources_.Add(".env", "USERID=0\n");
  const Edited edited = Ask({Replace({source.Id(), 7, 8}, "1000")});
  EXPECT_TRUE(edited.edits.empty());
  EXPECT_EQ(edited.refused, "the value stands in a file that is not edited");
}

}  // namespace
}  // namespace cagelint::input
