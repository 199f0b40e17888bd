// What a real engine says of a container that a command line made is read as that command line:
// the settings are the same, but for what no output can tell.
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "linter/driver/model_json.h"
#include "tests/support/memory_files.h"
#include "tests/witness/support/engine.h"

namespace cagelint::test {
namespace {

using Json = nlohmann::json;
using Words = std::vector<std::string>;

// Containers of the engine's own image, `probe:1`, without its networks, which need a bridge.
const std::vector<Words>& Commands() {
  static const std::vector<Words> commands{
      {},
      {"-u", "1000:1000", "--read-only", "--cap-drop", "ALL", "--cap-add", "NET_ADMIN", "--init"},
      {"-t", "-i", "--security-opt", "no-new-privileges", "--pids-limit", "100", "-m", "512m"},
      {"--cpus", "1.5", "-m", "64m", "--memory-swap", "-1", "--memory-reservation", "32m"},
      {"--privileged", "-v", "/var/run/docker.sock:/s", "-v", "/etc:/host/etc:ro", "-v",
       "vol:/data"},
      {"-v", "/anonymous", "--tmpfs", "/tmp:rw,size=64m"},
      {"--mount", "type=bind,src=/srv,dst=/srv,readonly,bind-propagation=rslave"},
      {"--mount", "type=volume,src=vol2,dst=/d2,volume-nocopy", "--mount", "type=tmpfs,dst=/r"},
      {"--pid", "host", "--ipc", "host", "--uts", "host", "--userns", "host"},
      {"--security-opt", "apparmor=unconfined", "--restart", "unless-stopped"},
      {"--security-opt", "seccomp=unconfined", "--security-opt", "systempaths=unconfined"},
      {"--restart", "on-failure:3", "--log-opt", "max-size=10m", "--log-opt", "max-file=3"},
      {"-e", "A=b c", "--label", "k=v", "--entrypoint", "/bin/sh", "--workdir", "/app"},
      {"--hostname", "h", "--add-host", "a:1.2.3.4", "--dns", "1.1.1.1", "--group-add", "27"},
      {"--ulimit", "nofile=10:20", "--sysctl", "net.ipv4.ip_unprivileged_port_start=0"},
      {"--device", "/dev/null:/dev/x:rwm", "--device-cgroup-rule", "c 1:3 rwm", "--rm"},
      {"--shm-size", "128m", "--cpu-shares", "512", "--oom-score-adj", "10", "--stop-timeout", "3"},
      {"--cpu-quota", "5000", "--cpu-period", "10000", "--ipc", "none", "--log-driver", "none"},
      {"-p", "8080:80", "-p", "127.0.0.1:5300:53/udp", "-P", "--cgroup-parent", "/x"}};
  return commands;
}

driver::Request NewRequest() {
  driver::Request request;
  request.policy = driver::LoadPolicy("agent").Value();
  return request;
}

// The settings of the one container, without their places.
Json SettingsOf(const driver::Request& request) {
  static const MemoryFiles kNone;
  const driver::Outcome outcome = driver::Lint(request, kNone.System());
  const Json model = Json::parse(driver::ModelJson(outcome));
  Json out = Json::object();
  if (model["containers"].size() != 1) return out;
  for (const auto& [name, setting] : model["containers"][0]["settings"].items())
    out[name] = setting.contains("value") ? setting["value"] : Json("not known");
  return out;
}

// What the engine adds by itself, or puts in another order.
void Forgive(Json& settings, const Json& written) {
  if (!written.contains("name")) settings.erase("name");
  if (!written.contains("user") && settings.value("user", "") == "root") settings.erase("user");
  // It says which one it took where nothing was written.
  if (!written.contains("cgroup")) settings.erase("cgroup");
  if (!written.contains("runtime")) settings.erase("runtime");  // this engine has one of its own
  if (settings.contains("environment")) {
    settings["environment"].erase("PATH");
    if (settings["environment"].empty()) settings.erase("environment");
  }
  for (const char* list : {"mounts", "ports", "security_opt"})
    if (settings.contains(list)) std::sort(settings[list].begin(), settings[list].end());
}

class InspectOracleTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    engine_ = std::make_unique<PrivateEngine>();
    engine_->Start();
  }
  static void TearDownTestSuite() {
    EXPECT_EQ(engine_->Stop(), "");
    engine_.reset();
  }
  void SetUp() override {
    const char* required = std::getenv("CAGELINT_REQUIRE_ORACLES");
    const std::string& missing = engine_->Missing();
    if (!missing.empty() && required != nullptr && *required != '\0') FAIL() << missing;
    if (!missing.empty()) GTEST_SKIP() << missing;
    ASSERT_EQ(engine_->Broken(), "");
    if (!engine_->Unable().empty()) GTEST_SKIP() << "not on this machine: " << engine_->Unable();
  }
  static std::unique_ptr<PrivateEngine> engine_;
};

std::unique_ptr<PrivateEngine> InspectOracleTest::engine_;

TEST_F(InspectOracleTest, SaysWhatTheCommandLineSaid) {
  for (const Words& flags : Commands()) {
    Words words{"docker", "run", "--network", "none"};
    words.insert(words.end(), flags.begin(), flags.end());
    words.insert(words.end(), {"probe:1", "true"});
    std::string script = "id=$(docker create";
    for (std::size_t i = 2; i < words.size(); ++i) script += " " + base::ShellQuote(words[i]);
    SCOPED_TRACE(script);
    const Ran ran = engine_->Run(script + ") && docker inspect \"$id\"\n");
    const std::size_t begin = ran.out.find('[');
    ASSERT_NE(begin, std::string::npos) << ran.out;
    driver::Request written = NewRequest();
    written.arguments = words;
    driver::Request said = NewRequest();
    said.text = driver::Text{"<stdin>", ran.out.substr(begin)};
    const Json expected = [&] {
      Json settings = SettingsOf(written);
      Forgive(settings, settings);
      return settings;
    }();
    Json actual = SettingsOf(said);
    Forgive(actual, expected);
    EXPECT_EQ(actual, expected) << Json::diff(expected, actual).dump(2);
  }
}

}  // namespace
}  // namespace cagelint::test
