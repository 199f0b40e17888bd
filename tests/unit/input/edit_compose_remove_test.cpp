// What goes from compose files, byte by byte.
#include "tests/unit/input/edit_compose_sample.h"

namespace cagelint::input {
namespace {

using model::Append;
using model::Remove;

// A file with one service `web`; `body` are its lines behind the image.
std::string Web(const std::string& body) { return "services:\n  web:\n    image: nginx\n" + body; }

std::string Removed(const std::string& text, const auto& place_of) {
  const EditedProject project = Compose(text);
  return project.Change({Remove(place_of(project.Service()))});
}

TEST(EditComposeRemove, TheOnlyElementTakesItsKeyAlong) {
  const auto first = [](const auto& web) { return web.security_opt.items.at(0).whole; };
  EXPECT_EQ(Removed(Web("    security_opt:\n      - seccomp=unconfined\n    user: a\n"), first),
            Web("    user: a\n"));
  EXPECT_EQ(Removed(Web("    security_opt: # why\n    - a=b # c\n"), first), Web(""));
  EXPECT_EQ(Removed(Web("    security_opt: [a=b]\n"), first), Web(""));
  EXPECT_EQ(Removed(Web("    security_opt: [\n      a=b,\n    ] # x\n    user: a\n"), first),
            Web("    user: a\n"));
}

TEST(EditComposeRemove, BracketsStayWhereTheKeyHidesAnother) {
  const auto first = [](const auto& web) { return web.cap_add.items.at(0).whole; };
  const std::string base = "x-base: &base\n  cap_add: [NET_ADMIN]\n";
  const std::string web = base + "services:\n  web:\n    <<: *base\n    image: nginx\n";
  EXPECT_EQ(Removed(web + "    cap_add:\n      - ALL\n", first), web + "    cap_add: []\n");
  EXPECT_EQ(Removed(web + "    cap_add: [ALL]\n", first), web + "    cap_add: []\n");
  EXPECT_EQ(Removed(web + "    cap_add: # c\n    - ALL", first), web + "    cap_add: [] # c");
  EXPECT_EQ(Removed(web + "    cap_add: [ALL]\n", [](const auto& it) { return it.cap_add.whole; }),
            "!what it replaces would hold again");
}

TEST(EditComposeRemove, ElementsOfABlock) {
  const std::string list =
      Web("    cap_add:\n      # first\n      - A # a\n\n      - B\n      # last\n      - C\n");
  const auto at = [](std::size_t i) {
    return [i](const auto& web) { return web.cap_add.items.at(i).whole; };
  };
  EXPECT_EQ(Removed(list, at(0)),
            Web("    cap_add:\n      # first\n\n      - B\n      # last\n      - C\n"));
  EXPECT_EQ(Removed(list, at(1)),
            Web("    cap_add:\n      # first\n      - A # a\n\n      # last\n      - C\n"));
  EXPECT_EQ(Removed(list, at(2)),
            Web("    cap_add:\n      # first\n      - A # a\n\n      - B\n      # last\n"));
}

TEST(EditComposeRemove, ElementsInBrackets) {
  const auto at = [](std::size_t i) {
    return [i](const auto& web) { return web.cap_add.items.at(i).whole; };
  };
  const std::string line = Web("    cap_add: [ A, \"B\", C ] # x\n");
  EXPECT_EQ(Removed(line, at(0)), Web("    cap_add: [ \"B\", C ] # x\n"));
  EXPECT_EQ(Removed(line, at(1)), Web("    cap_add: [ A, C ] # x\n"));
  EXPECT_EQ(Removed(line, at(2)), Web("    cap_add: [ A, \"B\" ] # x\n"));
  const std::string lines = Web("    cap_add: [\n      A, # a\n      B, # b\n      C # c\n    ]\n");
  EXPECT_EQ(Removed(lines, at(0)), Web("    cap_add: [\n      B, # b\n      C # c\n    ]\n"));
  EXPECT_EQ(Removed(lines, at(1)), Web("    cap_add: [\n      A, # a\n      C # c\n    ]\n"));
  EXPECT_EQ(Removed(lines, at(2)), Web("    cap_add: [\n      A, # a\n      B # b\n    ]\n"));
  EXPECT_EQ(Removed(Web("    cap_add: [A, B,]\n"), at(1)), Web("    cap_add: [A,]\n"));
  EXPECT_EQ(Removed(Web("    cap_add: [A,\n      B]\n"), at(0)), Web("    cap_add: [\n      B]\n"));
}

TEST(EditComposeRemove, SeveralTogether) {
  const EditedProject project =
      Compose(Web("    cap_add: [A, B, C, D]\n    cap_drop:\n      - E\n"));
  const auto& add = project.Service().cap_add.items;
  const auto& drop = project.Service().cap_drop.items;
  EXPECT_EQ(project.Change({Remove(add[2].whole), Remove(add[3].whole), Remove(drop[0].whole)}),
            Web("    cap_add: [A, B]\n"));
  EXPECT_EQ(project.Change({Remove(add[0].whole), Remove(add[1].whole), Remove(add[3].whole)}),
            Web("    cap_add: [C]\n    cap_drop:\n      - E\n"));
  EXPECT_EQ(project.Change({Remove(add[3].whole), Append("cap_add", "F")}),
            Web("    cap_add: [A, B, C, F]\n    cap_drop:\n      - E\n"));
  EXPECT_EQ(project.Change({Remove(drop[0].whole), Append("cap_drop", "ALL")}),
            Web("    cap_add: [A, B, C, D]\n    cap_drop:\n      - ALL\n"));
}

TEST(EditComposeRemove, TheFirstKeyBehindADash) {
  const EditedProject project = Compose(
      Web("    volumes:\n      - read_only: false # x\n        type: bind\n        source: ./a\n"
          "        target: /b\n"));
  const auto& mount = project.Service().mounts.items.at(0).value;
  EXPECT_EQ(project.Change({Remove(mount.read_only.whole)}),
            Web("    volumes:\n      - type: bind\n        source: ./a\n        target: /b\n"));
}

TEST(EditComposeRemove, WhatStandsInDeployGoesWithIt) {
  const auto memory = [](const auto& web) { return web.memory.whole; };
  const std::string limits = "    deploy:\n      resources:\n        limits:\n";
  EXPECT_EQ(Removed(Web(limits + "          memory: 1g\n"), memory), Web(""));
  EXPECT_EQ(Removed(Web(limits + "          memory: 1g\n          pids: 5\n"), memory),
            Web(limits + "          pids: 5\n"));
  // A network without its alias is still a network.
  EXPECT_EQ(Removed(Web("    ulimits:\n      nofile: 5\n"),
                    [](const auto& web) { return web.ulimits.items.at(0).whole; }),
            Web(""));
}

TEST(EditComposeRemove, WhatAnAliasNeedsStays) {
  const auto first = [](const auto& web) { return web.cap_add.items.at(0).whole; };
  const std::string text = Web("    cap_add: &caps [A]\n  db:\n    image: x\n    cap_add: *caps\n");
  const EditedProject project = Compose(text);
  const Edited edited = project.Edit({Remove(first(project.Service()))});
  EXPECT_EQ(edited.reaches, "the value is shared through the anchor `&caps`");
  EXPECT_EQ(project.After(edited).at("compose.yaml"),
            Web("    cap_add: &caps []\n  db:\n    image: x\n    cap_add: *caps\n"));
  EXPECT_EQ(project.Change({Remove(project.Service().cap_add.whole)}),
            "!an anchor in it is used elsewhere");
  // Where it is used, the alias alone goes.
  EXPECT_EQ(project.Change({Remove(project.Service("db").cap_add.whole)}, "db"),
            Web("    cap_add: &caps [A]\n  db:\n    image: x\n"));
}

}  // namespace
}  // namespace cagelint::input
