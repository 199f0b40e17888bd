#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {
namespace {

using model::SeccompProblem;

struct Read {
  explicit Read(std::string text) {
    test::MemoryFiles files;
    const base::FileSystem system = files.System();
    const Options options;
    const base::Source& source = sources.Add("seccomp.json", std::move(text));
    document = kSeccompReader.read(source, {sources, system, options});
  }

  base::SourceSet sources;
  model::Document document;
  const model::SeccompProfile& Profile() const { return document.profiles.at(0); }
  std::string_view Text(const base::Span& span) const { return sources.Text(span); }
};

Read ReadProfile(std::string text) { return Read(std::move(text)); }

bool Accepts(std::string_view path, std::string_view text) {
  return !kSeccompReader.accepts(path, text).empty();
}

TEST(SeccompReaderTest, KnowsProfilesByTheirContent) {
  EXPECT_TRUE(Accepts("a.json", R"({"defaultAction": "SCMP_ACT_ERRNO"})"));
  EXPECT_TRUE(Accepts("a.json", R"( {"comment": "x", "DEFAULTACTION":"SCMP_ACT_ERRNO")"));
  EXPECT_TRUE(Accepts("a.json", R"({"syscalls": [ {"names": []} ]})"));
  EXPECT_TRUE(Accepts("a.json", R"({"archMap": []})"));
  EXPECT_TRUE(Accepts("x/my-seccomp.json", "{}"));
  EXPECT_FALSE(Accepts("a.json", "{}"));
  EXPECT_FALSE(Accepts("a.json", R"({"a": {"defaultAction": "SCMP_ACT_ERRNO"}})"));
  EXPECT_FALSE(Accepts("a.json", R"({"defaultAction": "Deny"})"));
  EXPECT_FALSE(Accepts("a.json", R"({"a": "\"defaultAction\": \"SCMP_"})"));
  EXPECT_FALSE(Accepts("a.json", R"([{"defaultAction": "SCMP_ACT_ERRNO"}])"));
  EXPECT_FALSE(Accepts("seccomp.json", R"({"version": 2, "files": []})"));
  EXPECT_FALSE(Accepts("a.json", ""));
  EXPECT_FALSE(Accepts("a.json", "{\"syscalls"));
}

TEST(SeccompReaderTest, ReadsWhatStandsThereWithItsPlace) {
  const Read read = ReadProfile(R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38,
    "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]}],
    "syscalls": [{"names": ["clone", "read"], "action": "SCMP_ACT_ALLOW", "errnoRet": 1,
      "args": [{"index": 1, "value": 18446744073709551615, "valueTwo": 2, "op": "SCMP_CMP_EQ"}],
      "includes": {"caps": ["CAP_BPF"], "minKernel": "4.8"}, "excludes": {"arches": ["s390"]}}]})");
  const model::SeccompProfile& profile = read.Profile();
  EXPECT_TRUE(read.document.gaps.empty());
  EXPECT_TRUE(profile.problems.empty());
  EXPECT_EQ(profile.default_action.text, "SCMP_ACT_ERRNO");
  EXPECT_EQ(read.Text(profile.default_action.span), "SCMP_ACT_ERRNO");
  EXPECT_EQ(read.Text(profile.anchor), "defaultAction");
  EXPECT_EQ(profile.default_errno_ret, 38u);
  EXPECT_EQ(profile.arch_map.at(0).sub_architectures.at(0).text, "SCMP_ARCH_X86");
  const model::SeccompEntry& entry = profile.entries.at(0);
  EXPECT_EQ(read.Text(entry.names.at(1).span), "read");
  EXPECT_EQ(entry.args.at(0).value, UINT64_MAX);
  EXPECT_EQ(entry.args.at(0).index, 1u);
  EXPECT_EQ(entry.args.at(0).op.text, "SCMP_CMP_EQ");
  EXPECT_EQ(entry.includes.caps.at(0).text, "CAP_BPF");
  EXPECT_EQ(entry.includes.min_kernel.text, "4.8");
  EXPECT_FALSE(entry.excludes.min_kernel.span.IsValid());
  EXPECT_EQ(entry.excludes.arches.at(0).text, "s390");
}

TEST(SeccompReaderTest, TheOldFormatHasOneName) {
  const Read read = ReadProfile(
      R"({"syscalls": [{"name": "clone", "action": "a"}, {"name": "x", "names": ["y"]}]})");
  const auto& entries = read.Profile().entries;
  EXPECT_TRUE(entries.at(0).old_name);
  EXPECT_EQ(entries.at(0).names.at(0).text, "clone");
  EXPECT_EQ(entries.at(0).single.text, "");
  EXPECT_EQ(entries.at(1).names.at(0).text, "y");
  EXPECT_EQ(entries.at(1).single.text, "x");
}

struct ProblemCase {
  std::string text;
  SeccompProblem::Kind kind;
  std::string place;
};

TEST(SeccompReaderTest, SaysWhatIsOddAndWhere) {
  const ProblemCase cases[] = {
      {R"({"syscalls": [{"names": ["a"], "arg": []}]})", SeccompProblem::Kind::kIgnored, "arg"},
      {R"({"defaultaction": "x"})", SeccompProblem::Kind::kIgnored, "defaultaction"},
      {R"({"defaultAction": "x", "defaultAction": "y"})", SeccompProblem::Kind::kIgnored,
       "defaultAction"},
      {R"({"defaultAction": 1})", SeccompProblem::Kind::kInvalid, "1"},
      {R"({"defaultErrnoRet": -1})", SeccompProblem::Kind::kInvalid, "-1"},
      {R"({"defaultErrnoRet": 1.0})", SeccompProblem::Kind::kInvalid, "1.0"},
      {R"({"defaultErrnoRet": 18446744073709551616})", SeccompProblem::Kind::kInvalid,
       "18446744073709551616"},
      {R"({"defaultErrnoRet": "38"})", SeccompProblem::Kind::kInvalid, "\"38\""},
      {R"({"syscalls": {}})", SeccompProblem::Kind::kInvalid, "{}"},
      {R"({"syscalls": [{"names": "clone"}]})", SeccompProblem::Kind::kInvalid, "\"clone\""},
      {R"({"syscalls": [[]]})", SeccompProblem::Kind::kInvalid, "[]"},
      {R"({"syscalls": [{"args": [{"index": true}]}]})", SeccompProblem::Kind::kInvalid, "true"},
  };
  for (const ProblemCase& one : cases) {
    const Read read = ReadProfile(one.text);
    ASSERT_EQ(read.Profile().problems.size(), 1u) << one.text;
    EXPECT_EQ(read.Profile().problems[0].kind, one.kind) << one.text;
    EXPECT_EQ(read.Text(read.Profile().problems[0].span), one.place) << one.text;
    const bool invalid = one.kind == SeccompProblem::Kind::kInvalid;
    ASSERT_EQ(read.document.gaps.size(), invalid ? 1u : 0u) << one.text;
    if (invalid) {
      EXPECT_EQ(read.document.gaps[0].kind, "seccomp-invalid-profile");
      EXPECT_TRUE(read.document.gaps[0].refused);
    }
  }
}

TEST(SeccompReaderTest, NullIsTheZeroValueAndTheLastDuplicateCounts) {
  const Read read = ReadProfile(R"({"defaultAction": null, "archMap": null, "flags": null,
    "syscalls": [{"names": ["a", null], "args": null, "errnoRet": null}, null],
    "DefaultAction": "x", "defaultaction": "y"})");
  const model::SeccompProfile& profile = read.Profile();
  EXPECT_TRUE(read.document.gaps.empty());
  EXPECT_EQ(profile.default_action.text, "y");
  EXPECT_EQ(profile.entries.size(), 2u);
  EXPECT_EQ(profile.entries[0].names.at(1).text, "");
  EXPECT_FALSE(profile.entries[0].errno_ret.has_value());
}

TEST(SeccompReaderTest, ABrokenFileIsAGap) {
  const Read read = ReadProfile(R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [)");
  EXPECT_TRUE(read.document.profiles.empty());
  ASSERT_EQ(read.document.gaps.size(), 1u);
  EXPECT_EQ(read.document.gaps[0].kind, "syntax-error");
  EXPECT_TRUE(read.document.gaps[0].refused);
}

class FollowTest : public testing::Test {
 protected:
  // A container whose security options are `options`, each written as it is.
  model::Container& Add(const std::vector<std::string>& options) {
    std::string bytes;
    for (const std::string& option : options) bytes += option + " ";
    const base::Source& source =
        sources_.Add("run" + std::to_string(document_.containers.size()) + ".sh", bytes);
    model::Container& container = document_.containers.emplace_back();
    std::uint32_t at = 0;
    for (const std::string& option : options) {
      const auto end = at + static_cast<std::uint32_t>(option.size());
      const base::Span span{source.Id(), at, end};
      container.security_opt.Add(model::Setting<std::string>::Known(option, span, span));
      at = end + 1;
    }
    return container;
  }
  void Follow(model::Container& container, const std::vector<std::string>& directories) {
    const base::FileSystem system = files_.System();
    const Options options;
    FollowSeccompProfile(container, document_, directories, {sources_, system, options});
  }

  test::MemoryFiles files_;
  base::SourceSet sources_;
  model::Document document_;
};

TEST_F(FollowTest, TheLastOptionCountsAndTheFirstDirectoryThatHasIt) {
  files_.Add("b/p.json", R"({"defaultAction": "SCMP_ACT_ERRNO"})");
  model::Container& container = Add({"seccomp=old.json", "no-new-privileges", "seccomp:./p.json"});
  Follow(container, {"a", "b"});
  ASSERT_TRUE(container.seccomp.has_value());
  EXPECT_EQ(container.seccomp->profile, 0);
  EXPECT_EQ(sources_.Text(container.seccomp->span), "./p.json");
  EXPECT_EQ(sources_.Get(document_.profiles.at(0).file).Path(), "b/p.json");
  EXPECT_TRUE(document_.gaps.empty());
}

TEST_F(FollowTest, AProfileIsReadOnce) {
  files_.Add("p.json", R"({"defaultAction": "SCMP_ACT_ERRNO"})");
  model::Container& first = Add({"seccomp=p.json"});
  model::Container& second = Add({"seccomp=./p.json"});
  Follow(first, {""});
  Follow(second, {""});
  EXPECT_EQ(document_.profiles.size(), 1u);
  EXPECT_EQ(second.seccomp->profile, 0);
}

TEST_F(FollowTest, WordsOfTheEngineAreNoPaths) {
  for (const char* option : {"seccomp=unconfined", "seccomp=builtin", "apparmor=p.json"}) {
    document_.containers.clear();
    model::Container& container = Add({option});
    Follow(container, {""});
    EXPECT_FALSE(container.seccomp.has_value()) << option;
  }
  EXPECT_TRUE(document_.gaps.empty());
}

TEST_F(FollowTest, AMissingFileIsAGapAtItsName) {
  model::Container& container = Add({"seccomp=p.json"});
  Follow(container, {"", "x"});
  ASSERT_EQ(document_.gaps.size(), 1u);
  EXPECT_EQ(document_.gaps[0].kind, "missing-file");
  EXPECT_EQ(sources_.Text(document_.gaps[0].span), "p.json");
  EXPECT_EQ(container.seccomp->profile, -1);
}

TEST_F(FollowTest, WhatIsNoTextIsAGap) {
  files_.Add("p.json", std::string("{\0}", 3));
  model::Container& container = Add({"seccomp=p.json"});
  Follow(container, {""});
  ASSERT_EQ(document_.gaps.size(), 1u);
  EXPECT_EQ(document_.gaps[0].kind, "unreadable-file");
}

}  // namespace
}  // namespace cagelint::input
