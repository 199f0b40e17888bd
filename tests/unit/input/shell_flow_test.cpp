// What a script's commands get, as bash would give it to them.
#include "tests/unit/input/shell_sample.h"

namespace cagelint::input {
namespace {

using ShellFlowTest = ShellScriptTest;

TEST_F(ShellFlowTest, DeclarationsInQuotesAreDeclarations) {
  EXPECT_EQ(Images("V=a; export \"V=b\"; docker run $V\nn=V; export $n=c; docker run $V\n"
                   "declare \"V+=d\"; docker run \"$V\"\nV=e; export \"$X=f\"; docker run \"$V\""),
            (Strings{"b", "c", "?", "?"}));
}

TEST_F(ShellFlowTest, OtherNamesOfAVariable) {
  EXPECT_EQ(Images("add() { local -n to=$1; to+=(b); }; A=(--rm); add A; docker run \"${A[@]}\"\n"
                   "I=a; f() { declare -n to=$Q; to=x; }; f; docker run \"$I\""),
            (Strings{"b", "?"}));
  EXPECT_TRUE(document_.containers[0].remove.Is(true));
}

TEST_F(ShellFlowTest, ArithmeticAndAttributesChangeVariables) {
  EXPECT_EQ(Images("i=0; ((i++)); docker run a$i; j=0; let j+=1; docker run a$j\n"
                   "k=0; : $((k=9)); docker run a$k; declare -i l=1; l=2+3; docker run a$l\n"
                   "declare -u m=abc; docker run $m; n=1; ((n == 2)); docker run a$n\n"
                   "for ((o=0;o<3;o++)); do docker run a$o; done; [[ $n == n ]]; docker run a$n\n"),
            (Strings{"?", "?", "?", "?", "?", "a1", "?", "a1"}));
}

TEST_F(ShellFlowTest, DeclaredInAFunctionIsLocalToIt) {
  EXPECT_EQ(Images("f() { declare x=a; typeset y=a; declare -g z=a; }; x=b; y=b; z=b; f\n"
                   "docker run $x; docker run $y; docker run $z"),
            (Strings{"b", "b", "a"}));
}

TEST_F(ShellFlowTest, WhatFollowsAReturnSetsNothing) {
  EXPECT_EQ(Images("f() { x=a; return; x=b; }; f; docker run $x; y=a; y=b & docker run $y\n"
                   "exit; z=a; docker run \"$z\""),
            (Strings{"a", "a", "?"}));
  EXPECT_EQ(
      Images("trap 'echo; exit 1' INT; alias q='exit'; sh -c 'exit 2'; x=a; docker run $x\n"
             "never() { local y=b; docker run $y; }; g() { exit; }; (exit); z=c; docker run $z\n"
             "exit 0\n"),
      (Strings{"a", "c", "b"}));
}

TEST_F(ShellFlowTest, AChildShellSeesWhatIsExported) {
  EXPECT_EQ(
      Images("A=a; export B=b; sh -c 'docker run \"$A\"; docker run $B; docker run \"$1\"' x c\n"
             "bash <<'E'\ndocker run \"$A\"\nE\nbash <<E\ndocker run $A\nE\n"
             "set -a; D=d; sh -c 'docker run $D'"),
      (Strings{"?", "b", "c", "?", "a", "d"}));
}

TEST_F(ShellFlowTest, TextsThatShellsAreGiven) {
  EXPECT_EQ(
      Images("bash -s -- q <<'E'\ndocker run a$1\nE\ncat <<E | sudo bash -s x\ndocker run b\nE\n"
             "bash -c -- 'docker run c'; bash +e -c 'docker run d'; env -S 'docker run e'\n"
             "sh -c 'exec \"$@\"' sh docker run f; ssh h 'bash -s' <<'E'\ndocker run g\nE\n"
             "ssh -t h -- \"docker run h\"; ssh h bash -c \"'docker run i'\"\n"
             "eval \"$(cat <<'E'\ndocker run j\nE\n)\"; runuser -l me -c 'docker run k'\n"),
      (Strings{"aq", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}));
}

TEST_F(ShellFlowTest, WhatPrintfPrintsIsAScript) {
  EXPECT_EQ(
      Images("printf 'docker run a\\ndocker run b\\n' | sh\n"
             "printf '%s\\n' 'docker run c' 'docker run d' | sh\n"
             "echo -e 'docker run e\\ndocker run f' | sh; printf 'docker run %s%%\\n' g | sh\n"),
      (Strings{"a", "b", "c", "d", "e", "f", "g%"}));
}

TEST_F(ShellFlowTest, ParametersAsACommand) {
  EXPECT_EQ(Images("f() { eval \"$*\"; }; f docker run a; set -- docker run b; $*; \"$@\"\n"
                   "c=(x docker run --rm c d); \"${c[@]:1:4}\"\n"
                   "set --; docker run \"${1-d}\"; docker run ${1+x} ${2:-e}"),
            (Strings{"a", "b", "b", "c", "d", "e"}));
}

TEST_F(ShellFlowTest, AnEngineThatIsLookedFor) {
  EXPECT_EQ(Images("$HOME/bin/docker run a; E=; command -v docker && E=docker; $E run b\n"
                   "F=$(command -v podman || command -v docker); $F run c"),
            (Strings{"a", "b", "c"}));
  EXPECT_EQ(document_.containers[2].engine, model::Engine::kPodman);
}

TEST_F(ShellFlowTest, XargsPutsItsInputInPlace) {
  EXPECT_EQ(Images("xargs -I{} docker run --rm {}; xargs -I % docker run -v /%:/x a\n"
                   "parallel docker run {} ::: a b; xargs docker run a"),
            (Strings{"?", "a", "?", "a"}));
  EXPECT_TRUE(document_.gaps.empty());
}

TEST_F(ShellFlowTest, ElementsOfAnArrayChange) {
  EXPECT_EQ(Images("A=(a b); A=c; docker run \"${A[@]}\"; unset 'A[1]'; docker run \"${A[@]}\" d"),
            (Strings{"c", "d*"}));
}

TEST_F(ShellFlowTest, OptionsThatMayBeThereAreAGap) {
  for (const char* script :
       {"docker run ${P:+--privileged} a b", "docker run $(tty -s && echo -it) a b",
        "case $Q in 1) x=-a;; 2) x=-i;; 3) x=-t;; 4) x=-d;; 5) x=-P;; 6) x=-q;; 7) x=--rm;; "
        "8) x=--init;; 9) x=--privileged;; esac; docker run $x a b",
        "for x in $Q --privileged; do docker run $x a b; done"}) {
    EXPECT_EQ(Images(script), Strings{"a*"}) << script;
    EXPECT_EQ(document_.gaps.size(), 1U) << script;
  }
}

}  // namespace
}  // namespace cagelint::input
