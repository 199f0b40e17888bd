#include "linter/input/dockerfile.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "linter/base/text.h"

namespace cagelint::input {
namespace {

using model::Setting;
using Text = std::optional<std::string>;  // none: cannot be known
using Variables = std::map<std::string, Text, std::less<>>;

constexpr std::size_t kLongestText = 4096;
constexpr int kDeepestWord = 8;
constexpr int kMostStages = 64;  // that one is made from
constexpr std::string_view kBlanks = " \t\r\v\f";

using base::IsNameByte;

// Words between blanks, quotes kept.
std::vector<std::string_view> SplitWords(std::string_view text, char escape) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(kBlanks, at)) != std::string_view::npos) {
    const std::size_t begin = at;
    char quote = '\0';
    for (; at < text.size(); ++at) {
      const char c = text[at];
      if (c == escape && quote != '\'')
        ++at;
      else if (c == quote)
        quote = '\0';
      else if (quote == '\0' && (c == '"' || c == '\''))
        quote = c;
      else if (quote == '\0' && kBlanks.find(c) != std::string_view::npos)
        break;
    }
    at = std::min(at, text.size());
    words.push_back(text.substr(begin, at - begin));
  }
  return words;
}

struct Stage {
  std::string name;  // lower case
  int below = -1;    // the stage that it is made from
  Setting<std::string> base;
  Setting<std::string> user;
  std::vector<Setting<std::string>> volumes;
  Variables environment;
  Variables arguments;
};

class Builder {
 public:
  Builder(const syntax::Dockerfile& file, const BuildArguments& arguments)
      : file_(file), given_(arguments) {}

  void Run() {
    for (const syntax::DockerInstruction& instruction : file_.instructions) {
      if (instruction.keyword == "FROM")
        From(instruction);
      else if (instruction.keyword == "ARG")
        Declare(instruction);
      else if (instruction.keyword == "ENV" && !stages_.empty())
        Set(instruction);
      else if (instruction.keyword == "USER" && !stages_.empty())
        stages_.back().user = Read(instruction, 0, instruction.arguments.size());
      else if (instruction.keyword == "VOLUME" && !stages_.empty())
        AddVolumes(instruction);
    }
  }

  DockerfileFacts FactsOf(const std::string& target) const {
    DockerfileFacts facts;
    for (int at = Find(target); at >= 0;) {  // a stage is made from an earlier one
      const Stage& stage = stages_[static_cast<std::size_t>(at)];
      if (facts.user.IsAbsent()) facts.user = stage.user;
      facts.base = stage.base;
      facts.volumes.insert(facts.volumes.end(), stage.volumes.begin(), stage.volumes.end());
      at = stage.below;
    }
    return facts;
  }

 private:
  int Find(const std::string& target) const {
    if (target.empty()) return static_cast<int>(stages_.size()) - 1;
    const int named = StageNamed(target);
    int number = -1;
    const auto [end, error] = std::from_chars(target.data(), target.data() + target.size(), number);
    const bool is_number = error == std::errc() && end == target.data() + target.size();
    if (named >= 0 || !is_number) return named;
    return number >= 0 && number < static_cast<int>(stages_.size()) ? number : -1;
  }

  int StageNamed(std::string_view name) const {
    const auto found = by_name_.find(base::ToLower(name));
    return found == by_name_.end() ? -1 : found->second;
  }

  // FROM [--platform=…] IMAGE [AS NAME]
  void From(const syntax::DockerInstruction& instruction) {
    const std::string_view text = instruction.arguments;
    std::vector<std::string_view> words = SplitWords(text, file_.escape);
    while (!words.empty() && words.front().starts_with("--")) words.erase(words.begin());
    Stage stage;
    if (!words.empty()) {
      const auto begin = static_cast<std::size_t>(words[0].data() - text.data());
      in_from_ = true;
      stage.base = Read(instruction, begin, begin + words[0].size());
      in_from_ = false;
      if (stage.base.IsKnown()) stage.below = StageNamed(stage.base.value);
    }
    if (words.size() > 2 && base::ToLower(words[1]) == "as") stage.name = base::ToLower(words[2]);
    stages_.push_back(std::move(stage));
    if (!stages_.back().name.empty())
      by_name_[stages_.back().name] = static_cast<int>(stages_.size()) - 1;
  }

  // VOLUME /data /logs, or a JSON list of texts.
  void AddVolumes(const syntax::DockerInstruction& instruction) {
    const std::string_view text = instruction.arguments;
    for (const std::string_view word : SplitWords(text, file_.escape)) {
      auto begin = static_cast<std::size_t>(word.data() - text.data());
      std::size_t end = begin + word.size();
      constexpr std::string_view kJson = "[],\"";
      while (begin < end && kJson.find(text[begin]) != std::string_view::npos) ++begin;
      while (begin < end && kJson.find(text[end - 1]) != std::string_view::npos) --end;
      if (begin == end || text.substr(begin, end - begin).find_first_of(kJson) != std::string::npos)
        continue;
      auto path = Read(instruction, begin, end);
      if (path.IsKnown() && path.value.starts_with('/'))
        stages_.back().volumes.push_back(std::move(path));
    }
  }

  // Before the first FROM for all FROM lines; behind it for the stage.
  void Declare(const syntax::DockerInstruction& instruction) {
    for (const std::string_view word : SplitWords(instruction.arguments, file_.escape)) {
      const std::size_t equals = std::min(word.find('='), word.size());
      const std::string name(word.substr(0, equals));
      Variables& scope = stages_.empty() ? global_ : stages_.back().arguments;
      const auto given = given_.find(name);
      const auto global = global_.find(name);
      if (given != given_.end())
        scope[name] = given->second;
      else if (equals < word.size())
        scope[name] = Expand(word.substr(equals + 1), 0);
      else if (!stages_.empty() && global != global_.end())
        scope[name] = global->second;
    }
  }

  void Set(const syntax::DockerInstruction& instruction) {
    const std::string_view text = instruction.arguments;
    const std::vector<std::string_view> words = SplitWords(text, file_.escape);
    Variables& environment = stages_.back().environment;
    if (words.empty()) return;
    if (words[0].find('=') == std::string_view::npos) {  // ENV NAME the rest
      const std::size_t rest = text.find_first_not_of(kBlanks, words[0].size());
      environment[std::string(words[0])] = Expand(text.substr(std::min(rest, text.size())), 0);
      return;
    }
    std::vector<std::pair<std::string, Text>> pairs;  // all see what was set before the line
    for (const std::string_view word : words) {
      const std::size_t equals = std::min(word.find('='), word.size());
      pairs.emplace_back(word.substr(0, equals),
                         Expand(word.substr(std::min(equals + 1, word.size())), 0));
    }
    for (auto& [name, value] : pairs) environment[name] = std::move(value);
  }

  Setting<std::string> Read(const syntax::DockerInstruction& instruction, std::size_t begin,
                            std::size_t end) const {
    const std::string_view text =
        std::string_view(instruction.arguments).substr(begin, end - begin);
    const base::Span span = instruction.places.ToOuter(static_cast<std::uint32_t>(begin),
                                                       static_cast<std::uint32_t>(end));
    if (text.empty()) return {};
    const Text value = Expand(text, 0);
    return value ? Setting<std::string>::Known(*value, span, span)
                 : Setting<std::string>::Dynamic(std::string(text), span, span);
  }

  // ENV wins over ARG. The image below may set any variable: what no stage sets is not known.
  Text Find(std::string_view name) const {
    if (in_from_ || stages_.empty()) {
      const auto found = global_.find(name);
      return found == global_.end() ? std::nullopt : found->second;
    }
    int at = static_cast<int>(stages_.size()) - 1;
    for (int count = 0; at >= 0 && count < kMostStages; ++count) {
      const Stage& stage = stages_[static_cast<std::size_t>(at)];
      const auto found = stage.environment.find(name);
      if (found != stage.environment.end()) return found->second;
      at = stage.below;
    }
    const auto found = stages_.back().arguments.find(name);
    return found == stages_.back().arguments.end() ? std::nullopt : found->second;
  }

  Text Expand(std::string_view text, int depth) const {
    std::string out;
    char quote = '\0';
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      if (c == quote) {
        quote = '\0';
      } else if (quote == '\0' && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == file_.escape && quote != '\'' && at + 1 < text.size()) {
        out += text[++at];
      } else if (c == '$' && quote != '\'') {
        const Text value = TakeVariable(text, at, depth);
        if (!value) return std::nullopt;
        out += *value;
      } else {
        out += c;
      }
      if (out.size() > kLongestText) return std::nullopt;
    }
    return out;
  }

  // `at`: of the dollar; of the last byte that was taken afterwards.
  Text TakeVariable(std::string_view text, std::size_t& at, int depth) const {
    std::size_t end = at + 1;
    const bool braced = end < text.size() && text[end] == '{';
    if (braced) ++end;
    const std::size_t begin = end;
    while (end < text.size() && IsNameByte(text[end])) ++end;
    const std::string_view name = text.substr(begin, end - begin);
    if (name.empty() || depth > kDeepestWord) return std::nullopt;
    if (!braced) {
      at = end - 1;
      return Find(name);
    }
    const std::size_t close = text.find('}', end);
    if (close == std::string_view::npos) return std::nullopt;
    std::string_view operation = text.substr(end, close - end);
    at = close;
    const Text value = Find(name);
    if (operation.empty()) return value;
    // A nested `${…}` ends at another brace than the first: not followed.
    if (!value || operation.find("${") != std::string_view::npos) return std::nullopt;
    const bool counts_empty = operation.front() == ':';
    if (counts_empty) operation.remove_prefix(1);
    if (operation.empty()) return std::nullopt;
    const std::string_view word = operation.substr(1);
    const bool is_set = !counts_empty || !value->empty();
    if (operation.front() == '-') return is_set ? value : Expand(word, depth + 1);
    if (operation.front() == '+') return is_set ? Expand(word, depth + 1) : Text("");
    return std::nullopt;
  }

  const syntax::Dockerfile& file_;
  const BuildArguments& given_;
  std::vector<Stage> stages_;
  std::map<std::string, int, std::less<>> by_name_;
  Variables global_;
  bool in_from_ = false;
};

}  // namespace

DockerfileFacts ReadDockerfile(const syntax::Dockerfile& file, const std::string& target,
                               const BuildArguments& arguments) {
  Builder builder(file, arguments);
  builder.Run();
  return builder.FactsOf(target);
}

}  // namespace cagelint::input
