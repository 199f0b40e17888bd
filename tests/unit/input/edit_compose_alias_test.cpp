// Values that come through an alias: what others have of the anchor stays as it is.
#include "tests/unit/input/edit_compose_sample.h"

namespace cagelint::input {
namespace {

using model::Append;
using model::Remove;
using model::Replace;
using model::Set;
using model::SetOf;

// A project with the services a and b, which have nothing but the given keys.
std::string Two(const std::string& top, const std::string& a, const std::string& b) {
  return top + "services:\n  a: {image: x, " + a + "}\n  b: {image: x, " + b + "}\n";
}

std::string ReadOnly(const std::string& text, const char* service = "a") {
  const EditedProject project = Compose(text);
  const auto& mounts = project.Service(service).mounts.items;
  if (mounts.empty()) return "no mount";
  return project.Change({SetOf("mounts.read_only", "true", mounts.front().whole)}, service);
}

TEST(EditComposeAlias, IsWrittenOutInItsService) {
  const std::string top = "x-v: &vol ./data:/data\n";
  const std::string mount = "volumes: [*vol], environment: {V: *vol}";
  EXPECT_EQ(
      ReadOnly(Two(top, mount, "command: [echo, *vol]")),
      Two(top, "volumes: [./data:/data:ro], environment: {V: *vol}", "command: [echo, *vol]"));
  // Of the other service that mounts it as well.
  EXPECT_EQ(ReadOnly(Two(top, mount, "volumes: [*vol]"), "b"),
            Two(top, mount, "volumes: [./data:/data:ro]"));
  EXPECT_EQ(ReadOnly("x-v: &vol \"./d:/d\"\nservices:\n  a:\n    volumes:\n      - *vol # why\n"),
            "x-v: &vol \"./d:/d\"\nservices:\n  a:\n    volumes:\n      - ./d:/d:ro # why\n");
  const EditedProject project = Compose(Two(top, mount, "tty: true"));
  EXPECT_EQ(project
                .Edit({SetOf("mounts.read_only", "true",
                             project.Service("a").mounts.items.front().whole)},
                      "a")
                .reaches,
            "");
}

TEST(EditComposeAlias, ReplacesAValueThere) {
  const std::string top = "x-p: &p seccomp=unconfined\n";
  const EditedProject project =
      Compose(Two(top, "security_opt: [*p]", "security_opt: [*p], hostname: *p"));
  const auto& option = project.Service("a").security_opt.items.front();
  EXPECT_EQ(project.Change({Replace(option.whole, "no-new-privileges:true")}, "a"),
            Two(top, "security_opt: [no-new-privileges:true]", "security_opt: [*p], hostname: *p"));
}

TEST(EditComposeAlias, TwoInOneServiceAreNotToldApart) {
  const std::string text = Two("x-t: &t /tmp\n", "tmpfs: [*t], volumes: [*t]", "tty: true");
  const EditedProject project = Compose(text);
  EXPECT_EQ(project.Change({Remove(project.Service("a").mounts.items.front().whole)}, "a"),
            "!several aliases of `&t` stand in the service");
}

TEST(EditComposeAlias, GoesWhereItIsAnElement) {
  const std::string top = "x-c: &c ALL\n";
  const EditedProject project = Compose(Two(top, "cap_add: [*c, A]", "cap_drop: [*c]"));
  EXPECT_EQ(project.Change({Remove(project.Service("a").cap_add.items.front().whole)}, "a"),
            Two(top, "cap_add: [A]", "cap_drop: [*c]"));
}

TEST(EditComposeAlias, AnAnchorOfOtherThingsStays) {
  const std::string reason = "!the anchor `&v` stands for other things, too";
  EXPECT_EQ(ReadOnly(Two("", "volumes: [&v ./d:/d], environment: {V: *v}", "tty: true")), reason);
  EXPECT_EQ(ReadOnly(Two("", "volumes: [&v ./d:/d]", "command: [*v]")), reason);
  const std::string lists = Two("", "cap_drop: &v [A]", "cap_add: *v");
  EXPECT_EQ(Compose(lists).Change({Append("cap_drop", "ALL")}, "a"), reason);
  // Of the same things, it is said.
  const EditedProject same = Compose(Two("", "cap_drop: &v [A]", "cap_drop: *v"));
  EXPECT_EQ(same.Edit({Append("cap_drop", "ALL")}, "a").reaches,
            "the value is shared through the anchor `&v`");
  const EditedProject merged =
      Compose("services:\n  a: &v {image: x, cap_drop: [A]}\n  b:\n    <<: *v\n");
  EXPECT_EQ(merged.Edit({Append("cap_drop", "ALL")}, "a").reaches,
            "the value is shared through the anchor `&v`");
}

TEST(EditComposeAlias, TheAliasGoesFirst) {
  const std::string socket = "&s \"/var/run/docker.sock:/var/run/docker.sock\"";
  const std::string text = Two("", "volumes: [\".:/app\", " + socket + "]", "volumes: [*s]");
  const auto remove = [](const std::string& before, const char* service) {
    const EditedProject project = Compose(before);
    return project.Change({Remove(project.Service(service).mounts.items.back().whole)}, service);
  };
  EXPECT_EQ(remove(text, "a"), "!an anchor in it is used elsewhere");
  const std::string after = remove(text, "b");
  EXPECT_EQ(after,
            "services:\n  a: {image: x, volumes: [\".:/app\", " + socket + "]}\n  b: {image: x}\n");
  EXPECT_EQ(remove(after, "a"),
            "services:\n  a: {image: x, volumes: [\".:/app\"]}\n  b: {image: x}\n");
}

}  // namespace
}  // namespace cagelint::input
