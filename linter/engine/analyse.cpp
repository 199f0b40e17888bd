#include "linter/engine/analyse.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <unordered_map>

#include "linter/base/for_each.h"
#include "linter/base/text.h"
#include "linter/engine/fold.h"
#include "linter/engine/origins.h"
#include "linter/engine/profiles.h"
#include "linter/engine/suppress.h"
#include "linter/seccomp/dangers.h"

namespace cagelint::engine {

using diagnostic::Severity;

// What a Reporter writes to: one rule on one subject.
class Collector {
 public:
  const Rule* rule = nullptr;
  const Policy* policy = nullptr;
  const base::SourceSet* sources = nullptr;
  diagnostic::Severity least = diagnostic::Severity::kInfo;
  const model::Document* document = nullptr;
  const Origins* origins = nullptr;
  std::vector<diagnostic::Diagnostic>* out = nullptr;
  // Of all profiles; filled by the first rule that asks. Lives as long as the rules run.
  std::optional<Judgements>* judgements = nullptr;
  const PolicyChoice* choose = nullptr;
  std::shared_ptr<const diagnostic::Subject> subject = {};  // null: it follows from the place
  const model::Container* about = nullptr;                  // that the rule looks at; null: none
  const FixMaker* make_fix = nullptr;                       // null: nobody wants fixes
  Severity severity = Severity::kOff;                       // of the rule, by the policy

  // The policy for what is found about `container`, null being the document. A policy is looked
  // into once: most containers have the same.
  void ChooseFor(const model::Container* container) { Take((*choose)(container)); }
  void Take(const Policy* chosen) {
    if (chosen == policy) return;
    policy = chosen;
    severity = policy->SeverityOf(rule->info.id);
  }
};

namespace {

// What a file may put into each of many thousand findings. A name of megabytes, once a finding,
// would take all memory.
constexpr std::size_t kLongestName = 256;
constexpr std::size_t kLongestText = 4096;

std::string Bounded(std::string text, std::size_t longest) {
  if (text.size() <= longest) return text;
  while (longest > 0 && base::IsContinuation(text[longest])) --longest;
  return text.substr(0, longest) + "...";
}

Severity Weigh(Severity severity, Weight weight) {
  if (weight == Weight::kAtMostInfo) return std::min(severity, Severity::kInfo);
  if (weight == Weight::kAtMostWarning) return std::min(severity, Severity::kWarning);
  return severity;
}

diagnostic::Subject SubjectOf(const model::Container& container, const base::SourceSet& sources) {
  const auto& written = container.image;
  std::string image = Bounded(written.IsDynamic() ? written.source : written.value, kLongestName);
  if (container.IsCompose()) {
    const std::string service = Bounded(container.service, kLongestName);
    return {"service `" + service + "`", service, sources.ToFile(container.anchor),
            std::move(image)};
  }
  const std::string name =
      Bounded(container.name.IsKnown() ? container.name.value : "", kLongestName);
  std::string words = Bounded(std::string(sources.Text(container.anchor)), kLongestName);
  if (words.find_first_of("\n\r") != std::string::npos) words = "container";
  // Of a text that its author did not write as it stands (a list of words in source code).
  const bool is_made = sources.Get(container.anchor.file).Within() != nullptr;
  if (is_made && words.find("${") != std::string::npos)
    words = std::string(Name(container.engine)) + " run";
  return {"`" + words + "`" + (name.empty() ? "" : " (" + name + ")"), name,
          sources.ToFile(container.anchor), std::move(image)};
}

const model::Container* ContainerAt(const base::Span& span, const model::Document& document) {
  for (const model::Container& container : document.containers)
    if (container.extent.Contains(span)) return &container;
  return nullptr;
}

// A finding about a document is filed under the container or command in which it stands.
std::shared_ptr<const diagnostic::Subject> SubjectAt(const base::Span& span,
                                                     const model::Container* container,
                                                     const model::Document& document,
                                                     const base::SourceSet& sources) {
  if (container != nullptr)
    return std::make_shared<const diagnostic::Subject>(SubjectOf(*container, sources));
  for (const model::Command& command : document.commands)
    if (command.extent.Contains(span))
      return std::make_shared<const diagnostic::Subject>(diagnostic::Subject{
          "`" + Bounded(std::string(sources.Text(command.anchor)), kLongestName) + "`", "",
          sources.ToFile(command.anchor)});
  return nullptr;
}

Judgements LoadedJudgements(const model::Document& document) {
  Judgements out = JudgementsOf(document);
  for (seccomp::Judgement& judgement : out.taken)
    judgement.loaded = std::make_shared<const seccomp::Loaded>(seccomp::LoadProfile(judgement));
  return out;
}

void RunOnProfiles(const model::Document& document, Collector& collector) {
  Reporter reporter(collector);
  std::optional<Judgements>& judgements = *collector.judgements;
  if (!judgements) judgements = LoadedJudgements(document);
  for (const seccomp::Judgement& judgement : judgements->taken) {
    const std::string name =
        judgement.container == nullptr
            ? "seccomp profile"
            : "seccomp profile of " + SubjectOf(*judgement.container, *collector.sources).name;
    collector.subject = std::make_shared<const diagnostic::Subject>(
        diagnostic::Subject{name, "", collector.sources->ToFile(judgement.profile->anchor)});
    collector.ChooseFor(judgement.container);
    collector.about = judgement.container;
    collector.rule->on_profile(judgement, reporter);
  }
}

// What is found on some ways to a command only is labelled with what must hold there.
// `containers` has for each finding from `first` on the container that it is about.
void AddConditions(const model::Document& document, const base::SourceSet& sources,
                   std::size_t first, const std::vector<const model::Container*>& containers,
                   std::vector<diagnostic::Diagnostic>& findings) {
  const auto key = [&](std::size_t i) {
    return std::tuple(containers[i - first]->anchor, findings[i].span,
                      std::string_view(findings[i].message));
  };
  std::map<base::Span, std::size_t> ways;
  for (const model::Container& container : document.containers) ++ways[container.anchor];
  std::map<decltype(key(first)), std::size_t> found;
  for (std::size_t i = first; i < findings.size(); ++i) ++found[key(i)];
  std::vector<std::size_t> some;
  for (std::size_t i = first; i < findings.size(); ++i)
    if (found[key(i)] < ways[containers[i - first]->anchor]) some.push_back(i);
  for (const std::size_t i : some)
    for (const model::Step& condition : containers[i - first]->conditions)
      findings[i].labels.push_back({sources.ToFile(condition.span), condition.text});
}

// Of each container of a document: what is asked for again and again.
struct Judged {
  const Policy* policy = nullptr;
  std::shared_ptr<const diagnostic::Subject> subject;  // that of all its findings
};

void RunOnContainers(const model::Document& document, const std::vector<Judged>& judged,
                     Collector& collector) {
  Reporter reporter(collector);
  const std::size_t first = collector.out->size();
  std::vector<const model::Container*> about;
  bool has_ways = false;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const model::Container& container = document.containers[i];
    if (container.IsProvided()) continue;
    collector.Take(judged[i].policy);
    collector.subject = judged[i].subject;
    collector.about = &container;
    if (collector.severity != Severity::kOff) collector.rule->on_container(container, reporter);
    if (collector.out->size() > first) about.resize(collector.out->size() - first, &container);
    has_ways = has_ways || !container.conditions.empty();
  }
  if (has_ways && !about.empty())
    AddConditions(document, *collector.sources, first, about, *collector.out);
}

// From here on places are those of files, whatever text they were found in.
void ToFiles(diagnostic::Diagnostic& finding, const base::SourceSet& sources) {
  finding.span = sources.ToFile(finding.span);
  for (diagnostic::Label& label : finding.labels) label.span = sources.ToFile(label.span);
  if (finding.span.IsEmpty() && finding.subject != nullptr) finding.span = finding.subject->span;
}

}  // namespace

void Reporter::Add(Finding finding) {
  assert(finding.span.IsValid() && !finding.span.IsEmpty());
  const RuleInfo& info = collector_.rule->info;
  const model::Container* container = nullptr;
  if (collector_.subject == nullptr) {
    container = ContainerAt(finding.span, *collector_.document);
    collector_.ChooseFor(container);
  }
  const Severity severity = Weigh(collector_.severity, finding.weight);
  if (severity < collector_.least || severity == Severity::kOff) return;
  diagnostic::Diagnostic out;
  out.rule = info.id;
  out.severity = severity;
  out.span = finding.span;
  out.message = Bounded(std::move(finding.message), kLongestText);
  out.why = info.why;
  out.help = Bounded(std::move(finding.help), kLongestText);
  out.labels = std::move(finding.labels);
  const auto* steps = finding.span.steps;
  AddSteps(steps != nullptr ? steps : collector_.origins->StepsAt(finding.span), finding.span,
           out.labels);
  for (diagnostic::Label& label : out.labels)
    label.message = Bounded(std::move(label.message), kLongestText);
  out.subject = collector_.subject != nullptr
                    ? collector_.subject
                    : SubjectAt(finding.span, container, *collector_.document, *collector_.sources);
  if (collector_.make_fix != nullptr) {
    const model::Container* about = collector_.subject != nullptr ? collector_.about : container;
    for (const model::Fix& fix : finding.fixes)
      if (auto made = (*collector_.make_fix)(about, fix)) out.fixes.push_back(std::move(*made));
  }
  ToFiles(out, *collector_.sources);
  collector_.out->push_back(std::move(out));
}

const std::vector<std::string>& Reporter::Parameter(std::string_view name) const {
  const RuleInfo& info = collector_.rule->info;
  const auto own = std::find_if(info.parameters.begin(), info.parameters.end(),
                                [&](const engine::Parameter& p) { return p.name == name; });
  assert(own != info.parameters.end());
  const auto rule = collector_.policy->parameters.find(info.id);
  if (rule == collector_.policy->parameters.end()) return own->fallback;
  const auto value = rule->second.find(name);
  return value == rule->second.end() ? own->fallback : value->second;
}

std::string_view Reporter::Text(const base::Span& span) const {
  return collector_.sources->Text(span);
}

std::string_view Reporter::RuleId() const { return collector_.rule->info.id; }

void ComputeEffective(model::Document& document) {
  const model::NetworkTable networks = model::TabulateNetworks(document);
  const model::ImageTable images = model::TabulateImages(document);
  for (model::Container& container : document.containers)
    container.effective = model::ComputeEffective(container, networks, images);
  model::FollowJoins(document);
}

namespace {

// Runs the rules over one document.
class Analysis {
 public:
  Analysis(const model::Document& document, std::span<const Rule* const> rules,
           const AnalyseOptions& options, const base::SourceSet& sources)
      : document_(document),
        rules_(rules),
        options_(options),
        sources_(sources),
        origins_(document) {
    const auto choose = [&](const model::Container* container) {
      const Policy* policy = options.choose ? options.choose(container) : options.policy;
      chosen_.emplace(container, policy);
      policies_.insert(policy);
    };
    choose(nullptr);
    for (const model::Container& container : document.containers) {
      choose(&container);
      judged_.push_back({chosen_.at(&container), std::make_shared<const diagnostic::Subject>(
                                                     SubjectOf(container, sources))});
    }
  }

  std::vector<diagnostic::Diagnostic> Do() {
    RunRules();
    Suppressions suppressions(document_.suppressions, options_.configured, options_.today,
                              sources_);
    if (options_.honours_suppressions) suppressions.Apply(findings_);
    const std::size_t judged = findings_.size();
    for (const Rule* rule : rules_)
      if (rule->on_suppression != nullptr && IsAsked(rule->info.id)) RunOnUses(*rule, suppressions);
    if (options_.honours_suppressions) suppressions.Apply(std::span(findings_).subspan(judged));
    if (options_.outlines != nullptr) {
      auto outlines = OutlinesOf(document_, findings_, sources_);
      options_.outlines->insert(options_.outlines->end(), std::make_move_iterator(outlines.begin()),
                                std::make_move_iterator(outlines.end()));
    }
    if (options_.folds) Fold(findings_);
    return std::move(findings_);
  }

 private:
  // Each for itself; what they find stands in their order.
  void RunRules() {
    std::vector<const Rule*> asked;
    for (const Rule* rule : rules_)
      if (rule->on_suppression == nullptr && IsAsked(rule->info.id)) asked.push_back(rule);
    constexpr std::size_t kWorthThreads = 16;
    // Who makes fixes remembers what it was asked.
    const bool alone = options_.make_fix != nullptr || document_.containers.size() < kWorthThreads;
    // The first that asks fills it for all.
    for (const Rule* rule : asked)
      if (!alone && rule->on_profile != nullptr && !judgements_)
        judgements_ = LoadedJudgements(document_);
    std::vector<std::vector<diagnostic::Diagnostic>> found(asked.size());
    base::ForEach(asked.size(), alone ? 1 : options_.threads,
                  [&](std::size_t i) { RunRule(*asked[i], found[i]); });
    std::size_t count = 0;
    for (const auto& list : found) count += list.size();
    findings_.reserve(count);
    for (auto& list : found)
      findings_.insert(findings_.end(), std::make_move_iterator(list.begin()),
                       std::make_move_iterator(list.end()));
  }

  void RunRule(const Rule& rule, std::vector<diagnostic::Diagnostic>& found) {
    Collector collector = Collect(rule);
    collector.out = &found;
    if (rule.on_container != nullptr) return RunOnContainers(document_, judged_, collector);
    if (rule.on_profile != nullptr) return RunOnProfiles(document_, collector);
    Reporter reporter(collector);
    rule.on_document(document_, reporter);
  }

  // Whether some container of the document, or the document, is judged by this rule.
  bool IsAsked(std::string_view rule) const {
    return options_.selection.Takes(rule) &&
           std::any_of(policies_.begin(), policies_.end(), [&](const Policy* policy) {
             return policy->SeverityOf(rule) != Severity::kOff;
           });
  }

  Collector Collect(const Rule& rule) {
    Collector collector;
    collector.rule = &rule;
    collector.choose = &choose_;
    collector.ChooseFor(nullptr);
    collector.sources = &sources_;
    collector.least = options_.selection.min_severity;
    collector.document = &document_;
    collector.origins = &origins_;
    collector.out = &findings_;
    collector.judgements = &judgements_;
    if (options_.make_fix) collector.make_fix = &options_.make_fix;
    return collector;
  }

  void RunOnUses(const Rule& rule, const Suppressions& suppressions) {
    // With a gap, or with only some of the findings, nobody knows what there would be to hide.
    const bool sees_all = document_.gaps.empty() && options_.honours_suppressions &&
                          options_.selection.min_severity == Severity::kInfo;
    const auto uses =
        suppressions.Uses(rules_, [&](std::string_view id) { return sees_all && IsAsked(id); });
    Collector collector = Collect(rule);
    Reporter reporter(collector);
    for (const SuppressionUse& use : uses) {
      collector.subject = nullptr;
      rule.on_suppression(use, reporter);
    }
  }

  const model::Document& document_;
  std::span<const Rule* const> rules_;
  const AnalyseOptions& options_;
  const base::SourceSet& sources_;
  const Origins origins_;
  // Asked for once: a rule asks for each of thousands of containers.
  std::unordered_map<const model::Container*, const Policy*> chosen_;
  PolicyChoice choose_ = [this](const model::Container* container) {
    return chosen_.at(container);
  };
  std::set<const Policy*> policies_;
  std::vector<Judged> judged_;  // as the document's containers
  std::optional<Judgements> judgements_;
  std::vector<diagnostic::Diagnostic> findings_;
};

}  // namespace

std::vector<diagnostic::Diagnostic> Analyse(model::Document& document,
                                            std::span<const Rule* const> rules,
                                            const AnalyseOptions& options,
                                            const base::SourceSet& sources) {
  if (options.strict)
    for (model::Container& container : document.containers) MakeDynamicAbsent(container);
  ComputeEffective(document);
  return Analysis(document, rules, options, sources).Do();
}

}  // namespace cagelint::engine
