// SARIF 2.1.0: one run, a result a line.
//
// - Suppressed findings are results with a suppression: `inSource` for comments and x-cagelint,
//   `external` for the configuration and a baseline.
// - Gaps are notifications of the tool's execution, with a descriptor for each kind; one without a
//   place names its file. Errors are notifications without a place, and then the execution was not
//   successful. What a baseline has and nobody finds any more is left out: it has no place.
// - URIs are relative to %SRCROOT%, for which nobody gives an address: the working directory.
//   Absolute paths are `file:` URIs. What stands in no file is `untitled:%3Cstdin%3E` or
//   `untitled:%3Ccommand%20line%3E`.
// - Only rules that found something are described. They have a helpUri where RuleUri knows one.
// - `partialFingerprints` has a key of our own. GitHub's `primaryLocationLineHash` is left to its
//   upload action, which complains about each that it would have made otherwise.
// - There is one run whatever its size. Several would need a category each, and GitHub keeps the
//   alerts of a category for ever that a later, smaller document no longer has.
#include "linter/output/sarif.h"

#include <algorithm>
#include <optional>

#include "linter/output/deflated_size.h"
#include "linter/output/fingerprints.h"
#include "linter/output/plain_text.h"
#include "linter/output/sarif_parts.h"
#include "linter/output/snippet.h"

namespace cagelint::output {
namespace {

constexpr std::string_view kHead =
    R"({"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",)"
    "\n"
    R"("version":"2.1.0","runs":[{)";
// What the layout needs around all lists.
constexpr std::size_t kLayout = 4096;

template <typename Items, typename Make>
std::string List(const Items& items, std::size_t most, Make make) {
  std::string out = "[";
  const char* before = "\n";
  for (std::size_t i = 0; i < std::min(items.size(), most); ++i) {
    out += before + Compact(make(items[i]));
    before = ",\n";
  }
  return out + "]";
}

class Document {
 public:
  Document(const engine::Report& report, const WriterOptions& options, const SarifLimits& limits)
      : report_(report),
        options_(options),
        limits_(limits),
        descriptors_(report),
        fingerprints_(FindingFingerprints(report)) {}

  std::string Text() {
    const std::string tool = Tool();
    const std::string gaps = List(report_.gaps, limits_.notifications, [&](const auto& gap) {
      return SarifNotification(report_, gap, descriptors_);
    });
    const std::string results = Results(tool.size() + gaps.size(), tool + gaps);
    return std::string(kHead) + tool + ",\n\"invocations\":[" + Invocation(gaps) +
           "],\n\"columnKind\":\"unicodeCodePoints\",\n"
           "\"originalUriBaseIds\":{\"%SRCROOT%\":{\"description\":{\"text\":"
           "\"The folder in which cagelint ran.\"}}},\n\"results\":" +
           results + "}]}\n";
  }

 private:
  std::string Tool() const {
    const auto same = [](const Json& json) { return json; };
    return "\"tool\":{\"driver\":{\"name\":\"cagelint\",\"semanticVersion\":\"" CAGELINT_VERSION
           "\"" +
           Address() + ",\n\"rules\":" + List(descriptors_.Rules(options_), SIZE_MAX, same) +
           ",\n\"notifications\":" + List(descriptors_.Notifications(), SIZE_MAX, same) + "}}";
  }

  std::string Address() const {
    if (options_.source_url.empty()) return {};
    return ",\"informationUri\":" + Compact(options_.source_url);
  }

  // All in their order, if they fit; otherwise the worst ones that do. `rest` is what else is large
  // in the document.
  std::string Results(std::size_t rest_size, const std::string& rest) {
    std::vector<std::size_t> order(report_.findings.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (order.size() <= limits_.results) {
      std::string out = Some(order, limits_.bytes, nullptr, rest_size);
      if (written_ == order.size()) return out;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return Rank(report_.findings[a]) > Rank(report_.findings[b]);
    });
    order.resize(std::min(order.size(), limits_.results));
    DeflatedSize compressed;
    compressed.Add(rest);
    return Some(order, limits_.bytes, &compressed, rest_size);
  }

  // Those of `order` that fit into `bytes`: compressed, if that is counted.
  std::string Some(const std::vector<std::size_t>& order, std::size_t bytes,
                   DeflatedSize* compressed, std::size_t rest_size) {
    std::string out = "[";
    written_ = 0;
    for (const std::size_t index : order) {
      const std::string text =
          (written_ == 0 ? "\n" : ",\n") + Compact(SarifResult(report_, report_.findings[index],
                                                               fingerprints_[index], descriptors_));
      if (compressed != nullptr) compressed->Add(text);
      const std::size_t plain = rest_size + out.size() + text.size();
      const std::size_t size =
          compressed == nullptr ? plain : std::min(plain, compressed->AtMost());
      if (size + kLayout > bytes) break;
      out += text;
      ++written_;
    }
    return out + "]";
  }

  // What is not suppressed comes first, then what is worse.
  static int Rank(const diagnostic::Diagnostic& finding) {
    return (finding.suppressed ? 0 : 4) + static_cast<int>(finding.severity);
  }

  std::string Invocation(const std::string& gaps) const {
    std::vector<Json> said;
    const auto say = [&](std::string text, const char* level) {
      said.push_back({{"level", level}, {"message", SarifMessage(std::move(text))}});
    };
    for (const std::string& error : report_.errors) say(Printable(error), "error");
    if (const std::size_t missing = report_.findings.size() - written_; missing > 0)
      say(std::to_string(missing) + " of " + std::to_string(report_.findings.size()) +
              " results are left out, the least grave ones: the document would be too large",
          "warning");
    if (report_.gaps.size() > limits_.notifications)
      say(std::to_string(report_.gaps.size() - limits_.notifications) +
              " more parts of the inputs could not be judged",
          "warning");
    std::string out =
        std::string("{\"executionSuccessful\":") + (report_.errors.empty() ? "true" : "false");
    if (options_.exit_code) out += ",\"exitCode\":" + std::to_string(*options_.exit_code);
    out += ",\"toolExecutionNotifications\":" + gaps;
    out.pop_back();
    for (const Json& each : said) out += (out.back() == '[' ? "\n" : ",\n") + Compact(each);
    return out + "]}";
  }

  const engine::Report& report_;
  const WriterOptions& options_;
  const SarifLimits& limits_;
  SarifDescriptors descriptors_;
  std::vector<std::string> fingerprints_;
  std::size_t written_ = 0;  // results
};

std::string Write(const engine::Report& report, const WriterOptions& options) {
  return Sarif(report, options, {});
}

}  // namespace

std::string Sarif(const engine::Report& report, const WriterOptions& options,
                  const SarifLimits& limits) {
  return Document(report, options, limits).Text();
}

extern const Writer kSarifWriter{"sarif", "for GitHub and others: SARIF 2.1.0", Write, true};

}  // namespace cagelint::output
