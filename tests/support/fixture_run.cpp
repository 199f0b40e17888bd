#include "tests/support/fixture_run.h"

#include <algorithm>
#include <sstream>

#include "linter/base/text.h"
#include "tests/support/memory_files.h"

namespace cagelint::test {
namespace {

using diagnostic::Diagnostic;
using diagnostic::Severity;

bool IsTrue(const Directive& config) { return config.text == "true"; }

std::optional<model::Engine> EngineNamed(std::string_view name) {
  for (const auto engine :
       {model::Engine::kDocker, model::Engine::kPodman, model::Engine::kNerdctl})
    if (model::Name(engine) == name) return engine;
  return std::nullopt;
}

// `RULE SEVERITY [PARAMETER=VALUE…]`, on top of the policy.
bool ConfigureRule(const std::string& text, driver::Request& request) {
  std::istringstream words(text);
  std::string rule, severity, parameter;
  words >> rule >> severity;
  const auto named = diagnostic::SeverityNamed(severity);
  if (named) request.policy.severities[rule] = *named;
  while (words >> parameter) {
    const std::size_t equals = parameter.find('=');
    if (equals == std::string::npos) return false;
    request.policy.parameters[rule][parameter.substr(0, equals)].push_back(
        parameter.substr(equals + 1));
  }
  return named.has_value();
}

// False where there is no such key or value.
bool Configure(const Directive& config, driver::Request& request) {
  const std::string& key = config.names[0];
  if (key == "engine") {
    request.input.engine = EngineNamed(config.text);
    return request.input.engine.has_value();
  }
  if (key == "policy") {
    auto policy = driver::LoadPolicy(config.text);
    // As on the command line: whatever carriers and files say.
    request.policy_is_forced = policy.Ok();
    if (policy.Ok()) request.policy = std::move(policy).Value();
    return policy.Ok();
  }
  if (key == "rule") return ConfigureRule(config.text, request);
  if (key == "env") {
    const std::size_t equals = config.text.find('=');
    if (equals == std::string::npos) return false;
    request.input.environment[config.text.substr(0, equals)] = config.text.substr(equals + 1);
    return true;
  }
  if (key == "no-ignores") {
    request.honours_suppressions = !IsTrue(config);
  } else if (key == "today") {
    request.today = [text = config.text] { return text; };
  } else if (key == "strict") {
    request.strict = IsTrue(config);
  } else if (key == "use-env") {
    request.input.use_environment = IsTrue(config);
  } else if (key == "env-file") {
    request.input.env_files.push_back(config.text);
  } else if (key == "carrier") {
    request.carrier = config.text;
  } else if (key == "file") {
    request.compose_files.push_back(config.text);
    request.paths.clear();
  } else {
    return false;
  }
  return true;
}

const VirtualFile* FileNamed(const Fixture& fixture, std::string_view name) {
  for (const VirtualFile& file : fixture.files)
    if (file.name == name) return &file;
  return nullptr;
}

std::string_view TextIn(const Fixture& fixture, const Range& range) {
  const VirtualFile* file = FileNamed(fixture, range.file);
  return file == nullptr
             ? ""
             : std::string_view(file->bytes).substr(range.begin, range.end - range.begin);
}

// A text as a place: long ones by their ends.
Place PlaceOf(std::string_view text) {
  const std::size_t newline = text.find('\n');
  if (newline == std::string_view::npos) return {"", std::string(text), "", 1};
  const std::string_view last = text.substr(text.rfind('\n') + 1);
  return {"", std::string(text.substr(0, newline)), std::string(base::Trim(last)), 1};
}

std::string Shown(const Fixture& fixture, const Diagnostic& finding, const Range& range) {
  std::string out = WhereIn(fixture, range) + ": " + finding.rule + " " +
                    std::string(diagnostic::Name(finding.severity)) + " " +
                    Spell(PlaceOf(TextIn(fixture, range))) + "\n    message " + finding.message;
  return out;
}

class Comparison {
 public:
  Comparison(const Fixture& fixture, const driver::Outcome& outcome, Severity least)
      : fixture_(fixture), report_(outcome.report), least_(least) {}

  std::vector<std::string> Do() {
    Findings();
    Gaps();
    Silences();
    for (const std::string& error : report_.errors) Say("error: " + error);
    return std::move(out_);
  }

 private:
  void Say(std::string text) { out_.push_back(std::move(text)); }
  std::string At(std::size_t line) const { return fixture_.path + ":" + std::to_string(line); }

  void Findings() {
    std::vector<bool> met(report_.findings.size(), false);
    for (const ExpectedFinding& expected : fixture_.findings) {
      std::size_t i = 0;
      while (i < met.size() && (met[i] || report_.findings[i].rule != expected.rule ||
                                RangeOf(report_, report_.findings[i].span) != expected.range))
        ++i;
      if (i == met.size()) {
        Say(At(expected.line) + ": expected, not found: " + expected.rule + " at " +
            WhereIn(fixture_, expected.range) + " " +
            Spell(PlaceOf(TextIn(fixture_, expected.range))));
        continue;
      }
      met[i] = true;
      Refine(expected, report_.findings[i]);
    }
    for (std::size_t i = 0; i < met.size(); ++i) {
      const Diagnostic& finding = report_.findings[i];
      if (!met[i] && finding.severity >= least_)
        Say("found, not expected: " + Shown(fixture_, finding, RangeOf(report_, finding.span)));
    }
  }

  void Refine(const ExpectedFinding& expected, const Diagnostic& finding) {
    const std::string where = At(expected.line) + ": " + expected.rule;
    if (expected.severity && *expected.severity != finding.severity)
      Say(where + " has severity " + std::string(diagnostic::Name(finding.severity)));
    const bool hidden = finding.suppressed.has_value();
    if (expected.reason.has_value() != hidden)
      Say(where +
          (hidden ? " is suppressed: " + finding.suppressed->reason : " is not suppressed"));
    if (hidden && expected.reason && *expected.reason != finding.suppressed->reason)
      Say(where + " is suppressed for: " + finding.suppressed->reason);
    if (expected.message && *expected.message != finding.message)
      Say(where + " says: " + finding.message);
    if (expected.labels.empty()) return;
    std::vector<bool> met(finding.labels.size(), false);
    for (const ExpectedLabel& label : expected.labels) {
      std::size_t i = 0;
      while (i < met.size() && (met[i] || !Is(label, finding.labels[i]))) ++i;
      if (i < met.size()) {
        met[i] = true;
      } else {
        Say(where + " lacks the label at " + WhereIn(fixture_, label.range) + ": " + label.message);
      }
    }
    for (std::size_t i = 0; i < met.size(); ++i)
      if (!met[i])
        Say(where + " has a further label at " +
            WhereIn(fixture_, RangeOf(report_, finding.labels[i].span)) + ": " +
            finding.labels[i].message);
  }

  bool Is(const ExpectedLabel& expected, const diagnostic::Label& label) const {
    return RangeOf(report_, label.span) == expected.range &&
           (expected.message.empty() || expected.message == label.message);
  }

  void Gaps() {
    std::vector<bool> met(report_.gaps.size(), false);
    for (const ExpectedGap& expected : fixture_.gaps) {
      std::size_t i = 0;
      while (i < met.size() && (met[i] || !Is(expected, report_.gaps[i]))) ++i;
      if (i < met.size()) {
        met[i] = true;
      } else {
        Say(At(expected.line) + ": expected, not found: gap " + expected.kind);
      }
    }
    for (std::size_t i = 0; i < met.size(); ++i) {
      const diagnostic::Gap& gap = report_.gaps[i];
      if (met[i]) continue;
      const Range range = gap.span.IsValid() ? RangeOf(report_, gap.span) : Range{gap.path, 0, 0};
      Say("gap, not expected: " + WhereIn(fixture_, range) + ": " + gap.kind +
          (gap.refused ? " refused " : " ") + Spell(PlaceOf(TextIn(fixture_, range))) +
          "\n    message " + gap.message);
    }
  }

  bool Is(const ExpectedGap& expected, const diagnostic::Gap& gap) const {
    if (expected.kind != gap.kind || (expected.refused && !gap.refused)) return false;
    if (expected.message && *expected.message != gap.message) return false;
    if (!expected.range) return !gap.span.IsValid() || gap.span.IsEmpty();
    return RangeOf(report_, gap.span) == *expected.range;
  }

  void Silences() {
    for (const ExpectedSilence& silence : fixture_.silences) {
      if (!fixture_.rules.empty() && std::find(fixture_.rules.begin(), fixture_.rules.end(),
                                               silence.rule) == fixture_.rules.end())
        Say(At(silence.line) + ": ok of a rule that does not run: " + silence.rule);
      for (const Diagnostic& finding : report_.findings) {
        if (finding.suppressed) continue;
        const Range range = RangeOf(report_, finding.span);
        if (finding.rule == silence.rule && range.file == silence.range.file &&
            range.begin >= silence.range.begin && range.begin < silence.range.end)
          Say(At(silence.line) + ": not ok: " + Shown(fixture_, finding, range));
      }
    }
  }

  const Fixture& fixture_;
  const engine::Report& report_;
  Severity least_;
  std::vector<std::string> out_;
};

}  // namespace

driver::Request RequestOf(const Fixture& fixture, std::vector<std::string>& errors) {
  driver::Request request;
  request.paths = {fixture.files.front().name};
  request.policy = driver::LoadPolicy("agent").Value();
  request.selection.select = fixture.rules;
  request.today = [] { return std::string("2026-11-25"); };
  for (const Directive& config : fixture.config)
    if (!Configure(config, request))
      errors.push_back(fixture.path + ": no such config: " + config.names[0] + " = " + config.text);
  return request;
}

base::FileSystem FilesOf(const Fixture& fixture, std::size_t first) {
  MemoryFiles files;
  for (const VirtualFile& file : fixture.files) files.Add(file.name, file.bytes);
  files.Add(fixture.files.front().name, fixture.files.front().bytes.substr(0, first));
  return files.System();
}

std::vector<std::string> Differences(const Fixture& fixture, const driver::Outcome& outcome,
                                     Severity least) {
  return Comparison(fixture, outcome, least).Do();
}

Range RangeOf(const engine::Report& report, const base::Span& span) {
  if (!span.IsValid()) return {};
  return {base::CleanPath(report.sources->Get(span.file).Path()), span.begin, span.end};
}

std::string WhereIn(const Fixture& fixture, const Range& range) {
  const VirtualFile* file = FileNamed(fixture, range.file);
  if (file == nullptr) return range.file.empty() ? "no place" : range.file;
  const std::string_view before = std::string_view(file->bytes).substr(0, range.begin);
  const auto newlines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t column = before.size() - (before.rfind('\n') + 1) + 1;
  return fixture.path + ":" + std::to_string(file->first_line + newlines) + ":" +
         std::to_string(column);
}

std::string ExpectLine(const Fixture& fixture, const engine::Report& report,
                       const Diagnostic& finding, std::size_t from) {
  const Range range = RangeOf(report, finding.span);
  const VirtualFile* file = FileNamed(fixture, range.file);
  Place place = PlaceOf(TextIn(fixture, range));
  if (file != nullptr && range.begin < from) {
    place.nth = -1;
    for (std::size_t at = from; at > 0 &&
                                (at = file->searchable.rfind(place.first, at - 1)) != range.begin &&
                                at != std::string::npos;)
      --place.nth;
  } else if (file != nullptr) {
    for (std::size_t at = from; (at = file->searchable.find(place.first, at)) < range.begin; ++at)
      ++place.nth;
  }
  return "expect: " + finding.rule + " " + Spell(place);
}

}  // namespace cagelint::test
