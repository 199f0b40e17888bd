// Flags that are added, and values that are changed.
#include <chrono>

#include "linter/base/text.h"
#include "tests/unit/input/edit_command_sample.h"

namespace cagelint::input {
namespace {

using model::Append;
using model::Container;
using model::Replace;
using model::Set;
using model::SetOf;
using Changes = std::vector<model::Change>;

const Changes kReadOnly{Set("read_only", "true")};
const Settings kIsReadOnly{{"read_only", "true"}};
const Changes kMemory{Set("memory", "512m")};
const Settings kHasMemory{{"memory", "536870912"}};

TEST_F(EditCommandTest, AddsAFlagBeforeTheImage) {
  Becomes("docker run alpine\n", kReadOnly, "docker run --read-only alpine\n", kIsReadOnly);
  Becomes("docker run --rm -it alpine sh -c x # c\n", kReadOnly,
          "docker run --rm -it --read-only alpine sh -c x # c\n", kIsReadOnly);
  Becomes("x=$(docker run --rm \"$REG/app:1\")", kReadOnly,
          "x=$(docker run --rm --read-only \"$REG/app:1\")", kIsReadOnly);
  Becomes("docker run ${IMAGE:-alpine}\n", kReadOnly, "docker run --read-only ${IMAGE:-alpine}\n",
          kIsReadOnly);
  Becomes("IMAGE=alpine\ndocker run $IMAGE sh\n", kReadOnly,
          "IMAGE=alpine\ndocker run --read-only $IMAGE sh\n", kIsReadOnly);
  Becomes("docker container create alpine\n", kReadOnly,
          "docker container create --read-only alpine\n", kIsReadOnly);
  Becomes("sudo docker run \\\n  alpine\n", kReadOnly,
          "sudo docker run \\\n  --read-only \\\n  alpine\n", kIsReadOnly);
}

TEST_F(EditCommandTest, KeepsALineForEachFlag) {
  Becomes("docker run \\\n    --rm \\\n    --init \\\n    alpine sh\n", kReadOnly,
          "docker run \\\n    --rm \\\n    --init \\\n    --read-only \\\n    alpine sh\n",
          kIsReadOnly);
  Becomes("docker run --rm \\\n\t--init \\\n  alpine\n", kReadOnly,
          "docker run --rm \\\n\t--init \\\n\t--read-only \\\n  alpine\n", kIsReadOnly);
  Becomes("docker run \\\r\n  --name x \\\r\n  alpine\r\n", kReadOnly,
          "docker run \\\r\n  --name x \\\r\n  --read-only \\\r\n  alpine\r\n", kIsReadOnly);
  Becomes("docker run \\\n  --name x \\\n  --rm alpine sh\n", kReadOnly,
          "docker run \\\n  --name x \\\n  --read-only \\\n  --rm alpine sh\n", kIsReadOnly);
  // All flags stand on one line.
  Becomes("docker run --rm --init \\\n  alpine \\\n  sh\n", kReadOnly,
          "docker run --rm --init --read-only \\\n  alpine \\\n  sh\n", kIsReadOnly);
  Becomes("docker run --name \\\n  x alpine\n", kReadOnly,
          "docker run --name \\\n  x --read-only alpine\n", kIsReadOnly);
}

TEST_F(EditCommandTest, AddsBeforeTheDashesThatEndTheOptions) {
  Becomes("docker run --rm -- alpine\n", kReadOnly, "docker run --rm --read-only -- alpine\n",
          kIsReadOnly);
  Becomes("docker run -- alpine\n", kReadOnly, "docker run --read-only -- alpine\n", kIsReadOnly);
  Becomes("docker run \\\n  --rm \\\n  -- \\\n  alpine\n", kReadOnly,
          "docker run \\\n  --rm \\\n  --read-only \\\n  -- \\\n  alpine\n", kIsReadOnly);
}

TEST_F(EditCommandTest, TakesAValueForNoFlag) {
  Becomes("docker run --hostname \\\n  -v --rm alpine\n", kReadOnly,
          "docker run --hostname \\\n  -v --rm --read-only alpine\n", kIsReadOnly);
  Becomes("docker run --hostname -v alpine\n", kReadOnly,
          "docker run --hostname -v --read-only alpine\n", kIsReadOnly);
}

TEST_F(EditCommandTest, AddsSeveralFlagsAtOnce) {
  const Changes changes{Set("read_only", "true"), Append("mounts", "/tmp:rw,noexec,size=64m"),
                        Append("cap_drop", "ALL")};
  const Settings all{
      {"read_only", "true"}, {"mounts", "tmpfs||/tmp|false|67108864"}, {"cap_drop", "ALL"}};
  Becomes("docker run alpine\n", changes,
          "docker run --read-only --tmpfs=/tmp:rw,noexec,size=64m --cap-drop=ALL alpine\n", all);
  Becomes("docker run \\\n  --rm \\\n  alpine\n", changes,
          "docker run \\\n  --rm \\\n  --read-only \\\n  --tmpfs=/tmp:rw,noexec,size=64m \\\n"
          "  --cap-drop=ALL \\\n  alpine\n",
          all);
}

TEST_F(EditCommandTest, WritesValuesAsTheAuthorDoes) {
  Becomes("docker run --name x --user 1 alpine\n", kMemory,
          "docker run --name x --user 1 --memory 512m alpine\n", kHasMemory);
  Becomes("docker run --name=x --user 1 alpine\n", kMemory,
          "docker run --name=x --user 1 --memory=512m alpine\n", kHasMemory);
  Becomes("docker run -u 1 alpine\n", kMemory, "docker run -u 1 --memory=512m alpine\n",
          kHasMemory);
}

TEST_F(EditCommandTest, QuotesWhatNeedsQuotes) {
  const Changes label{Append("labels", "a=b c")};
  const Settings labelled{{"labels", "a=b c"}};
  Becomes("docker run alpine\n", label, "docker run --label='a=b c' alpine\n", labelled);
  Becomes("sh -c 'docker run alpine'\n", label, "sh -c 'docker run --label=\"a=b c\" alpine'\n",
          labelled);
  Becomes("sh -c \"docker run alpine\"\n", label, "sh -c \"docker run --label='a=b c' alpine\"\n",
          labelled);
  Becomes("bash <<'E'\ndocker run alpine\nE\n", label,
          "bash <<'E'\ndocker run --label='a=b c' alpine\nE\n", labelled);
  const std::string refused = "the value needs quotes inside quotes";
  EXPECT_EQ(Refusal("sh -c 'docker run alpine'\n", {Append("labels", "a=it's")}), refused);
  EXPECT_EQ(Refusal("sh -c \"docker run alpine\"\n", {Append("labels", "a=$x")}), refused);
  EXPECT_EQ(Refusal("sh -c \"sh -c 'docker run alpine'\"\n", label), refused);
  EXPECT_EQ(Refusal("ssh h docker run alpine\n", label), refused);
  Becomes("docker run alpine\n", {Append("labels", "a=it's $x")},
          "docker run --label='a=it'\\''s $x' alpine\n", {{"labels", "a=it's $x"}});
}

TEST_F(EditCommandTest, AddsInsideTextsThatAShellReads) {
  Becomes("sh -c 'docker run \\\n    --rm \\\n    alpine'\n", kReadOnly,
          "sh -c 'docker run \\\n    --rm \\\n    --read-only \\\n    alpine'\n", kIsReadOnly);
  Becomes("ssh host \"docker run --rm alpine\"\n", kReadOnly,
          "ssh host \"docker run --rm --read-only alpine\"\n", kIsReadOnly);
  Becomes("ssh host docker run --rm alpine\n", kReadOnly,
          "ssh host docker run --rm --read-only alpine\n", kIsReadOnly);
  Becomes("eval \"docker run --rm alpine\"\n", kReadOnly,
          "eval \"docker run --rm --read-only alpine\"\n", kIsReadOnly);
  Becomes("bash -s <<E\necho\ndocker run alpine\nE\ndocker run b\n", kReadOnly,
          "bash -s <<E\necho\ndocker run --read-only alpine\nE\ndocker run b\n", kIsReadOnly);
  Becomes("bash -c \"sh -c 'docker run alpine'\"\n", kReadOnly,
          "bash -c \"sh -c 'docker run --read-only alpine'\"\n", kIsReadOnly);
  Becomes("echo `docker run alpine`\n", kReadOnly, "echo `docker run --read-only alpine`\n",
          kIsReadOnly);
}

TEST_F(EditCommandTest, AddsToAnAliasBehindRun) {
  Becomes("alias d='docker run --rm'\nd alpine\n", kReadOnly,
          "alias d='docker run --read-only --rm'\nd alpine\n", kIsReadOnly);
  EXPECT_EQ(reaches_, "");
  Becomes("alias d='docker run --rm'\nd alpine\nd b\n", kReadOnly,
          "alias d='docker run --read-only --rm'\nd alpine\nd b\n", kIsReadOnly);
  EXPECT_EQ(reaches_, "the command is run in several ways");
}

TEST_F(EditCommandTest, SaysWhereAFunctionIsCalledTwice) {
  Becomes("f() { docker run \"$@\"; }\nf --rm alpine\nf b\n", kReadOnly,
          "f() { docker run --read-only \"$@\"; }\nf --rm alpine\nf b\n", kIsReadOnly);
  EXPECT_EQ(reaches_, "the command is run in several ways");
  Becomes("f() { docker run --rm \"$1\"; }\nf alpine\n", kReadOnly,
          "f() { docker run --rm --read-only \"$1\"; }\nf alpine\n", kIsReadOnly);
  EXPECT_EQ(reaches_, "");
  EXPECT_EQ(Refusal("f() { docker run \"$@\"; }\nf --memory 8g alpine\n", kMemory),
            "the options and the image come out of one variable");
}

TEST_F(EditCommandTest, EditsTheFileThatIsSourced) {
  const std::string library = "# ü\nstart() { docker run --rm alpine; }\n";
  const Script script("docker ps\n. ./lib.sh\nstart\n", {}, {{"lib.sh", library}});
  ASSERT_EQ(script.document.containers.size(), 1U);
  const Edited edited = script.Edit(kReadOnly);
  ASSERT_EQ(edited.edits.size(), 1U) << edited.refused;
  EXPECT_EQ(script.sources.Get(edited.edits[0].span.file).Path(), "lib.sh");
  EXPECT_EQ(Applied(library, edited.edits),
            "# ü\nstart() { docker run --rm --read-only alpine; }\n");
  EXPECT_EQ(edited.reaches, "other scripts may read the file that is changed");
}

TEST_F(EditCommandTest, AddsToTheArrayThatHoldsTheImage) {
  Becomes("args=(--rm alpine sh)\ndocker run \"${args[@]}\"\n", kReadOnly,
          "args=(--rm --read-only alpine sh)\ndocker run \"${args[@]}\"\n", kIsReadOnly);
  Becomes("args=(\n  --rm  # away\n  alpine\n)\ndocker run \"${args[@]}\"\n", kReadOnly,
          "args=(\n  --rm  # away\n  --read-only\n  alpine\n)\ndocker run \"${args[@]}\"\n",
          kIsReadOnly);
  Becomes("args=(--rm)\ndocker run \"${args[@]}\" alpine\n", kReadOnly,
          "args=(--rm)\ndocker run \"${args[@]}\" --read-only alpine\n", kIsReadOnly);
  Becomes("args=(alpine sh)\ndocker run --rm \"${args[@]}\"\n", kReadOnly,
          "args=(alpine sh)\ndocker run --rm --read-only \"${args[@]}\"\n", kIsReadOnly);
  // Not where others use it.
  Becomes("args=(--rm alpine)\ndocker run \"${args[@]}\"\ndocker create \"${args[@]}\"\n",
          kReadOnly,
          "args=(--rm alpine)\ndocker run --read-only \"${args[@]}\"\ndocker create "
          "\"${args[@]}\"\n",
          kIsReadOnly);
  EXPECT_EQ(reaches_, "");
}

TEST_F(EditCommandTest, AddsBehindRunWhereTheImageIsNotKnown) {
  const Script script("docker run $OPTS --rm \\\n  $X alpine\n");
  const Edited edited = script.Edit({Append("cap_drop", "ALL")});
  EXPECT_EQ(Applied(script.Text(), edited.edits),
            "docker run --cap-drop=ALL $OPTS --rm \\\n  $X alpine\n");
  const Script piped("echo alpine | xargs docker run --rm\n");
  EXPECT_EQ(Applied(piped.Text(), piped.Edit({Append("cap_drop", "ALL")}).edits),
            "echo alpine | xargs docker run --cap-drop=ALL --rm\n");
  // Whether the flag is among what cannot be known, nobody knows.
  EXPECT_EQ(piped.Edit(kReadOnly).refused, "it is not known where the options end");
}

TEST_F(EditCommandTest, ChangesTheValueThatIsThere) {
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"--memory=8g", "--memory=512m"},
           {"--memory 8g", "--memory 512m"},
           {"-m 8g", "-m 512m"},
           {"-m8g", "-m512m"},
           {"-itm 8g", "-itm 512m"},
           {"--memory='8g'", "--memory='512m'"},
           {"--memory \"8g\"", "--memory \"512m\""},
           {"\"--memory=8g\"", "\"--memory=512m\""},
           {"\\\n  --memory 8g \\\n ", "\\\n  --memory 512m \\\n "}})
    Becomes("docker run " + before + " alpine\n", kMemory, "docker run " + after + " alpine\n",
            kHasMemory);
  const Changes user{Set("user", "1000:1000")};
  Becomes("docker run --user= alpine\n", user, "docker run --user=1000:1000 alpine\n",
          {{"user", "1000:1000"}});
  Becomes("docker run -u '' alpine\n", user, "docker run -u 1000:1000 alpine\n",
          {{"user", "1000:1000"}});
  Becomes("sh -c 'docker run -u \"root\" alpine'\n", user,
          "sh -c 'docker run -u \"1000:1000\" alpine'\n", {{"user", "1000:1000"}});
  Becomes("docker run --read-only=false alpine\n", kReadOnly, "docker run --read-only alpine\n",
          kIsReadOnly);
  Becomes("docker run --read-only=0 --rm alpine\n", kReadOnly,
          "docker run --read-only --rm alpine\n", kIsReadOnly);
}

TEST_F(EditCommandTest, ANetworkStandsForAllOfThem) {
  const Settings none{{"network_mode", "none"}, {"networks", "none"}};
  Becomes("docker run --net host alpine\n", {Set("network_mode", "none")},
          "docker run --net none alpine\n", none);
  Becomes("docker run --network=a --rm --net b alpine\n", {Set("network_mode", "none")},
          "docker run --network=none --rm alpine\n", none);
}

TEST_F(EditCommandTest, OverridesWhatAVariableGives) {
  Becomes("M=8g\ndocker run --memory \"$M\" alpine\n", kMemory,
          "M=8g\ndocker run --memory \"$M\" --memory 512m alpine\n", kHasMemory);
  EXPECT_EQ(reaches_, "what is set by a variable stays, and is overridden by the flag behind it");
  Becomes("O=\"-m 8g\"\ndocker run $O \\\n  --rm \\\n  alpine\n", kMemory,
          "O=\"-m 8g\"\ndocker run $O \\\n  --rm \\\n  --memory=512m \\\n  alpine\n", kHasMemory);
  Becomes("docker run \\\n  --rm \\\n  -m $M alpine\n", kMemory,
          "docker run \\\n  --rm \\\n  -m $M --memory=512m alpine\n", kHasMemory);
  EXPECT_EQ(Refusal("O=\"-m 8g alpine\"\ndocker run $O\n", kMemory),
            "the options and the image come out of one variable");
  // An array is edited where it is written.
  Becomes("a=(-m 8g alpine)\ndocker run \"${a[@]}\"\n", kMemory,
          "a=(-m 512m alpine)\ndocker run \"${a[@]}\"\n", kHasMemory);
  EXPECT_EQ(reaches_, "");
}

TEST_F(EditCommandTest, ChangesPartsOfAValue) {
  const auto read_only = [](const Container& c) -> Changes {
    return {SetOf("mounts.read_only", "true", c.mounts.items.at(0).whole)};
  };
  const auto mount = [&](const std::string& before, const std::string& after,
                         const std::string& model) {
    Becomes("docker run " + before + " alpine\n", read_only, "docker run " + after + " alpine\n",
            {{"mounts", model}});
  };
  mount("-v /a:/b", "-v /a:/b:ro", "bind|/a|/b|true|");
  mount("-v '/a:/b'", "-v '/a:/b:ro'", "bind|/a|/b|true|");
  mount("-v /a:/b:rw", "-v /a:/b:ro", "bind|/a|/b|true|");
  mount("-v /a:/b:z,rw", "-v /a:/b:z,ro", "bind|/a|/b|true|");
  mount("-v /a:/b:z", "-v /a:/b:z,ro", "bind|/a|/b|true|");
  mount("-v=\"$PWD:/b\"", "-v=\"$PWD:/b:ro\"", "bind|$PWD|/b|true|");
  mount("-v \"$(pwd)\":/b", "-v \"$(pwd)\":/b:ro", "bind|$PWD|/b|true|");
  mount("-v $PWD:$PWD", "-v $PWD:$PWD:ro", "bind|$PWD|$PWD|true|");
  mount("--mount type=bind,src=/a,dst=/b", "--mount type=bind,src=/a,dst=/b,readonly",
        "bind|/a|/b|true|");
  mount("--mount type=bind,src=/a,dst=/b,ro=false", "--mount type=bind,src=/a,dst=/b,readonly",
        "bind|/a|/b|true|");
  const auto size = [](const Container& c) -> Changes {
    return {SetOf("mounts.size", "64m", c.mounts.items.at(0).whole)};
  };
  Becomes("docker run --tmpfs /t alpine\n", size, "docker run --tmpfs /t:size=64m alpine\n",
          {{"mounts", "tmpfs||/t||67108864"}});
  Becomes("docker run --tmpfs=/t:exec alpine\n", size,
          "docker run --tmpfs=/t:exec,size=64m alpine\n", {{"mounts", "tmpfs||/t||67108864"}});
  Becomes("docker run --mount type=tmpfs,dst=/t alpine\n", size,
          "docker run --mount type=tmpfs,dst=/t,tmpfs-size=64m alpine\n",
          {{"mounts", "tmpfs||/t||67108864"}});
}

TEST_F(EditCommandTest, ChangesTheAddressOfAPort) {
  const auto local = [](const Container& c) -> Changes {
    return {SetOf("ports.host_ip", "127.0.0.1", c.ports.items.at(0).whole)};
  };
  const auto port = [&](const std::string& before, const std::string& after,
                        const std::string& model) {
    Becomes("docker run " + before + " alpine\n", local, "docker run " + after + " alpine\n",
            {{"ports", "127.0.0.1|" + model}});
  };
  port("-p 8080:80", "-p 127.0.0.1:8080:80", "8080|80|tcp");
  port("-p8080:80/udp", "-p127.0.0.1:8080:80/udp", "8080|80|udp");
  port("-p \"8080:80\"", "-p \"127.0.0.1:8080:80\"", "8080|80|tcp");
  port("-p 0.0.0.0:8080:80", "-p 127.0.0.1:8080:80", "8080|80|tcp");
  port("-p '[::]:8080:80'", "-p '127.0.0.1:8080:80'", "8080|80|tcp");
  port("--publish=80", "--publish=127.0.0.1::80", "|80|tcp");
}

TEST_F(EditCommandTest, ReplacesAValueWithinItsQuotes) {
  const auto option = [](const Container& c) -> Changes {
    return {Replace(c.security_opt.items.at(0).value_span, "no-new-privileges:true")};
  };
  for (const char* quote : {"", "'", "\""}) {
    const std::string q = quote;
    Becomes("docker run --security-opt " + q + "no-new-privileges:false" + q + " alpine\n", option,
            "docker run --security-opt " + q + "no-new-privileges:true" + q + " alpine\n",
            {{"security_opt", "no-new-privileges=true"}});
  }
  const auto user = [](const Container& c) -> Changes {
    return {Replace(c.user.value_span, "a b")};
  };
  Becomes("docker run -u 'root' alpine\n", user, "docker run -u 'a b' alpine\n", {{"user", "a b"}});
  Becomes("docker run -u root alpine\n", user, "docker run -u 'a b' alpine\n", {{"user", "a b"}});
  const std::string refused = "the value comes from a variable, or needs other quotes";
  EXPECT_EQ(Refusal("sh -c 'sh -c \"docker run -u root alpine\"'\n", user), refused);
  EXPECT_EQ(Refusal("U=root\ndocker run -u $U alpine\n", user), refused);
  EXPECT_EQ(Refusal("docker run -u ro\"ot\" alpine\n", user), refused);
}

TEST_F(EditCommandTest, AddsAndRemovesTogether) {
  const auto changes = [](const Container& c) -> Changes {
    return {Set("read_only", "true"), model::Remove(c.privileged.whole)};
  };
  const Settings members{{"read_only", "true"}, {"privileged", ""}};
  Becomes("docker run --privileged alpine\n", changes, "docker run --read-only alpine\n", members);
  Becomes("docker run \\\n  --privileged \\\n  alpine\n", changes,
          "docker run \\\n  --read-only \\\n  alpine\n", members);
  Becomes("docker run --rm \\\n  --init --privileged \\\n  alpine\n", changes,
          "docker run --rm \\\n  --init --read-only \\\n  alpine\n", members);
}

TEST_F(EditCommandTest, RefusesFlagsThatTheCommandDoesNotTake) {
  EXPECT_EQ(Refusal("docker run alpine\n", {Set("secrets", "x")}), "no flag sets `secrets`");
  EXPECT_EQ(Refusal("docker create alpine\n", {Set("detach", "true")}),
            "the command has no flag `--detach`");
  EXPECT_EQ(Refusal("docker compose run web\n", kReadOnly),
            "the command has no flag `--read-only`");
  const Script script("docker compose run web\n");
  EXPECT_EQ(Applied(script.Text(), script.Edit({Append("cap_drop", "ALL")}).edits),
            "docker compose run --cap-drop=ALL web\n");
}

// A fix for each of many findings must not read the file, or the command, as many times.
TEST_F(EditCommandTest, TakesTimeThatGrowsWithTheFileAndTheFixes) {
  constexpr int kMany = 2000;
  constexpr int kElements = 900;  // longer arrays are not followed
  std::string one = "docker run";
  std::string array = "a=(";
  std::string inner = "bash -c '";
  for (int i = 0; i < kMany; ++i) {
    const std::string mount = " -v /a" + std::to_string(i) + ":/b" + std::to_string(i);
    one += mount;
    if (i < kElements) array += mount;
    inner += "docker run" + mount + " alpine\n";
  }
  for (const std::string& text :
       {one + " alpine\n", array + " alpine)\ndocker run \"${a[@]}\"\n", inner + "'\n"}) {
    const Script script(text);
    CommandEditor editor({script.document, script.sources});
    const auto begin = std::chrono::steady_clock::now();
    std::size_t asked = 0;
    for (const Container& container : script.document.containers) {
      for (const auto& item : container.mounts.items) {
        editor.Apply(&container, Changes{SetOf("mounts.read_only", "true", item.whole)});
        editor.Apply(&container, Changes{model::Remove(item.whole)});
        ++asked;
      }
    }
    EXPECT_GE(asked, static_cast<std::size_t>(kElements));
    // Some milliseconds each where all is read again for each.
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  }
}

TEST_F(EditCommandTest, EditsTheWordsOfAnArgumentVector) {
  const std::vector<std::string> words{"docker", "run", "-e", "A=it's",
                                       "alpine", "sh",  "-c", "a b"};
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + base::ShellQuote(word);
  const Script script(text, words);
  EXPECT_EQ(Applied(text, script.Edit(kReadOnly).edits),
            "docker run -e 'A=it'\\''s' --read-only alpine sh -c 'a b'");
  const std::vector<std::string> inner{"sh", "-c", "docker run -u 'x' alpine"};
  const std::string quoted = "sh -c " + base::ShellQuote(inner[2]);
  const Script nested(quoted, inner);
  EXPECT_EQ(Applied(quoted, nested.Edit(kReadOnly).edits),
            "sh -c 'docker run -u '\\''x'\\'' --read-only alpine'");
}

}  // namespace
}  // namespace cagelint::input
