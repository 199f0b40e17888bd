// Replays the conversations of fixtures/lsp, which fixtures/README.md describes.
#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/support/fixture.h"
#include "tests/support/lsp_editor.h"
#include "tests/support/model_subset.h"

namespace cagelint::lsp {
namespace {

using Json = nlohmann::json;

std::vector<std::string> Transcripts() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(CAGELINT_SOURCE_DIR "/fixtures/lsp"))
    names.push_back("fixtures/lsp/" + entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

// The first word of `line`, which loses it.
std::string Word(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  std::string word(line.substr(0, end));
  line = base::Trim(line.substr(end));
  return word;
}

bool IsNumber(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

class Replay {
 public:
  explicit Replay(const std::string& path) {
    std::string file;
    bool talks = false;
    const std::string text = test::ReadRepositoryFile(path);
    for (const std::string_view line : base::Split(text, '\n')) {
      if (line.starts_with("--- ")) {
        Keep(file);
        file = line.substr(4);
        talks = file == "TALK";
      } else if (talks) {
        Say(line);
      } else if (!file.empty()) {
        bytes_ += std::string(line) + "\n";
      }
    }
    Nothing("the end");
    EXPECT_TRUE(talks) << "nobody talks";
  }

 private:
  void Keep(const std::string& file) {
    if (!file.empty()) editor_.Files().Add(file, bytes_);
    bytes_.clear();
  }

  void Say(std::string_view line) {
    const std::string whole(line);
    const std::string who = Word(line);
    if (who.empty() || who == "#") return;
    if (who == "<") return Expect(line, whole);
    Nothing(whole);
    if (who == "wait") return Wait(line);
    ASSERT_EQ(who, ">") << whole;
    Json message = Json::object();
    std::string word = Word(line);
    if (IsNumber(word)) {
      message["id"] = std::stoi(word);
      word = Word(line);
    }
    message["method"] = word;
    if (!line.empty()) message["params"] = Json::parse(line);
    editor_.Send(message);
    Take();
  }

  void Wait(std::string_view line) {
    editor_.Wait(std::chrono::milliseconds(std::stoi(std::string(line))));
    Take();
  }

  void Take() {
    for (Json& message : editor_.Received()) waiting_.push_back(std::move(message));
  }

  void Expect(std::string_view line, const std::string& whole) {
    ASSERT_FALSE(waiting_.empty()) << "not sent: " << whole;
    const Json sent = waiting_.front();
    waiting_.erase(waiting_.begin());
    const std::string word = Word(line);
    if (!IsNumber(word)) {
      EXPECT_EQ(sent.value("method", ""), word) << whole;
      return Compare(line, sent.value("params", Json()), whole);
    }
    EXPECT_EQ(sent.at("id"), std::stoi(word)) << whole;
    if (!line.starts_with("error ")) return Compare(line, sent.value("result", Json()), whole);
    ASSERT_TRUE(sent.contains("error")) << whole << "\n" << sent;
    EXPECT_EQ(sent.at("error").at("code"), std::stoi(std::string(line.substr(6)))) << whole;
  }

  static void Compare(std::string_view expected, const Json& actual, const std::string& whole) {
    // Lists and null have no keys to be left out.
    const std::string wrapped = "{\"it\": " + std::string(expected) + "}";
    const std::string it = Json{{"it", actual}}.dump();
    if (Json::parse(expected).is_null()) {
      EXPECT_TRUE(actual.is_null()) << whole << "\n" << it;
      return;
    }
    for (const std::string& difference : test::ModelDifferences(wrapped, it))
      ADD_FAILURE() << whole << "\n" << difference << "\n" << it;
  }

  void Nothing(const std::string& before) {
    for (const Json& message : waiting_)
      ADD_FAILURE() << "in front of " << before << " was sent: " << message;
    waiting_.clear();
  }

  test::LspEditor editor_;
  std::string bytes_;
  std::vector<Json> waiting_;
};

class LspTranscript : public testing::TestWithParam<std::string> {};

TEST_P(LspTranscript, IsWhatTheServerSays) { Replay replay(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Fixtures, LspTranscript, testing::ValuesIn(Transcripts()),
                         [](const auto& one) {
                           std::string name = std::filesystem::path(one.param).stem().string();
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace cagelint::lsp
