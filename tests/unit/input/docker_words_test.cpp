#include "linter/input/docker_words.h"

#include <gtest/gtest.h>

#include "tests/unit/input/docker_sample.h"

namespace cagelint::input {
namespace {

struct Row {
  const char* command;
  const char* image;
  const char* program;
  const char* user;
};

TEST(DockerWords, PflagDecidesWhatIsAValue) {
  const Row rows[] = {
      {"docker run img", "img", "", ""},
      {"docker run -- img", "img", "", ""},
      {"docker run img -- -u 5", "img", "-- -u 5", ""},
      {"docker run -u 5 img", "img", "", "5"},
      {"docker run -u5 img", "img", "", "5"},
      {"docker run -u=5 img", "img", "", "5"},
      {"docker run --user=5 img", "img", "", "5"},
      {"docker run --user 5 img", "img", "", "5"},
      {"docker run --user=a=b img", "img", "", "a=b"},
      {"docker run -u= img", "img", "", "="},
      {"docker run -itu 5 img", "img", "", "5"},
      {"docker run -itu5 img", "img", "", "5"},
      {"docker run -itu=5 img", "img", "", "5"},
      {"docker run -u --rm img", "img", "", "--rm"},
      {"docker run -u -- img", "img", "", "--"},
      {"docker run -u 1 -u 2 img", "img", "", "2"},
      {"docker run --read-only false img", "false", "img", ""},
      {"docker run -test.v img", "img", "", ""},
      {"docker run -itest.u img", "img", "", ""},
      {"docker run --network img cmd", "cmd", "", ""},
      {"docker container run img --privileged", "img", "--privileged", ""},
      {"docker -D --log-level debug container create -u 5 img", "img", "", "5"},
      {"docker -v run img", "img", "", ""},
      {"docker --help container --help run img", "", "", ""},
      {"docker -- run img", "img", "", ""},
  };
  for (const Row& row : rows) {
    Sample sample(row.command);
    const model::Container& container = sample.Container();
    EXPECT_EQ(container.image.value, row.image) << row.command;
    EXPECT_EQ(Joined(container.command), row.program) << row.command;
    EXPECT_EQ(container.user.value, row.user) << row.command;
    EXPECT_EQ(sample.Refused(), "") << row.command;
  }
}

TEST(DockerWords, BoolsAreParsedAsGoDoes) {
  for (const char* word : {"1", "t", "T", "TRUE", "true", "True"}) {
    Sample sample("docker run --privileged=" + std::string(word) + " img");
    EXPECT_TRUE(sample.Container().privileged.Is(true)) << word;
  }
  for (const char* word : {"0", "f", "F", "FALSE", "false", "False"}) {
    Sample sample("docker run --privileged --privileged=" + std::string(word) + " img");
    EXPECT_TRUE(sample.Container().privileged.Is(false)) << word;
    ASSERT_EQ(sample.Container().privileged.steps.size(), 1U);
    EXPECT_EQ(sample.At(sample.Container().privileged.steps[0].span), "--privileged");
  }
  for (const char* word : {"yes", "on", "tRUE", "2", ""}) {
    Sample sample("docker run --privileged=" + std::string(word) + " img");
    EXPECT_TRUE(sample.Container().privileged.IsAbsent()) << word;
    EXPECT_NE(sample.Refused(), "") << word;
  }
}

TEST(DockerWords, LettersOfAClusterHaveTheirOwnPlaces) {
  Sample sample("docker run -itu 0 -P --rm img");
  const model::Container& container = sample.Container();
  EXPECT_EQ(container.stdin_open.whole, (base::Span{0, 12, 13}));
  EXPECT_EQ(container.tty.whole, (base::Span{0, 13, 14}));
  EXPECT_EQ(sample.At(container.tty.value_span), "t");
  EXPECT_EQ(sample.At(container.user.whole), "u 0");
  EXPECT_EQ(sample.At(container.user.value_span), "0");
  EXPECT_EQ(sample.At(container.publish_all.whole), "-P");
  EXPECT_EQ(sample.At(container.remove.whole), "--rm");
  EXPECT_EQ(sample.At(container.anchor), "docker run");
  EXPECT_EQ(sample.At(container.image.value_span), "img");
}

TEST(DockerWords, QuotesBelongToTheWholeAndNotToTheValue) {
  Sample sample("docker run --user '1_2' -h \"x$Y\" -w '' img");
  const model::Container& container = sample.Container();
  EXPECT_EQ(container.user.value, "1 2");
  EXPECT_EQ(sample.At(container.user.whole), "--user '1_2'");
  EXPECT_EQ(sample.At(container.user.value_span), "1_2");
  EXPECT_TRUE(container.hostname.IsDynamic());
  EXPECT_EQ(container.hostname.source, "x$Y");
  EXPECT_EQ(sample.At(container.working_dir.value_span), "''");
}

TEST(DockerWords, WhatTheClientRefusesStandsAtTheWrongWord) {
  const struct {
    const char* command;
    const char* refused;
  } rows[] = {
      {"docker run --bogus img", "--bogus"},
      {"docker run --readonly img", "--readonly"},
      {"docker run --cap_add=ALL img", "--cap_add"},
      {"docker run --=x img", "--=x"},
      {"docker run ---x img", "---x"},
      {"docker run -z img", "-z"},
      {"docker run -iz img", "z"},
      {"docker run -it=false img", ""},
      {"docker run -t= img", "="},
      {"docker run --rm", "docker run"},
      {"docker run -- --privileged", "--privileged"},
      {"docker run -h", "-h"},
      {"docker run --user", "--user"},
      {"docker run -D img", "-D"},
      {"docker --bogus run img", "--bogus"},
      {"docker -H a -H b run img", "-H b"},
      {"docker --log-level x run img", "x"},
      {"docker run Ubuntu", "Ubuntu"},
      {"docker create --sig-proxy img", "--sig-proxy"},
  };
  for (const auto& row : rows) EXPECT_EQ(Sample(row.command).Refused(), row.refused) << row.command;
}

TEST(DockerWords, AnUnknownFlagKeepsWhatFollowsReadable) {
  Sample sample("docker run --readonly --memry 1g --user 5 img cmd");
  const model::Container& container = sample.Container();
  EXPECT_EQ(container.user.value, "5");
  const std::string message = sample.Read().gaps[0].message;
  EXPECT_NE(message.find("did you mean `--read-only`?"), std::string::npos) << message;
  EXPECT_EQ(sample.Read().gaps[0].kind, "invalid-option");
}

TEST(DockerWords, HelpRunsNothing) {
  EXPECT_TRUE(Sample("docker run --help img").Read().containers.empty());
  EXPECT_EQ(Sample("docker run --help=false img").Read().containers.size(), 1U);
  EXPECT_TRUE(Sample("docker exec -h").Read().commands.empty());
}

TEST(DockerWords, EnginesDifferInFlagsAndCommas) {
  Sample podman("podman run --cap-add A,b --userns keep-id --replace img");
  EXPECT_EQ(Joined(podman.Container().cap_add), "CAP_A CAP_B");
  EXPECT_EQ(podman.At(podman.Container().cap_add.items[1].value_span), "b");
  EXPECT_EQ(podman.Refused(), "");
  EXPECT_EQ(podman.Container().engine, model::Engine::kPodman);
  Sample docker("docker run --cap-add A,b img");
  EXPECT_EQ(Joined(docker.Container().cap_add), "CAP_A,B");
  EXPECT_EQ(Sample("docker run --replace img").Refused(), "--replace");
  EXPECT_EQ(Sample("podman run --use-api-socket img").Refused(), "--use-api-socket");
  for (const char* line :
       {"podman --root /x --storage-opt y -r run --privileged img",
        "podman -c x --log-level debug container run --privileged img",
        "podman-remote --url x run --privileged img", "podman run --runtime x --privileged img",
        "nerdctl -n ns -a x run --privileged img", "nerdctl run --namespace ns --privileged img"}) {
    Sample sample(line);
    EXPECT_TRUE(sample.Container().privileged.Is(true)) << line;
    EXPECT_EQ(sample.Container().image.value, "img") << line;
    EXPECT_TRUE(sample.Read().gaps.empty()) << line;
  }
  EXPECT_EQ(Sample("nerdctl run -c 5 img").Refused(), "-c");
  EXPECT_EQ(Sample("nerdctl run -d --rm img").Refused(), "--rm");
  Sample forced("docker run --cap-add A,b img");
  forced.options.engine = model::Engine::kPodman;
  EXPECT_EQ(Joined(forced.Container().cap_add), "CAP_A CAP_B");
}

TEST(DockerWords, EngineNames) {
  for (const char* word :
       {"docker", "/usr/bin/docker", "docker.exe", "podman", "./nerdctl", "docker-compose"})
    EXPECT_TRUE(NamesEngine(word)) << word;
  for (const char* word : {"", "dockerd", "xdocker", "docker/"})
    EXPECT_FALSE(NamesEngine(word)) << word;
}

}  // namespace
}  // namespace cagelint::input
