#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/text.h"
#include "linter/base/write_file.h"
#include "linter/cli/judge_options.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/cli/watch.h"
#include "linter/output/markdown.h"
#include "linter/output/wording.h"
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
  std::string path;
  std::optional<OutputFile> file;
};

std::vector<std::string_view> FormatNames() {
  std::vector<std::string_view> names;
  for (const output::Writer& writer : output::Writers()) names.push_back(writer.name);
  return names;
}

// What `--format help` prints.
std::string FormatList() {
  constexpr std::size_t kNameWidth = 12;
  std::string out;
  for (const output::Writer& writer : output::Writers()) {
    std::string line(writer.name);
    line.resize(std::max(kNameWidth, line.size() + 1), ' ');
    out += line + std::string(writer.meaning) + "\n";
  }
  return out;
}

void AddOutputOptions(OptionSet& set, CheckOptions& options) {
  std::vector<std::string_view> formats = FormatNames();
  formats.push_back("help");
  const auto add_to = [&words = options.formats](bool is_output) {
    return [&words, is_output](const std::string& value) { words.push_back({is_output, value}); };
  };
  set.Group("Output");
  set.Each("--format", add_to(false), "text (default), json, sarif … (`help`: all)", "NAME")
      .Offer(formats);
  set.Each("--output", add_to(true), "where the --format before it goes; `-`: stdout", "FILE");
  set.Value("--color", options.color, "auto (default), always, never; NO_COLOR is heeded", "WHEN")
      .Offer(kColors);
  set.Flag("-q,--quiet", options.quiet, "text: one line for each finding and gap");
  set.Flag("--statistics", options.statistics,
           "text: how often each rule found something, and where");
  set.Flag("--list", options.list, "only list each input, what it is read as, and why");
  set.Value("--fail-on", options.fail_on, "exit 1 from: info, warning (default), error, never",
            "LEVEL")
      .Offer(kFailLevels);
  set.Flag("--allow-gaps", options.allow_gaps, "exit with 0 instead of 3");
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
  const std::vector<std::string_view> names = FormatNames();
  std::vector<Sink> sinks;
  bool standard_output = false;
  std::vector<std::string_view> paths;
  std::set<std::string> identities;
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
      // However its name is spelled.
      const std::string identity = base::FileIdentity(path);
      if (!identity.empty() && !identities.insert(identity).second)
        return Error{"two formats for `" + path + "`"};
      sink.path = path;
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
  out.keeps_documents = false;
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
  if (!Print(output::WithoutRunnerCommands(std::move(out)))) return kFailed;
  return outcome.report.errors.empty() ? kClean : kFailed;
}

// What `working_directory` refers to must stay.
output::WriterOptions WritingFor(const Sink& sink, const driver::Request& request,
                                 const CheckOptions& options,
                                 const std::string& working_directory) {
  output::WriterOptions writing;
  writing.color = options.color == "auto" ? !sink.file && WantsColor() : options.color == "always";
  writing.quiet = options.quiet;
  writing.statistics = options.statistics;
  writing.jobs = request.walk.jobs;
  writing.rules = driver::Rules();
  writing.topics = rules::Topics();
  writing.policy = &request.policy;
  writing.working_directory = working_directory;
  writing.source_url = CAGELINT_SOURCE_URL;
  writing.fail_on = diagnostic::SeverityNamed(options.fail_on).value_or(diagnostic::Severity::kOff);
  writing.allow_gaps = options.allow_gaps;
  return writing;
}

bool Put(Sink& sink, std::string_view bytes) {
  return sink.file ? sink.file->Append(bytes) : Print(bytes);
}

// Whether the only output can be written while the run goes on.
bool Streams(const std::vector<Sink>& sinks) {
  return sinks.size() == 1 && sinks[0].writer->write_part != nullptr;
}

// Files first, which a signal leaves whole: who reads standard output may take their time.
bool WriteAll(std::vector<Sink>& sinks, const driver::Request& request,
              const engine::Report& report, const CheckOptions& options,
              const std::string& working_directory, Watch& watch) {
  bool ok = true;
  const auto write = [&](Sink& sink) {
    const auto end = request.on_part ? sink.writer->write_end : sink.writer->write;
    output::WriterOptions writing = WritingFor(sink, request, options, working_directory);
    writing.exit_code = ExitCode(report, options.fail_on, options.allow_gaps);
    ok = Put(sink, end(report, writing)) && ok;
  };
  for (Sink& sink : sinks)
    if (sink.file) write(sink);
  watch.ReleaseSignals();
  for (Sink& sink : sinks)
    if (!sink.file) write(sink);
  return ok;
}

// Somebody's configuration is not replaced by a report about it, whatever name leads to it.
bool WouldOverwrite(const std::vector<Sink>& sinks, const driver::Outcome& outcome) {
  std::map<std::string, const Sink*> outputs;
  for (const Sink& sink : sinks)
    if (sink.file) outputs.emplace(base::FileIdentity(sink.path), &sink);
  if (outputs.empty()) return false;
  for (std::size_t i = 0; i < outcome.sources->Size(); ++i) {
    const base::Source& source = outcome.sources->Get(static_cast<base::FileId>(i));
    if (source.Within() != nullptr) continue;
    const auto output = outputs.find(base::FileIdentity(source.Path()));
    if (output == outputs.end() || output->first.empty()) continue;
    Complain("--output " + output->second->path + ": is one of the files that were linted");
    return true;
  }
  return false;
}

void SayNothingFound(const driver::Request& request, const driver::Outcome& outcome) {
  const engine::Report& report = outcome.report;
  const bool quiet = request.paths.empty() || request.walk.as_walked || request.walk.shards > 1 ||
                     report.files > 0;
  if (quiet || report.Gaps() > 0 || !report.errors.empty()) return;
  Complain("warning: nothing to lint was found (`--list` shows what was passed by)");
}

int RunCheck(const Words& words) {
  CheckOptions options;
  OptionSet set("check", "Lints files, directories, standard input or one command behind `--`.");
  AddInputOptions(set, options.input);
  AddJudgeOptions(set, options.judge);
  set.Group("Rules");
  set.Value("--baseline", options.baseline, "findings recorded there fail nothing", "FILE");
  AddOutputOptions(set, options);
  if (const auto done = Parse(set, words)) return *done;
  for (const FormatWord& word : options.formats)
    if (!word.is_output && word.value == "help") return Print(FormatList()) ? kClean : kFailed;
  auto request = MakeCheckRequest(options, words);
  if (!request.Ok()) return UsageError("check", request.Message());
  auto sinks = OpenSinks(options.formats);
  if (!sinks.Ok()) return UsageError("check", sinks.Message());
  static std::optional<driver::Request> kept_request;
  driver::Request& asked = kept_request.emplace(std::move(request).Value());
  asked.fixes = std::any_of(sinks.Value().begin(), sinks.Value().end(),
                            [](const Sink& sink) { return sink.writer->shows_fixes; });
  const base::FileSystem files = base::RealFiles();
  std::vector<Sink> opened = std::move(sinks).Value();
  bool written = true;
  if (Streams(opened) && !options.list)
    asked.on_part = [&](const engine::Report& part) {
      if (!written) return;  // that was said
      const output::Writer& writer = *opened[0].writer;
      written = Put(opened[0], writer.write_part(part, WritingFor(opened[0], asked, options,
                                                                  files.working_directory)));
    };
  Watch watch(!options.quiet);
  asked.walk.progress = &watch.Progress();
  asked.walk.stop = watch.Stop();
  asked.walk.lists_passed_by = options.list;
  // What an earlier run wrote speaks of containers, too.
  for (const Sink& sink : opened)
    if (sink.file && files.read(sink.path).bytes.starts_with(output::kMarkdownHead))
      asked.skipped.insert(base::ShownPath(sink.path, files.working_directory));
  // This and the request stay to the end of the process, which takes memory back at once.
  static std::optional<driver::Outcome> kept;
  const driver::Outcome& outcome = kept.emplace(driver::Lint(asked, files));
  watch.End();
  if (watch.WasStopped()) {
    Complain("stopped");
    opened.clear();  // files that have nothing in them go
    watch.EndBySignal();
  }
  for (const std::string& error : outcome.report.errors) Complain(error);
  if (options.list) {
    watch.ReleaseSignals();
    return PrintList(outcome);
  }
  if (WouldOverwrite(opened, outcome)) return kFailed;
  SayNothingFound(asked, outcome);
  if (!WriteAll(opened, asked, outcome.report, options, files.working_directory, watch) || !written)
    return kFailed;
  return ExitCode(outcome.report, options.fail_on, options.allow_gaps);
}

}  // namespace

extern const Command kCheckCommand{"check", "lint (what is done where no command is named)",
                                   RunCheck};

}  // namespace cagelint::cli
