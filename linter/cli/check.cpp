#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/text.h"
#include "linter/cli/judge_options.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/output/writers.h"

namespace cagelint::cli {
namespace {

using base::Error;
using base::Result;
using diagnostic::Severity;

constexpr std::array<std::string_view, 4> kFailLevels{"info", "warning", "error", "never"};
constexpr std::array<std::string_view, 3> kColors{"auto", "always", "never"};

// --format NAME and --output FILE, in the order of the command line.
struct FormatWord {
  bool is_output = false;
  std::string value;
};

struct CheckOptions {
  InputOptions input;
  JudgeOptions judge;
  std::string baseline;
  std::string fail_on = "warning";
  std::string color = "auto";
  std::vector<FormatWord> formats;
  bool statistics = false;
  bool quiet = false;
  bool list = false;
  bool allow_gaps = false;
};

// One output: a format, and a file unless it goes to standard output.
struct Sink {
  const output::Writer* writer = nullptr;
  std::optional<OutputFile> file;
};

void AddFormatOption(CLI::App& app, const std::string& name, bool is_output, CheckOptions& options,
                     const std::string& help, const std::string& value_name) {
  // Told at each occurrence, so that the order of both options is kept.
  app.add_option_function<std::string>(
         name,
         [&options, is_output](const std::string& value) {
           options.formats.push_back({is_output, value});
         },
         help)
      ->trigger_on_parse()
      ->take_last()
      ->option_text(value_name)
      ->group("Output");
}

std::string FormatNames() {
  std::string names;
  for (const output::Writer& writer : output::Writers())
    names += (names.empty() ? "" : ", ") + std::string(writer.name);
  return names;
}

void AddOutputOptions(CLI::App& app, CheckOptions& options) {
  const std::string group = "Output";
  AddFormatOption(app, "--format", false, options, FormatNames() + " (default: text); repeatable",
                  "NAME");
  AddFormatOption(app, "--output", true, options,
                  "where the --format before it goes; `-`: standard output", "FILE");
  AddValue(app, "--color", options.color, "auto (default), always, never; NO_COLOR is heeded",
           "WHEN")
      ->group(group);
  app.add_flag("-q,--quiet", options.quiet, "text: one line for each finding and gap")
      ->group(group);
  app.add_flag("--statistics", options.statistics,
               "text: how often each rule found something, and where")
      ->group(group);
  app.add_flag("--list", options.list, "only list each input, what it is read as, and why")
      ->group(group);
  AddValue(app, "--fail-on", options.fail_on,
           "exit with 1 from: info, warning (default), error, never", "LEVEL")
      ->group(group);
  app.add_flag("--allow-gaps", options.allow_gaps, "exit with 0 instead of 3")->group(group);
}

// Each --output belongs to the --format before it; one that comes first to the --format behind it.
Result<std::vector<Sink>> OpenSinks(const std::vector<FormatWord>& words) {
  std::vector<std::pair<std::string, std::string>> pairs;  // format, file
  for (const FormatWord& word : words) {
    const bool joins = !pairs.empty() &&
                       (word.is_output ? pairs.back().second.empty() : pairs.back().first.empty());
    if (!joins) pairs.emplace_back();
    (word.is_output ? pairs.back().second : pairs.back().first) = word.value;
  }
  if (pairs.empty()) pairs.emplace_back();
  std::vector<std::string_view> names;
  for (const output::Writer& writer : output::Writers()) names.push_back(writer.name);
  std::vector<Sink> sinks;
  bool standard_output = false;
  std::vector<std::string_view> paths;
  for (const auto& [format, given] : pairs) {
    const std::string path = given == "-" ? "" : given;
    if (!path.empty() && std::find(paths.begin(), paths.end(), path) != paths.end())
      return Error{"two formats for `" + path + "`"};
    paths.push_back(given);
    Sink sink;
    sink.writer = output::FindWriter(format.empty() ? names.front() : format);
    if (sink.writer == nullptr) return Error{"--format: " + Unknown("format", format, names)};
    if (path.empty() && std::exchange(standard_output, true))
      return Error{"two formats for standard output; give one of them an --output FILE"};
    if (!path.empty()) {
      auto file = OutputFile::Open(path);
      if (!file.Ok()) return Error{file.Message()};
      sink.file.emplace(std::move(file).Value());
    }
    sinks.push_back(std::move(sink));
  }
  return sinks;
}

Result<driver::Request> MakeCheckRequest(const CheckOptions& options, const Words& words) {
  if (const auto bad = FindUnknown("--fail-on", "level", options.fail_on, kFailLevels))
    return Error{*bad};
  if (const auto bad = FindUnknown("--color", "value", options.color, kColors)) return Error{*bad};
  auto request = MakeJudgeRequest(options.input, options.judge, words);
  if (!request.Ok()) return request;
  driver::Request out = std::move(request).Value();
  out.baseline = options.baseline;
  out.outlines = !options.quiet;
  return out;
}

int PrintList(const driver::Outcome& outcome) {
  std::string out;
  for (const driver::Listed& input : outcome.inputs)
    out += base::Escape(input.path) + ": " + (input.carrier.empty() ? "-" : input.carrier) + " (" +
           base::Escape(input.why) + ")\n";
  for (const diagnostic::Gap& gap : outcome.report.gaps)
    if (gap.kind != "unsupported-construct" && !gap.span.IsValid())
      out += base::Escape(gap.path) + ": - (" + base::Escape(gap.message) + ")\n";
  if (!Print(out)) return kFailed;
  return outcome.report.errors.empty() ? kClean : kFailed;
}

bool WriteAll(std::vector<Sink>& sinks, const driver::Request& request,
              const engine::Report& report, const CheckOptions& options) {
  bool ok = true;
  for (Sink& sink : sinks) {
    output::WriterOptions writing;
    const bool colored =
        options.color == "auto" ? !sink.file && WantsColor() : options.color == "always";
    writing.color = colored;
    writing.quiet = options.quiet;
    writing.statistics = options.statistics;
    writing.rules = driver::Rules();
    writing.policy = &request.policy;
    writing.fail_on = diagnostic::SeverityNamed(options.fail_on).value_or(Severity::kOff);
    writing.allow_gaps = options.allow_gaps;
    const std::string bytes = sink.writer->write(report, writing);
    if (!(sink.file ? sink.file->Write(bytes) : Print(bytes))) ok = false;
  }
  return ok;
}

int RunCheck(const Words& words) {
  CheckOptions options;
  CLI::App app("Lints files, directories, standard input or one command.", "check");
  AddInputOptions(app, options.input);
  AddJudgeOptions(app, options.judge);
  AddValue(app, "--baseline", options.baseline, "findings recorded there fail nothing", "FILE")
      ->group("Rules");
  AddOutputOptions(app, options);
  app.footer("A command to lint stands behind `--`: cagelint check -- docker run alpine");
  if (const auto done = Parse(app, words)) return *done;
  auto request = MakeCheckRequest(options, words);
  if (!request.Ok()) return UsageError("check", request.Message());
  auto sinks = OpenSinks(options.formats);
  if (!sinks.Ok()) return UsageError("check", sinks.Message());
  driver::Request asked = std::move(request).Value();
  asked.fixes = std::any_of(sinks.Value().begin(), sinks.Value().end(),
                            [](const Sink& sink) { return sink.writer->shows_fixes; });
  const driver::Outcome outcome = driver::Lint(asked, base::RealFiles());
  for (const std::string& error : outcome.report.errors) Complain(error);
  if (options.list) return PrintList(outcome);
  std::vector<Sink> opened = std::move(sinks).Value();
  if (!WriteAll(opened, asked, outcome.report, options)) return kFailed;
  return ExitCode(outcome.report, options.fail_on, options.allow_gaps);
}

}  // namespace

extern const Command kCheckCommand{"check", "lint (what is done where no command is named)",
                                   RunCheck};

}  // namespace cagelint::cli
