#include "linter/driver/lint.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "linter/base/byte_gate.h"
#include "linter/base/text.h"
#include "linter/driver/baseline_file.h"
#include "linter/driver/document_judge.h"
#include "linter/driver/judging.h"
#include "linter/driver/scan_cache.h"
#include "linter/driver/walk.h"
#include "linter/engine/baseline.h"
#include "linter/input/interest.h"

namespace cagelint::driver {
namespace {

enum class Turn { kDevcontainer, kProject, kOther, kProfile };

Turn TurnOf(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  // It may name compose files, and says more of them.
  if (name == "devcontainer.json" || name == ".devcontainer.json") return Turn::kDevcontainer;
  for (const std::string_view start : {"compose.", "docker-compose."})
    if (name == std::string(start) + "yaml" || name == std::string(start) + "yml")
      return Turn::kProject;
  return name.ends_with(".json") || name.ends_with(".jsonc") ? Turn::kProfile : Turn::kOther;
}

class Run {
 public:
  Run(const Request& request, const base::FileSystem& files) : request_(request), files_(files) {
    out_.sources = std::make_unique<base::SourceSet>();
    out_.report.sources = out_.sources.get();
    judging_.emplace(request_, files_, *out_.sources, out_.report.errors);
    judge_.emplace(request_, *judging_, out_);
    parts_.emplace(
        request_.on_part, [this](engine::Report& part) { Divide(part); }, out_.report);
  }

  Outcome Do() {
    if (!request_.arguments.empty()) {
      LintArguments();
    } else if (request_.text) {
      LintBytes(base::ShownPath(request_.text->name, files_.working_directory),
                request_.text->bytes, !request_.walk.as_walked);
      SayUntaken();
    } else if (!request_.compose_files.empty()) {
      LintComposeFiles();
    } else {
      LintPaths();
    }
    Judge();
    if (request_.walk.shards > 1) DivideInputs();
    return std::move(out_);
  }

 private:
  // `path` decides whose configuration says which engine is used.
  input::Context Context(const std::string& path, bool named = true) {
    const auto& config = judging_->ConfigFor(path).config;
    const input::Options* options = &request_.input;
    if (config != nullptr && config->engine && !options->engine) {
      auto& own = options_[config.get()];
      if (own == nullptr) own = std::make_unique<input::Options>(*options);
      own->engine = config->engine;
      options = own.get();
    }
    return {*out_.sources, files_, *options, named};
  }

  // With a configuration that cannot be read nothing is judged: its author wanted something else
  // than the defaults.
  bool HasGoodConfig(const std::string& path) { return !judging_->ConfigFor(path).is_broken; }

  // What a project or a script loads (an override, an `extends` base, a profile) is judged there,
  // and not once more by itself: so those that load come first. A file that the user names is
  // linted in any case.
  void LintPaths() {
    const Walked walked = WalkPaths();
    for (const PassedBy& file : walked.passed_by)
      out_.inputs.push_back({file.path, "", std::string(file.why)});
    // Whether there is a baseline shows in the configurations.
    if (request_.on_part)
      for (const WalkedFile& file : walked.files) judging_->ConfigFor(file.path);
    for (const Turn turn : {Turn::kDevcontainer, Turn::kProject, Turn::kOther, Turn::kProfile}) {
      for (const WalkedFile& file : walked.files) {
        if (IsStopped()) break;
        if (TurnOf(file.path) != turn || request_.skipped.contains(file.path)) continue;
        if (file.named || out_.sources->FindPath(file.path) == nullptr) LintFile(file);
        HandOn();
      }
    }
    SayUntaken();
    const auto by_path = [](const Listed& a, const Listed& b) { return a.path < b.path; };
    if (request_.walk.lists_passed_by)
      std::stable_sort(out_.inputs.begin(), out_.inputs.end(), by_path);
    std::stable_sort(out_.documents.begin(), out_.documents.end(),
                     [&](const model::Document& a, const model::Document& b) {
                       return out_.sources->Get(a.file).Path() < out_.sources->Get(b.file).Path();
                     });
  }

  Walked WalkPaths() {
    WalkOptions options = request_.walk;
    options.takes_all = !request_.carrier.empty();
    std::optional<ScanCache> cache;
    if (!request_.cache.empty()) {
      std::vector<std::string> roots;
      for (const std::string& path : request_.paths)
        roots.push_back(base::JoinPath(files_.working_directory, path));
      options.cache = &cache.emplace(request_.cache, roots);
    }
    std::string failure = cache ? cache->MakeFolder() : "";
    Walked walked;
    if (failure.empty()) walked = Walk(request_.paths, options, files_, out_.report);
    if (failure.empty() && cache && !IsStopped()) failure = cache->Save();
    if (!failure.empty())
      out_.report.errors.push_back("--cache " + request_.cache + ": " + failure);
    return walked;
  }

  // Whether this part of a run tells what is found there.
  bool IsOurs(std::string_view path) const { return IsInShard(request_.walk, path); }
  bool IsOurs(const model::Document& document) const {
    return IsOurs(out_.sources->Get(out_.sources->FileOf(document.file)).Path());
  }

  // What other parts of a run tell is taken out.
  void Divide(engine::Report& report) const {
    if (request_.walk.shards == 1) return;
    const auto is_foreign = [&](const base::Span& span) {
      return span.IsValid() && !IsOurs(out_.sources->Get(span.file).Path());
    };
    std::erase_if(report.findings, [&](const auto& finding) { return is_foreign(finding.span); });
    std::erase_if(report.gaps, [&](const diagnostic::Gap& gap) {
      return gap.span.IsValid() ? is_foreign(gap.span) : !IsOurs(gap.path);
    });
    std::erase_if(report.outlines,
                  [&](const auto& outline) { return is_foreign(outline.subject.span); });
    std::erase_if(report.fixed, [&](const auto& entry) { return !IsOurs(entry.path); });
  }

  void DivideInputs() {
    std::erase_if(out_.inputs, [&](const Listed& input) { return !IsOurs(input.path); });
    std::erase_if(out_.documents, [&](const auto& document) { return !IsOurs(document); });
  }

  bool IsStopped() const { return request_.walk.stop != nullptr && *request_.walk.stop; }

  void LintArguments() {
    std::string line;
    for (const std::string& word : request_.arguments) {
      if (base::FindInvalidUtf8(word)) {
        out_.report.errors.push_back("an argument is not UTF-8: " + word);
        return;
      }
      line += (line.empty() ? "" : " ") + base::ShellQuote(word);
    }
    const base::Source& source = out_.sources->Add(std::string(kCommandLine), line);
    if (!HasGoodConfig(source.Path())) return;
    Keep(input::ReadArgumentVector(request_.arguments, source, Context(source.Path())));
  }

  void LintComposeFiles() {
    std::vector<const base::Source*> sources;
    for (const std::string& named : request_.compose_files) {
      const std::string path = base::ShownPath(named, files_.working_directory);
      base::ReadResult read = files_.read(path);
      if (!read.Ok()) {
        out_.report.errors.push_back(path + ": " + read.message);
        continue;
      }
      if (!PassesGate(path, read.bytes, true)) continue;
      sources.push_back(&out_.sources->Add(path, std::move(read.bytes)));
    }
    if (!sources.empty() && HasGoodConfig(sources[0]->Path()))
      Keep(input::ReadComposeFiles(sources, Context(sources[0]->Path())));
  }

  void LintFile(const WalkedFile& file) {
    // Met without a walk.
    if (!file.named && request_.walk.as_walked &&
        !MayMatter(base::JoinPath(files_.working_directory, file.path)))
      return;
    if (!file.named && judging_->IsExcluded(file.path)) {
      if (IsOurs(file.path)) ++out_.report.excluded;
      out_.inputs.push_back({file.path, "", "excluded by the configuration"});
      return;
    }
    base::ReadResult read = files_.read(file.path);
    if (read.Ok()) {
      LintBytes(file.path, std::move(read.bytes), file.named);
    } else if (file.named && read.failure != base::ReadFailure::kTooLarge) {
      out_.report.errors.push_back(file.path + ": " + read.message);
    } else if (file.named || read.failure != base::ReadFailure::kNotRegular ||
               IsLikelyInput(file.path, "")) {
      const bool large = read.failure == base::ReadFailure::kTooLarge;
      if (large && !file.named && IsPassedByAsBinary(file.path, ReadBegin(file.path, files_)))
        return PassBy(file.path, "binary");
      const bool vanished = read.failure == base::ReadFailure::kMissing;
      AddGap(large ? "limit-reached" : "unreadable-file",
             vanished ? "was there a moment ago" : read.message, file.path);
    }
  }

  void LintBytes(const std::string& path, std::string bytes, bool named) {
    if (!HasGoodConfig(path)) return;
    const bool forced_any = !request_.carrier.empty();
    if (!named && !forced_any && !input::MayBeOfInterest(path, bytes))
      return PassBy(path, "nothing in it speaks of containers");
    if (!named && !forced_any && IsPassedByAsBinary(path, bytes)) return PassBy(path, "binary");
    if (!PassesGate(path, bytes, named)) return;
    // A workflow is one wherever in its tree the program was started.
    const std::string whole = base::JoinPath(files_.working_directory, path);
    for (const input::Reader& reader : input::Readers()) {
      const bool forced = reader.name == request_.carrier;
      if (forced_any ? !forced : !named && !reader.named(whole)) continue;
      const std::string why = forced ? "--carrier" : reader.accepts(whole, bytes);
      if (why.empty()) continue;
      out_.inputs.push_back({path, std::string(reader.name), why});
      // A profile that was named may be there already, since a script that was read names it too.
      const base::Source* known = out_.sources->FindPath(path);
      const base::Source& source =
          known != nullptr ? *known : out_.sources->Add(path, std::move(bytes));
      Keep(reader.read(source, Context(path, named)));
      return;
    }
    out_.inputs.push_back({path, "", "no reader takes it"});
    if (named) untaken_.push_back(path);
  }

  // What a project has loaded was judged there.
  void SayUntaken() {
    for (const std::string& path : untaken_)
      if (out_.sources->FindPath(path) == nullptr)
        AddGap("unsupported-construct", "nothing that is known to configure containers", path);
  }

  bool PassesGate(const std::string& path, std::string_view bytes, bool named) {
    const auto refusal = base::CheckBytes(bytes);
    if (!refusal) return true;
    if (!named && !IsLikelyInput(path, bytes)) return false;
    const bool large = bytes.size() > base::kLargestFile;
    std::string place;
    if (!large) place = " at byte " + std::to_string(refusal->offset);
    AddGap(large ? "limit-reached" : "unreadable-file", refusal->message + place, path);
    // Compose's loader refuses such bytes as well; a shell would take them.
    const bool compose = !request_.compose_files.empty() || IsComposeName(path);
    out_.report.gaps.back().refused = compose && !large;
    return false;
  }

  void PassBy(const std::string& path, const char* why) { out_.inputs.push_back({path, "", why}); }

  void AddGap(std::string kind, std::string message, const std::string& path) {
    diagnostic::Gap gap;
    gap.kind = std::move(kind);
    gap.message = std::move(message);
    gap.path = path;
    out_.report.gaps.push_back(std::move(gap));
  }

  void Keep(model::Document document) {
    if (IsOurs(document)) ++out_.report.files;
    if (request_.walk.progress != nullptr) ++request_.walk.progress->linted;
    KeepTexts(std::move(document), std::nullopt);
  }

  // The document of a file, or of a text in one that is `within`; and those of the texts in it.
  void KeepTexts(model::Document document, std::optional<model::Carrier> within) {
    document.within = within;
    for (model::Document& inner : std::exchange(document.embedded, {}))
      KeepTexts(std::move(inner), document.FileCarrier());
    // Of a project, one file says it all.
    if (!document.project.empty() && !projects_.insert(document.project).second) return;
    if (IsOurs(document)) out_.report.containers += document.containers.size();
    AddGaps(document.gaps, *out_.sources, out_.report);
    out_.documents.push_back(std::move(document));
  }

  void Judge() {
    JudgeDocuments();
    parts_->Return();
    const auto& profiles = judge_->Profiles();
    out_.report.profiles = static_cast<std::size_t>(
        std::count_if(profiles.begin(), profiles.end(), [&](const base::FileId profile) {
          return IsOurs(out_.sources->Get(out_.sources->FileOf(profile)).Path());
        }));
    if (request_.folds) engine::Finish(out_.report);
    out_.report.configurations = judging_->Used();
    if (request_.honours_suppressions && !request_.no_baseline)
      for (const std::string& path : judging_->Baselines()) HonourBaseline(path);
    if (request_.on_part)
      parts_->HandOnRest();
    else
      Divide(out_.report);
  }

  // Those that have not been.
  void JudgeDocuments() {
    judge_->Judge(std::span(out_.documents).subspan(std::exchange(judged_, out_.documents.size())));
  }

  // What is done, as far as it is known to stay.
  void HandOn() {
    const std::size_t waiting = out_.documents.size() - judged_;
    if (!request_.on_part) {
      // Memory that is used again costs less than fresh memory.
      constexpr std::size_t kEnoughForThreads = 64;
      if (!request_.keeps_documents && waiting >= kEnoughForThreads)
        judge_->Begin(std::exchange(out_.documents, {}));
      return;
    }
    if (waiting == 0) return;
    if (request_.honours_suppressions && !request_.no_baseline && !judging_->Baselines().empty())
      return;
    const base::FileId own = out_.sources->FileOf(out_.documents[judged_].file);
    JudgeDocuments();
    parts_->HandOn(own);
    out_.documents.clear();
    judged_ = 0;
  }

  void HonourBaseline(const std::string& path) {
    const std::size_t before = out_.report.errors.size();
    const engine::Baseline baseline = ReadBaseline(path, files_, out_.report.errors);
    if (out_.report.errors.size() > before) return;
    const std::string folder(base::DirectoryOf(base::JoinPath(files_.working_directory, path)));
    const auto is_judged = [&](const engine::BaselineEntry& entry) {
      if (!request_.selection.Takes(entry.rule) ||
          request_.selection.min_severity != diagnostic::Severity::kInfo)
        return false;
      const std::string file =
          base::ShownPath(base::JoinPath(folder, entry.path), files_.working_directory);
      return out_.sources->FindPath(file) != nullptr ||
             files_.kind(file) == base::FileKind::kMissing;
    };
    ApplyBaseline(baseline, PathsFrom(path, files_), is_judged, out_.report);
  }

  const Request& request_;
  const base::FileSystem& files_;
  std::set<std::vector<base::FileId>> projects_;  // that were read
  std::vector<std::string> untaken_;              // were named, and no reader takes them
  std::optional<Judging> judging_;
  std::optional<DocumentJudge> judge_;
  std::optional<Parts> parts_;
  std::size_t judged_ = 0;  // of the documents
  std::map<const engine::Config*, std::unique_ptr<input::Options>> options_;
  Outcome out_;
};

}  // namespace

std::span<const engine::Rule* const> Rules() { return rules::All(); }

FindingId IdOf(const diagnostic::Diagnostic& finding) {
  return {finding.rule, finding.span,
          finding.subject == nullptr ? base::Span{} : finding.subject->span};
}

Outcome Lint(const Request& request, const base::FileSystem& files) {
  return Run(request, files).Do();
}

}  // namespace cagelint::driver
