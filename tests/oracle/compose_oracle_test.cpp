// Compose projects as the real docker-compose loads them, beside the model. CAGELINT_COMPOSE_SEED
// and CAGELINT_COMPOSE_COUNT change which random projects and how many; CAGELINT_COMPOSE_CORPUS
// names a folder of compose files, each of which is a project of its own.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "linter/driver/lint.h"
#include "linter/driver/model_json.h"
#include "tests/oracle/compose_compare.h"
#include "tests/oracle/compose_program.h"
#include "tests/oracle/compose_projects.h"
#include "tests/support/scratch.h"

namespace cagelint::test {
namespace {

std::uint64_t Number(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Known {
  // A part of a difference.
  std::string_view part;
  std::string_view why;
};

// Where docker-compose 2.40 differs from what is modelled, and why.
const std::vector<Known> kKnown{
#include "tests/oracle/compose_known_differences.inc"
};

bool IsKnown(const std::string& text) {
  return std::any_of(std::begin(kKnown), std::end(kKnown),
                     [&](const Known& one) { return text.find(one.part) != std::string::npos; });
}

// The file system as a program sees it that was started in `folder`.
base::FileSystem FilesIn(const std::string& folder) {
  const base::FileSystem real = base::RealFiles();
  base::FileSystem files;
  files.working_directory = folder;
  const auto at = [folder](const std::string& path) { return base::JoinPath(folder, path); };
  files.read = [=](const std::string& path) { return real.read(at(path)); };
  files.kind = [=](const std::string& path) { return real.kind(at(path)); };
  files.is_link = [=](const std::string& path) { return real.is_link(at(path)); };
  files.list = [=](const std::string& path) { return real.list(at(path)); };
  return files;
}

class Session {
 public:
  explicit Session(ComposeProgram program) : program_(std::move(program)) {}

  void All(const std::vector<ComposeProject>& projects) {
    projects_ = &projects;
    std::vector<std::thread> workers;
    const unsigned count = std::max(2U, std::thread::hardware_concurrency()) + 1;
    for (unsigned i = 0; i < count; ++i) workers.emplace_back([this] { Work(); });
    for (std::thread& worker : workers) worker.join();
  }

  std::string Summary() const {
    return "docker-compose " + std::to_string(program_.major) + "." +
           std::to_string(program_.minor) + ": " + std::to_string(accepted_ + refused_) +
           " projects compared, " + std::to_string(accepted_) + " accepted, " +
           std::to_string(refused_) + " refused, " + std::to_string(known_) + " known to differ";
  }
  const std::vector<std::string>& Failures() const { return failures_; }
  std::size_t Accepted() const { return accepted_; }
  std::size_t Refused() const { return refused_; }

 private:
  void Work() {
    for (std::size_t i = next_++; i < projects_->size(); i = next_++) {
      const ComposeProject& project = (*projects_)[i];
      const std::string name = "p" + std::to_string(i);
      for (const auto& [path, bytes] : project.files) scratch_.Write(name + "/" + path, bytes);
      const std::string folder = std::filesystem::canonical(scratch_.Root() / name).string();
      Judge(project, folder);
      std::filesystem::remove_all(folder);
    }
  }

  Loaded Load(const ComposeProject& project, const std::string& folder) const {
    std::vector<std::string> options{"--ansi", "never"};
    for (const std::string& file : project.named) options.insert(options.end(), {"-f", file});
    for (const std::string& file : project.env_files)
      options.insert(options.end(), {"--env-file", file});
    std::vector<std::string> environment{"PATH=/usr/bin:/bin", "HOME=/nowhere",
                                         "DOCKER_HOST=unix:///nowhere/socket", "GOMEMLIMIT=1GiB"};
    for (const auto& [key, value] : project.environment) environment.push_back(key + "=" + value);
    return LoadWith(program_, folder, options, environment);
  }

  static driver::Outcome Lint(const ComposeProject& project, const std::string& folder) {
    driver::Request request;
    request.input.use_environment = true;
    request.input.process_environment = project.environment;
    request.input.process_environment.insert({{"PATH", "/usr/bin:/bin"},
                                              {"HOME", "/nowhere"},
                                              {"DOCKER_HOST", "unix:///nowhere/socket"},
                                              {"GOMEMLIMIT", "1GiB"}});
    request.input.env_files = project.env_files;
    request.compose_files = project.named;
    if (project.named.empty()) request.paths = {"compose.yaml"};
    return driver::Lint(request, FilesIn(folder));
  }

  void Judge(const ComposeProject& project, const std::string& folder) {
    const driver::Outcome outcome = Lint(project, folder);
    Loaded loaded = Load(project, folder);
    std::vector<std::string> differences = Compare(loaded, outcome);
    // It goes through the services in an order of chance, which shows where one that is extended
    // takes something away.
    constexpr int kMostTries = 12;
    const bool chance = Mentions(project, "extends") &&
                        (Mentions(project, "!reset") || Mentions(project, "!override"));
    for (int i = 0; i < kMostTries && chance && !differences.empty(); ++i) {
      loaded = Load(project, folder);
      differences = Compare(loaded, outcome);
    }
    Note(project, loaded.accepted, differences);
  }

  static bool Mentions(const ComposeProject& project, std::string_view word) {
    return std::any_of(project.files.begin(), project.files.end(), [&](const auto& file) {
      return file.second.find(word) != std::string::npos;
    });
  }

  static std::vector<std::string> Compare(const Loaded& loaded, const driver::Outcome& outcome) {
    const auto& gaps = outcome.report.gaps;
    // A syntax error that only one of our two parsers sees is a gap, and is not called a refusal.
    const auto refusal = std::find_if(gaps.begin(), gaps.end(), [&](const auto& gap) {
      return gap.refused || (gap.kind == "syntax-error" && !loaded.accepted);
    });
    const std::string refused = refusal == gaps.end() ? "" : refusal->message;
    if (loaded.timed_out) return {"docker-compose did not end"};
    if (loaded.accepted != refused.empty())
      return {(loaded.accepted ? "accepted, but: " + refused : "not refused: ") +
              LastLine(loaded.errors)};
    if (!loaded.accepted) return {};
    return ProjectDifferences(loaded.project, nlohmann::json::parse(driver::ModelJson(outcome)));
  }

  static std::string LastLine(const std::string& text) {
    std::string last, line;
    for (std::istringstream lines(text); std::getline(lines, line);)
      if (line.find("level=warning") == std::string::npos) last += line + " ";
    return last.substr(0, 300);
  }

  void Note(const ComposeProject& project, bool accepted,
            const std::vector<std::string>& differences) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++(accepted ? accepted_ : refused_);
    for (const std::string& difference : differences) {
      if (IsKnown(difference))
        ++known_;
      else
        failures_.push_back(difference + "\n" + project.Shown());
    }
  }

  ComposeProgram program_;
  Scratch scratch_;
  const std::vector<ComposeProject>* projects_ = nullptr;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::size_t accepted_ = 0, refused_ = 0, known_ = 0;
  std::vector<std::string> failures_;
};

void Report(const Session& session) {
  std::cout << session.Summary() << '\n';
  constexpr std::size_t kMostShown = 400;
  for (std::size_t i = 0; i < std::min(kMostShown, session.Failures().size()); ++i)
    ADD_FAILURE() << session.Failures()[i];
  EXPECT_TRUE(session.Failures().empty()) << session.Failures().size() << " differences";
}

constexpr const char* kNoProgram =
    "there is no docker-compose 2.40; .ci/docker-compose unpacks one";

TEST(ComposeOracleTest, RandomProjectsAreLoadedAsByDockerCompose) {
  const std::optional<ComposeProgram> program = FindCompose();
  if (!program && std::getenv("CAGELINT_REQUIRE_ORACLES") != nullptr) FAIL() << kNoProgram;
  if (!program) GTEST_SKIP() << kNoProgram;
  ProjectMaker maker(Number("CAGELINT_COMPOSE_SEED", 1));
  std::vector<ComposeProject> projects(Number("CAGELINT_COMPOSE_COUNT", 300));
  for (ComposeProject& project : projects) project = maker.Make();
  Session session(*program);
  session.All(projects);
  Report(session);
  // Both verdicts must be met often, or nothing is compared.
  EXPECT_GT(session.Accepted() * 5, projects.size());
  EXPECT_GT(session.Refused() * 5, projects.size());
}

TEST(ComposeOracleTest, FilesOfACorpusAreLoadedAsByDockerCompose) {
  const char* folder = std::getenv("CAGELINT_COMPOSE_CORPUS");
  if (folder == nullptr) GTEST_SKIP() << "CAGELINT_COMPOSE_CORPUS names no folder";
  const std::optional<ComposeProgram> program = FindCompose();
  ASSERT_TRUE(program) << kNoProgram;
  std::vector<ComposeProject> projects;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (!entry.is_regular_file() || (extension != ".yml" && extension != ".yaml")) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    ComposeProject project;
    project.files["compose.yaml"] = {std::istreambuf_iterator<char>(in), {}};
    project.environment = {{"COMPOSE_PROFILES", "*"}, {"CORPUS_FILE", entry.path().filename()}};
    projects.push_back(std::move(project));
  }
  ASSERT_FALSE(projects.empty()) << folder << " holds no compose files";
  Session session(*program);
  session.All(projects);
  Report(session);
}

}  // namespace
}  // namespace cagelint::test
