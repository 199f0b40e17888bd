// docker's command lines as the real client reads them: random ones, run against an engine that
// only listens, beside the model. CAGELINT_ORACLE_SEED and CAGELINT_ORACLE_COUNT change which and
// how many.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "linter/driver/model_json.h"
#include "tests/oracle/docker_compare.h"
#include "tests/oracle/docker_vectors.h"
#include "tests/support/scratch.h"

namespace cagelint::test {
namespace {

using Words = std::vector<std::string>;

std::uint64_t Number(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string Shown(const Words& words) {
  std::string out = "docker";
  for (const std::string& word : words) out += " " + base::ShellQuote(word);
  return out;
}

struct Difference {
  // A part of the command line or of the difference; the versions to which it applies.
  std::string_view part;
  int from_major;  // clients from it on; 0: all
  std::string_view why;
};

// Where the client at hand differs from what is modelled (docker 28), and why.
constexpr Difference kKnown[] = {
#include "tests/oracle/docker_known_differences.inc"
};

bool IsKnown(const Client& client, const std::string& text) {
  return std::any_of(std::begin(kKnown), std::end(kKnown), [&](const Difference& one) {
    return client.major >= one.from_major && text.find(one.part) != std::string::npos;
  });
}

// What the client is run in: files that values name.
void WriteFiles(const Scratch& scratch) {
  scratch.Write("work/e.env", "# a comment\nFILE=1\n  LEAD=2\nSET\nUNSET\nEMPTY=\n\nA=file\n");
  scratch.Write("work/bad.env", "GOOD=1\nnot a name=2\n");
  scratch.Write("work/empty.env", "");
  scratch.Write("work/crlf.env", "A=1\r\nB=2\r\n");
  scratch.Write("work/bom.env",
                "\xEF\xBB\xBF"
                "A=1\nB=2");
  scratch.Write("work/odd.env", "A=b=c\nB='q'\n\tC=3\n#D=4\nE =5\n");
  scratch.Write("work/s.json", R"({"defaultAction": "SCMP_ACT_ALLOW"})");
  scratch.Write("work/bad.json", "{");
}

class Session {
 public:
  explicit Session(Client client) : client_(std::move(client)), files_(base::RealFiles()) {
    WriteFiles(scratch_);
    work_ = std::filesystem::canonical(scratch_.Root() / "work").string();
    std::filesystem::current_path(work_);
    files_ = base::RealFiles();
  }

  void All(const std::vector<Words>& vectors) {
    vectors_ = &vectors;
    std::vector<std::thread> workers;
    const unsigned count = std::max(2U, std::thread::hardware_concurrency()) + 1;
    for (unsigned i = 0; i < count; ++i) workers.emplace_back([this, i] { Work(i); });
    for (std::thread& worker : workers) worker.join();
  }

  std::string Summary() const {
    return "docker " + std::to_string(client_.major) + "." + std::to_string(client_.minor) + ": " +
           std::to_string(compared_) + " command lines compared, " + std::to_string(accepted_) +
           " accepted, " + std::to_string(refused_) + " refused, " + std::to_string(known_) +
           " known to differ";
  }
  const std::vector<std::string>& Failures() const { return failures_; }
  std::size_t Accepted() const { return accepted_; }
  std::size_t Refused() const { return refused_; }

 private:
  void Work(unsigned number) {
    const std::string state = scratch_.At("state" + std::to_string(number) + "/");
    std::filesystem::create_directories(state);
    ClientRunner runner(client_, state.substr(0, state.size() - 1), work_);
    for (std::size_t i = next_++; i < vectors_->size(); i = next_++) {
      const Words& words = (*vectors_)[i];
      const Verdict verdict = runner.Run(words);
      Judge(words, verdict);
    }
  }

  void Judge(const Words& words, const Verdict& verdict) {
    driver::Request request;
    request.arguments = {"docker"};
    request.arguments.insert(request.arguments.end(), words.begin(), words.end());
    request.input.use_environment = true;
    request.input.process_environment = {
        {"PATH", "/usr/bin:/bin"}, {"HOME", "/nowhere"}, {"SET", "value"}};
    const driver::Outcome outcome = driver::Lint(request, files_);
    const auto& gaps = outcome.report.gaps;
    const auto refusal =
        std::find_if(gaps.begin(), gaps.end(), [](const auto& gap) { return gap.refused; });
    std::string refused = refusal == gaps.end() ? "" : refusal->message;
    if (client_.major >= 29 && refused.empty()) refused = RefusedLater(outcome);
    std::vector<std::string> differences;
    // Without an engine the client cannot know on which system it runs.
    if (verdict.unreachable && refused.find("is for Windows") != std::string::npos) refused.clear();
    if (verdict.timed_out)
      differences.push_back("the client did not end");
    else if (verdict.accepted != refused.empty())
      differences.push_back((verdict.accepted ? "accepted, but: " + refused : "not refused: ") +
                            verdict.output.substr(0, 160));
    else if (verdict.accepted)
      differences =
          Differences(verdict, nlohmann::json::parse(driver::ModelJson(outcome)), words, work_);
    Note(words, verdict, differences);
  }

  static std::string RefusedLater(const driver::Outcome& outcome) {
    for (const auto& document : outcome.documents)
      for (const auto& remark : document.remarks)
        if (remark.kind == model::RemarkKind::kDeprecatedOption &&
            remark.message.find("docker 29 refuses") != std::string::npos)
          return remark.message;
    return "";
  }

  void Note(const Words& words, const Verdict& verdict,
            const std::vector<std::string>& differences) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++compared_;
    ++(verdict.accepted ? accepted_ : refused_);
    for (const std::string& difference : differences) {
      std::string text = Shown(words) + "\n  " + difference;
      if (IsKnown(client_, text))
        ++known_;
      else
        failures_.push_back(std::move(text));
    }
  }

  Client client_;
  Scratch scratch_;
  std::string work_;
  base::FileSystem files_;
  const std::vector<Words>* vectors_ = nullptr;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::size_t compared_ = 0, accepted_ = 0, refused_ = 0, known_ = 0;
  std::vector<std::string> failures_;
};

TEST(DockerOracleTest, CommandLinesAreReadAsByTheClient) {
  const std::optional<Client> client = FindClient();
  if (!client && std::getenv("CAGELINT_REQUIRE_ORACLES") != nullptr)
    FAIL() << "there is no docker client; .ci/docker-client unpacks one";
  if (!client) GTEST_SKIP() << "there is no docker client; .ci/docker-client unpacks one";
  VectorMaker maker(*client, Number("CAGELINT_ORACLE_SEED", 1));
  std::vector<Words> vectors(Number("CAGELINT_ORACLE_COUNT", 5000));
  for (Words& words : vectors) words = maker.Make();
  Session run(*client);
  run.All(vectors);
  std::cout << run.Summary() << '\n';
  constexpr std::size_t kMostShown = 400;
  for (std::size_t i = 0; i < std::min(kMostShown, run.Failures().size()); ++i)
    ADD_FAILURE() << run.Failures()[i];
  EXPECT_TRUE(run.Failures().empty()) << run.Failures().size() << " differences";
  // Both verdicts must be met often, or nothing is compared.
  EXPECT_GT(run.Accepted() * 5, vectors.size());
  EXPECT_GT(run.Refused() * 5, vectors.size());
}

}  // namespace
}  // namespace cagelint::test
