#include "linter/input/docker_commands.h"

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/unit/input/docker_sample.h"

namespace cagelint::input {
namespace {

using model::CommandKind;

TEST(DockerCommands, TargetsAndNetworks) {
  const struct {
    const char* command;
    CommandKind kind;
    const char* targets;
    const char* network;
  } rows[] = {
      {"docker exec -it c sh", CommandKind::kExec, "c", ""},
      {"docker container exec c sh", CommandKind::kExec, "c", ""},
      {"docker start -a c", CommandKind::kStart, "c", ""},
      {"docker restart -t 3 c d", CommandKind::kRestart, "c d", ""},
      {"docker attach c", CommandKind::kAttach, "c", ""},
      {"docker update c -m 1g d", CommandKind::kUpdate, "c d", ""},
      {"docker network connect --ip 1.2.3.4 n c", CommandKind::kNetworkConnect, "c", "n"},
      {"docker network disconnect n c -f", CommandKind::kNetworkDisconnect, "c", "n"},
      {"docker network create --internal n", CommandKind::kNetworkCreate, "", "n"},
      {"docker network rm n", CommandKind::kNetworkRemove, "", "n"},
      {"docker volume create -d local -o type=none v", CommandKind::kVolumeCreate, "", ""},
      {"docker volume create", CommandKind::kVolumeCreate, "", ""},
      {"podman volume create --ignore v", CommandKind::kVolumeCreate, "", ""},
      {"docker commit c img", CommandKind::kCommit, "c", ""},
      {"docker cp ./a c:/b", CommandKind::kCopy, "c", ""},
      {"docker cp c:/a ./b", CommandKind::kCopy, "c", ""},
      {"docker rm -fv c", CommandKind::kRemove, "c", ""},
      {"docker stop c", CommandKind::kStop, "c", ""},
      {"docker kill -s HUP c", CommandKind::kKill, "c", ""},
      {"docker unpause c", CommandKind::kUnpause, "c", ""},
      {"docker logs -f c", CommandKind::kLogs, "c", ""},
      {"podman rm -f -t 0 c", CommandKind::kRemove, "c", ""},
      {"docker rename c d", CommandKind::kRename, "c", ""},
      {"podman exec -l --preserve-fds 1 sh", CommandKind::kExec, "", ""},
      {"podman start --all --filter a=b c", CommandKind::kStart, "c", ""},
      {"podman stop -i --cidfile f c", CommandKind::kStop, "c", ""},
      {"podman rm --depend c", CommandKind::kRemove, "c", ""},
      {"podman logs -n --tail 3 c", CommandKind::kLogs, "c", ""},
      {"podman commit -q -f docker --squash c img", CommandKind::kCommit, "c", ""},
      {"podman cp --overwrite c:/a ./b", CommandKind::kCopy, "c", ""},
      {"podman network create --disable-dns n", CommandKind::kNetworkCreate, "", "n"},
      {"podman network rm -t 3 n", CommandKind::kNetworkRemove, "", "n"},
  };
  for (const auto& row : rows) {
    Sample sample(row.command);
    ASSERT_EQ(sample.Read().commands.size(), 1U) << row.command;
    const model::Command& command = sample.Read().commands[0];
    EXPECT_EQ(command.kind, row.kind) << row.command;
    std::string targets;
    for (const auto& target : command.targets)
      targets += (targets.empty() ? "" : " ") + target.name.value;
    EXPECT_EQ(targets, row.targets) << row.command;
    EXPECT_EQ(command.network.value, row.network) << row.command;
    EXPECT_EQ(sample.Refused() + sample.Unresolved(), "") << row.command;
  }
}

TEST(DockerCommands, Flags) {
  Sample exec("docker exec --privileged -itu 0 c sh -c x");
  const model::Command& command = exec.Read().commands[0];
  EXPECT_TRUE(command.privileged.Is(true));
  EXPECT_TRUE(command.tty.Is(true));
  EXPECT_TRUE(command.user.Is("0"));
  EXPECT_EQ(Joined(command.command), "sh -c x");
  EXPECT_EQ(exec.At(command.anchor), "docker exec");
  EXPECT_EQ(exec.At(command.user.value_span), "0");
  Sample update("docker container update --pids-limit -1 --restart always --cpus $X c");
  const model::Command& changed = update.Read().commands[0];
  EXPECT_TRUE(changed.pids_limit.Is(-1));
  EXPECT_EQ(changed.restart.value.policy, "always");
  EXPECT_TRUE(changed.cpus.IsDynamic());
  EXPECT_EQ(update.At(changed.anchor), "docker container update");
  EXPECT_TRUE(Sample("docker network create --internal n").Read().commands[0].internal.Is(true));
}

TEST(DockerCommands, ANameIsFoundAmongTheContainers) {
  Sample sample("docker rm c d $X");
  for (const char* name : {"c", "x", "c"}) {
    Sample run("docker run --name " + std::string(name) + " img");
    sample.before.push_back(run.Container());
  }
  const auto& targets = sample.Read().commands.at(0).targets;
  ASSERT_EQ(targets.size(), 3U);
  EXPECT_EQ(targets[0].container, 2);
  EXPECT_EQ(targets[1].container, -1);
  EXPECT_EQ(targets[2].container, -1);
}

TEST(DockerCommands, Refusals) {
  const struct {
    const char* command;
    const char* refused;
  } rows[] = {
      {"docker exec c", "docker exec"},
      {"docker exec --rm c sh", "--rm"},
      {"docker exec '' sh", "''"},
      {"docker update c", "docker update"},
      {"docker update -m -1 c", "-1"},
      {"docker start", "docker start"},
      {"docker start -d c", "-d"},
      {"docker start -a c d", "d"},
      {"docker network connect n", "docker network connect"},
      {"docker network connect n c d", "d"},
      {"docker network create a b", "b"},
      {"docker cp a b", "a"},
      {"docker commit c IMG", "IMG"},
  };
  for (const auto& row : rows) EXPECT_EQ(Sample(row.command).Refused(), row.refused) << row.command;
  EXPECT_EQ(Sample("podman exec --bogus c sh").Unresolved(), "unsupported-construct --bogus");
}

TEST(DockerCommands, WhatIsMadeElsewhereOrByName) {
  const struct {
    const char* command;
    const char* kind;
    const char* images;
  } rows[] = {
      {"docker build -t x -q --tag=y:1 -tz .", "build", "x y:1 z"},
      {"docker buildx build --tag x .", "build", "x"},
      {"docker image tag a b", "build", "b"},
      {"docker commit c b", "commit", "b"},
      {"docker compose -f x.yml up -d", "compose up", ""},
      {"docker-compose run web", "compose up", ""},
      {"podman kube play pod.yaml", "compose up", ""},
  };
  for (const auto& row : rows) {
    Sample sample(row.command);
    const model::Document& document = sample.Read();
    ASSERT_EQ(document.commands.size(), 1U) << row.command;
    EXPECT_EQ(model::Name(document.commands[0].kind), row.kind) << row.command;
    EXPECT_EQ(Joined(document.commands[0].images), row.images) << row.command;
    EXPECT_TRUE(document.gaps.empty()) << row.command;
  }
}

TEST(DockerCommands, WhatABuildMayDo) {
  Sample build("docker buildx build --allow network.host --allow=security.insecure .");
  ASSERT_EQ(build.Read().commands.size(), 1U);
  EXPECT_EQ(Joined(build.Read().commands[0].entitlements), "network.host security.insecure");
  EXPECT_TRUE(build.Read().commands[0].images.IsAbsent());
  // `--allow` is buildx's, and without its value there is none.
  for (const char* command : {"podman build --allow security.insecure .", "docker build . --allow"})
    EXPECT_TRUE(Sample(command).Read().commands.empty()) << command;
}

TEST(DockerCommands, ComposeStartsWhatAnArgumentVectorDoesNotShow) {
  for (const char* command : {"docker compose up", "docker-compose up"}) {
    Sample sample(command);
    sample.runs_now = true;
    ASSERT_EQ(sample.Read().gaps.size(), 1U) << command;
    EXPECT_EQ(sample.Read().gaps[0].kind, "unsupported-construct") << command;
  }
}

TEST(DockerCommands, WhatBearsOnNoRuleAddsNothing) {
  for (const char* command :
       {"docker", "docker ps -a", "docker build .", "docker compose down", "docker network ls",
        "docker container ls", "docker -v", "docker help run", "docker buildx build ."}) {
    Sample sample(command);
    sample.runs_now = true;
    const model::Document& document = sample.Read();
    EXPECT_TRUE(document.containers.empty() && document.commands.empty()) << command;
    EXPECT_TRUE(document.gaps.empty()) << command;
  }
  // What a person asks about and is not judged is said; in a script the files stand beside it.
  Sample compose("docker compose up");
  EXPECT_TRUE(compose.Read().gaps.empty());
  compose.runs_now = true;
  EXPECT_EQ(compose.Unresolved(), "unsupported-construct docker compose");
  Sample typo("docker runs img");
  EXPECT_EQ(typo.Refused(), "");
  typo.runs_now = true;
  EXPECT_EQ(typo.Refused(), "runs");
}

TEST(DockerArgumentVector, WordsAreFoundInTheirQuotedForm) {
  base::SourceSet sources;
  const std::vector<std::string> words{"docker", "run", "-u", "it's 0", "", "img"};
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + base::ShellQuote(word);
  const base::Source& source = sources.Add("command line", text);
  base::FileSystem files = base::RealFiles();
  const Options options;
  const Context context{sources, files, options};
  const model::Document document = ReadArgumentVector(words, source, context);
  ASSERT_EQ(document.containers.size(), 1U);
  const model::Container& container = document.containers[0];
  EXPECT_EQ(container.carrier, model::Carrier::kCommandLine);
  EXPECT_EQ(container.user.value, "it's 0");
  EXPECT_EQ(source.Text(container.user.whole), "-u 'it'\\''s 0'");
  EXPECT_EQ(source.Text(container.user.value_span), "it'\\''s 0");
  EXPECT_EQ(source.Text(document.gaps.at(0).span), "''");
  EXPECT_TRUE(document.gaps.at(0).refused);
  const model::Document symbol = ReadArgumentVector({"docker", "run", "\xFF"}, source, context);
  EXPECT_TRUE(symbol.containers.empty());
  EXPECT_EQ(symbol.gaps.at(0).kind, "syntax-error");
}

TEST(DockerCommands, ComposeExecNamesAService) {
  for (const char* words :
       {"docker compose exec -T -u root --index 2 web sh -c x",
        "docker compose --ansi never -f a.yaml --profile p exec -Tu root web sh -c x",
        "docker-compose -p demo --project-directory . --env-file e exec --user=root web sh -c x",
        "podman-compose --dry-run exec -u root web sh -c x"}) {
    Sample sample(words);
    ASSERT_EQ(sample.Read().commands.size(), 1U) << words;
    const model::Command& command = sample.Read().commands[0];
    EXPECT_EQ(command.kind, CommandKind::kExec) << words;
    EXPECT_TRUE(command.service.Is("web")) << words;
    EXPECT_TRUE(command.user.Is("root")) << words;
    EXPECT_TRUE(command.targets.empty()) << words;
    EXPECT_EQ(Joined(command.command), "sh -c x") << words;
    EXPECT_EQ(sample.Refused() + sample.Unresolved(), "") << words;
  }
}

// What the compose file says is unknown, also behind what the command line adds to.
TEST(DockerCommands, ComposeRunIsAContainer) {
  Sample sample("docker compose -f a.yaml run --rm --cap-drop NET_RAW -v .:/w -p 80:80 web make");
  const model::Document& document = sample.Read();
  ASSERT_EQ(document.containers.size(), 1U);
  const model::Container& container = document.containers[0];
  EXPECT_EQ(container.service, "web");
  EXPECT_EQ(sample.At(container.anchor), "docker compose -f a.yaml run");
  EXPECT_TRUE(container.remove.Is(true));
  EXPECT_TRUE(container.image.IsDynamic());
  EXPECT_TRUE(container.read_only.IsDynamic());
  EXPECT_TRUE(container.cap_drop.IsDynamic());
  EXPECT_NE(container.cap_drop.Find("CAP_NET_RAW"), nullptr);
  ASSERT_EQ(container.mounts.items.size(), 1U);
  EXPECT_TRUE(container.mounts.IsDynamic());
  EXPECT_TRUE(container.ports.IsDynamic());
  EXPECT_EQ(Joined(container.command), "make");
  EXPECT_TRUE(container.command.IsKnown());
  EXPECT_EQ(document.commands.back().kind, CommandKind::kBringUp);
}

TEST(DockerCommands, ComposeSubcommandsAreTheirVerb) {
  EXPECT_TRUE(Sample("docker compose stop run").Read().commands.empty());
  EXPECT_TRUE(Sample("docker compose -p up logs").Read().commands.empty());
  EXPECT_EQ(Sample("docker compose -p stop up -d").Read().commands.size(), 1U);
  // What cannot be told may be any of them.
  EXPECT_EQ(Sample("docker compose $ARGS up").Read().commands.size(), 1U);
}

// Run: docker 28.2.2; found by docker_oracle_test.
TEST(DockerCommands, WhatTheClientLooksAtLateMayBeOverridden) {
  EXPECT_EQ(Sample("docker run --uts private --uts host img").Refused(), "");
  EXPECT_EQ(Sample("docker run --uts host --uts private img").Refused(), "private");
  EXPECT_EQ(Sample("docker run --mac-address x --mac-address= img").Refused(), "");
  EXPECT_EQ(Sample("docker run --help --memory x img").Refused(), "x");
}

TEST(DockerCommands, NamesThatAreEmptyAreRefusedWhereThereIsNoOther) {
  EXPECT_EQ(Sample("docker start ''").Refused(), "''");
  EXPECT_EQ(Sample("docker start '' c1").Refused(), "");
  EXPECT_EQ(Sample("docker start -i=false c1 c2").Refused(), "");
  EXPECT_EQ(Sample("docker network connect --driver-opt a net c1").Refused(), "a");
  EXPECT_EQ(Sample("docker network connect --driver-opt =a net c1").Refused(), "=a");
  EXPECT_EQ(Sample("docker network connect --driver-opt '' net c1").Refused(), "");
  EXPECT_EQ(Sample("docker network connect --driver-opt a=b,c net c1").Refused(), "a=b,c");
  EXPECT_EQ(Sample("docker network connect --link-local-ip a\"b net c1").Refused(), "a\"b");
}

}  // namespace
}  // namespace cagelint::input
