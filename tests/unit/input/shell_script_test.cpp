#include "tests/unit/input/shell_sample.h"

namespace cagelint::input {
namespace {

TEST_F(ShellScriptTest, AcceptsByNameAndByFirstLine) {
  const auto accepts = [](std::string_view path, std::string_view bytes) {
    return !kShellReader.accepts(path, bytes).empty();
  };
  EXPECT_TRUE(accepts("a.sh", ""));
  EXPECT_TRUE(accepts("a.bash", ""));
  EXPECT_TRUE(accepts("run", "#!/bin/sh\n"));
  EXPECT_TRUE(accepts("run", "#! /usr/bin/env -S bash -e\n"));
  EXPECT_FALSE(accepts("run", "#!/usr/bin/env python3\n"));
  EXPECT_FALSE(accepts("run", "sh\n"));
}

TEST_F(ShellScriptTest, FindsCommandsWhereverTheyStand) {
  EXPECT_EQ(Images("docker run a\nif docker run b; then docker run c; else docker run d; fi\n"
                   "f() { docker run e; }; for i in 1; do docker run f; done\n"
                   "x=$(docker run g); (docker run h) | docker run i && ! docker run j &\n"
                   "case $1 in x) docker run k;; esac; [[ $(docker run l) ]]\n"
                   "\"$(docker run m)\" <<E\n$(docker run n)\nE\n"),
            (Strings{"a", "b", "c", "d", "f", "g", "h", "i", "j", "k", "l", "m", "n", "e"}));
}

TEST_F(ShellScriptTest, SeesThroughWrappers) {
  EXPECT_EQ(Images("sudo -u root -E docker run a\nenv -i A=b docker run b\ntime -p docker run c\n"
                   "exec nohup nice -n 5 docker run d\ntimeout -k 5 10 docker run e\n"
                   "$SUDO docker run f\n/usr/bin/docker run g\nd\"ock\"er run h\nA=1 docker run i\n"
                   "echo docker run no\ncommand -v docker run no\n$ docker run j\n"
                   "sg docker -c 'docker run k'; taskset -c 0 setpriv --reuid 1 docker run l\n"),
            (Strings{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}));
}

TEST_F(ShellScriptTest, AnEngineInAVariable) {
  EXPECT_EQ(Images("D=docker; $D run a; ${E:-podman} run b\nF=${F:-docker}; \"$F\" run c\n"
                   "if x; then G=podman; else G=docker; fi; $G run d"),
            (Strings{"a", "b", "c", "d", "d"}));
  EXPECT_EQ(document_.containers[1].engine, model::Engine::kPodman);
  EXPECT_EQ(document_.containers[3].engine, model::Engine::kPodman);
  EXPECT_EQ(document_.containers[4].engine, model::Engine::kDocker);
  EXPECT_TRUE(document_.gaps.empty());
  EXPECT_EQ(Images("$OTHER run x; $DOCKER_CMD run y"), Strings{});
  ASSERT_EQ(document_.gaps.size(), 1u);
  EXPECT_EQ(document_.gaps[0].kind, "unresolved-variable");
}

TEST_F(ShellScriptTest, TextsForAShellAreScripts) {
  EXPECT_EQ(Images("sh -c 'docker run a'; bash -ec \"docker run b\"; eval 'docker run' c\n"
                   "ssh -p 22 host 'docker run d'; ssh host docker run e\nssh host <<E\n"
                   "docker run f\nE\ncat <<'E' | sh\ndocker run g\nE\nalias x='docker run h'\n"
                   "trap 'docker run i' EXIT; sh -c \"sh -c 'docker run j'\""),
            (Strings{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}));
}

TEST_F(ShellScriptTest, PlacesInATextAreThoseOfTheFile) {
  Read("sh -c 'docker run --privileged a'\n");
  EXPECT_EQ(sources_.Text(document_.containers[0].privileged.whole), "--privileged");
  Read("eval docker run '--privileged' a\n");
  EXPECT_EQ(sources_.Text(document_.containers[0].privileged.whole), "--privileged");
}

TEST_F(ShellScriptTest, BranchesAreReadOneByOneAndLoopsMakeValuesUnknown) {
  EXPECT_EQ(Images("I=a; docker run $I; if x; then I=b; docker run $I; fi; docker run \"$I\"\n"
                   "if x; then I=c; else I=c; fi; docker run $I\n"
                   "if x; then I=d; else exit 1; fi; docker run $I; (I=e); docker run $I\n"
                   "for I in x y; do :; done; docker run img \"$I\""),
            (Strings{"a", "b", "b", "a", "c", "d", "d", "img"}));
}

TEST_F(ShellScriptTest, AnArrayThatABranchExtendsIsReadWithAndWithoutIt) {
  Read("A=(--rm); if gpu; then A+=(--gpus all); fi; A+=(--read-only); docker run \"${A[@]}\" img");
  ASSERT_EQ(document_.containers.size(), 2u);
  for (const model::Container& container : document_.containers) {
    EXPECT_TRUE(container.remove.Is(true));
    EXPECT_TRUE(container.read_only.Is(true));
    EXPECT_TRUE(container.privileged.IsAbsent());
    ASSERT_EQ(container.conditions.size(), 1u);
    EXPECT_EQ(sources_.Text(container.conditions[0].span), "gpu");
  }
  EXPECT_EQ(document_.containers[0].gpus.items.size(), 1u);
  EXPECT_TRUE(document_.containers[1].gpus.IsAbsent());
  EXPECT_TRUE(document_.gaps.empty());
}

// What is set together is chosen together: no way has both `--privileged` and `none`.
TEST_F(ShellScriptTest, OneChoiceIsMadeForAllThatABranchSets) {
  Read("if a; then P=--privileged N=host; else P= N=none; fi; docker run $P --network \"$N\" img");
  ASSERT_EQ(document_.containers.size(), 2u);
  EXPECT_TRUE(document_.containers[0].privileged.Is(true));
  EXPECT_TRUE(document_.containers[0].network_mode.Is("host"));
  EXPECT_TRUE(document_.containers[1].privileged.IsAbsent());
  EXPECT_TRUE(document_.containers[1].network_mode.Is("none"));
}

// A variable that one way leaves to the environment is a gap there, and known on the other.
TEST_F(ShellScriptTest, AWayThatSetsNothingStaysUnknown) {
  Read("[ -n \"$X\" ] && E=--privileged; docker run $E alpine:3.22");
  ASSERT_EQ(document_.containers.size(), 2u);
  EXPECT_TRUE(document_.containers[0].privileged.Is(true));
  EXPECT_TRUE(document_.containers[1].privileged.IsDynamic());
  EXPECT_EQ(document_.gaps.size(), 1u);
}

// Ways multiply, and are joined to what they have in common beyond a bound.
TEST_F(ShellScriptTest, WaysAreBounded) {
  std::string script = "A=()\n";
  for (int i = 0; i < 40; ++i)
    script += "if x" + std::to_string(i) + "; then A+=(-e V" + std::to_string(i) + "); fi\n";
  for (int i = 0; i < 200; ++i) script += "docker run \"${A[@]}\" img\n";
  Read(script);
  EXPECT_GE(document_.containers.size(), 200u);
  EXPECT_LE(document_.containers.size(), 200u * 8);
}

TEST_F(ShellScriptTest, JoinsThatMeetAreBounded) {
  std::string script;
  std::string options;
  std::string joined;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "A" + std::to_string(i);
    script.append("if x; then ").append(name).append("=1; else ").append(name).append("=2; fi\n");
    options.append(" -e X=$").append(name);
    joined.append("$").append(name);
  }
  EXPECT_EQ(Images(script + "docker run" + options + " a\n").size(), 8U);
  EXPECT_EQ(Images(script + "B=\"" + joined + "\"\ndocker run \"$B\" a\n").size(), 8U);
}

TEST_F(ShellScriptTest, CommandsAreBounded) {
  std::string script;
  for (int i = 0; i < 5000; ++i) script += "docker run a\n";
  EXPECT_EQ(Images(script).size(), 4096U);
  ASSERT_EQ(document_.gaps.size(), 1U);
  EXPECT_EQ(document_.gaps.front().kind, "limit-reached");
}

TEST_F(ShellScriptTest, AFunctionSeesItsCall) {
  EXPECT_EQ(Images("start() { local opts=\"--rm $1\"; docker run $opts \"$IMG\"; }\nIMG=a\n"
                   "start --privileged"),
            Strings{"a"});
  EXPECT_TRUE(document_.containers[0].privileged.Is(true));
  EXPECT_EQ(Images("start() { docker run \"$IMG\" \"$1\"; }\nIMG=a; start x; start y"),
            (Strings{"a", "a"}));
  EXPECT_EQ(Images("start() { docker run \"$@\" img; }\nstart x; start y"), (Strings{"x", "y"}));
  std::string calls = "f() { docker run \"$@\" img; }\n";
  for (int i = 0; i < 17; ++i) calls += "f " + std::to_string(i) + "; ";
  EXPECT_EQ(Images(calls), Strings{"img*"});
}

TEST_F(ShellScriptTest, DeclarationsSetAndHide) {
  EXPECT_EQ(Images("I=a; f() { local I=b; docker run $I; }; f; docker run $I\n"
                   "declare -x I; docker run $I; declare -a A; A+=(c); docker run \"${A[@]}\"\n"
                   "declare -n R=I; R=d; docker run \"$I\""),
            (Strings{"b", "a", "a", "c", "d"}));
}

TEST_F(ShellScriptTest, ChangingTheDirectoryChangesPwd) {
  Read("docker run -v $PWD:/a x; cd /srv; docker run -v $PWD/y:/a -v $(pwd):/b x");
  EXPECT_EQ(document_.containers[0].mounts.items[0].value.host.base,
            model::PathBase::kWorkingDirectory);
  EXPECT_EQ(document_.containers[1].mounts.items[0].value.source.value, "/srv/y");
  EXPECT_EQ(document_.containers[1].mounts.items[1].value.source.value, "/srv");
}

TEST_F(ShellScriptTest, OutputThatGoesElsewhere) {
  Read(
      "docker run a; x=$(docker run b); docker run c | cat; docker run d >f; docker run e 2>f\n"
      "{ docker run f; } > g; docker run h >&2; cat | docker run i");
  std::string captured;
  for (const model::Container& container : document_.containers)
    captured += container.output_captured ? 'y' : 'n';
  EXPECT_EQ(captured, "nyyynynn");
}

TEST_F(ShellScriptTest, CommandsFindTheirContainers) {
  Read(
      "cid=$(docker run -d a); docker run --name web b; docker exec web x; docker exec \"$cid\" x\n"
      "docker exec other x; docker run --name web c; docker stop web; docker rm ${cid}");
  std::vector<int> found;
  for (const model::Command& command : document_.commands)
    found.push_back(command.targets.at(0).container);
  EXPECT_EQ(found, (std::vector<int>{1, 0, -1, 2, 0}));
}

TEST_F(ShellScriptTest, SourcedFilesMayChangeAnything) {
  EXPECT_EQ(Images("I=a; . ./env; docker run \"$I\""), Strings{"?"});
}

TEST_F(ShellScriptTest, SourcedFilesOfTheTreeAreRead) {
  files_.Add("dir/env",
             "IMAGE=a; source \"${BASH_SOURCE%/*}/sub/more.sh\"; start() { docker run $1; }");
  files_.Add("dir/sub/more.sh", "OTHER=b");
  EXPECT_EQ(Images(". \"$(dirname \"$0\")/env\"\ndocker run $IMAGE; docker run $OTHER; start c\n"),
            (Strings{"a", "b", "c"}));
  EXPECT_EQ(
      Images("source ./env with; docker run \"$IMAGE\"\nset -- p; . sub/more.sh q; docker run $1"),
      (Strings{"a", "p", "?"}));
}

TEST_F(ShellScriptTest, SourcesNothingFromElsewhere) {
  files_.Add("/etc/env", "IMAGE=a");
  files_.Add("dir/compose.yaml", "services: {a: {image: b}}");
  files_.Add("dir/loop.sh", ". ./loop.sh; . ./run.sh");
  EXPECT_EQ(
      Images(". /etc/env; docker run \"$IMAGE\"\nIMAGE=a; . ../../etc/env; docker run \"$IMAGE\"\n"
             "IMAGE=b; . ./loop.sh; docker run \"$IMAGE\"\n"),
      (Strings{"?", "?", "?"}));
  EXPECT_EQ(Images(". ./compose.yaml; docker run a").size(), 1U);
  EXPECT_EQ(sources_.FindPath("dir/compose.yaml"), nullptr);
}

TEST_F(ShellScriptTest, AFileWithoutAnEngineIsNotParsed) {
  EXPECT_TRUE(Read("echo \"").gaps.empty());
  EXPECT_EQ(Read("echo \"docker").gaps.size(), 1u);
}

TEST_F(ShellScriptTest, HostileScriptsAreBounded) {
  std::string calls = "f0() { docker run a; }\n";
  for (int i = 1; i < 3000; ++i)
    calls += "f" + std::to_string(i) + "() { f" + std::to_string(i - 1) + "; }\n";
  Read(calls + "f2999\n");
  EXPECT_EQ(document_.containers.size(), 1u);
  Read("f() { f; docker run a; }\nf");
  EXPECT_EQ(document_.containers.size(), 2u);
  std::string doubled = "A='eval \"$A\"; docker run x'\n";
  Read(doubled + "eval \"$A\"");
  std::string big = "A=(" + std::string(60'000, 'x') + ")\n";
  for (int i = 0; i < 5000; ++i) big += "docker run \"${A[@]}\" $A$A$A$A\n";
  Read(big);
  EXPECT_TRUE(std::any_of(document_.gaps.begin(), document_.gaps.end(),
                          [](const diagnostic::Gap& gap) { return gap.kind == "limit-reached"; }));
}

TEST_F(ShellScriptTest, ReadsScriptsThatItWrites) {
  EXPECT_EQ(
      Images("cat > run.sh <<'E'\ndocker run a $X\nE\ntee x.sh <<E >/dev/null\ndocker run b\nE\n"
             "cat <<'E' | sudo tee /bin/x\n#!/bin/sh\nexec docker run c \"$@\"\nE\n"
             "cat <<E\ndocker run no\nE\ncat > x.txt <<E\ndocker run no\nE\n"),
      (Strings{"a", "b", "c"}));
  // Its variables are its own.
  Read("N=none\ncat > run.sh <<'E'\ndocker run --network $N a\nE\n");
  EXPECT_TRUE(document_.containers[0].network_mode.IsDynamic());
}

TEST_F(ShellScriptTest, AVariableFilledAgainHoldsNoContainer) {
  Read(
      "x=$(docker run -d a); docker exec $x sh; x=$(f); docker exec $x sh\n"
      "x=$(docker run -d b); docker exec $x sh\n");
  ASSERT_EQ(document_.commands.size(), 3U);
  EXPECT_EQ(document_.commands[0].targets[0].container, 0);
  EXPECT_EQ(document_.commands[1].targets[0].container, -1);
  EXPECT_EQ(document_.commands[2].targets[0].container, 1);
}

TEST_F(ShellScriptTest, SaysWhereAValueIsSet) {
  Read("U=ro; docker run --user $U a\n");
  const auto& user = document_.containers[0].user;
  EXPECT_EQ(sources_.Text(user.value_span), "$U");
  ASSERT_EQ(user.steps.size(), 1U);
  EXPECT_EQ(sources_.Text(user.steps[0].span), "ro");
}

TEST_F(ShellScriptTest, AnUnknownProgramMayRunItsWords) {
  EXPECT_EQ(Images("watch -n 1 docker run a\nsu - user -c 'docker run b'\n"
                   "systemd-run --unit x docker run c\n"),
            (Strings{"a", "b", "c"}));
  EXPECT_EQ(Images("retry 3 docker run no\nfind . -exec docker run no \\;\necho docker run no\n"),
            Strings{});
  ASSERT_EQ(document_.gaps.size(), 2U);
  EXPECT_EQ(sources_.Text(document_.gaps[0].span), "docker run");
}

TEST_F(ShellScriptTest, WhatAPipeFeedsToAShellIsAScript) {
  EXPECT_EQ(Images("echo \"docker run a\" | sh; printf 'docker run b\\n' | sudo bash -s\n"
                   "ssh h bash <<E\ndocker run c\nE\necho docker run d | ssh h\n"
                   "echo docker run no | cat; echo docker run no | tee x.sh\n"),
            (Strings{"a", "b", "c", "d"}));
}

TEST_F(ShellScriptTest, ProgramsThatRunATextOrTheirWords) {
  EXPECT_EQ(Images("tmux new -d 'docker run a'; screen -dmS n docker run b\n"
                   "script -q -c 'docker run c' /dev/null; watch 'docker run d'\n"
                   "flock /x -c 'docker run e'; busybox sh -c 'docker run f'\n"
                   "bash -o pipefail -c 'docker run g'; setsid -f docker run h"),
            (Strings{"a", "b", "c", "d", "e", "f", "g", "h"}));
}

TEST_F(ShellScriptTest, AnAliasIsReadWhereItIsUsed) {
  EXPECT_EQ(Images("alias d='docker run'; d --privileged a\nd b"), (Strings{"a", "b"}));
  EXPECT_TRUE(document_.containers[0].privileged.Is(true));
  EXPECT_EQ(Images("alias c='docker run --rm img'\nalias d='docker run'"), (Strings{"img", "?*"}));
  EXPECT_TRUE(document_.containers[0].command.IsDynamic());
}

TEST_F(ShellScriptTest, ALoopOverConstantsRunsOnceForEach) {
  EXPECT_EQ(Images("for i in a b; do docker run $i; done; docker run $i"),
            (Strings{"a", "b", "b"}));
  EXPECT_EQ(Images("for i in a b; do break; docker run $i; done"), Strings{"?"});
  EXPECT_EQ(Images("for i in a $X; do docker run \"$i\"; done"), Strings{"?"});
}

TEST_F(ShellScriptTest, PositionalParametersShift) {
  EXPECT_EQ(Images("set -- --privileged a; docker run \"$@\"; shift; docker run \"$1\""),
            (Strings{"a", "a"}));
  EXPECT_FALSE(document_.containers[1].privileged.Is(true));
}

}  // namespace
}  // namespace cagelint::input
