// What holds for every report, and its text.
#include <algorithm>

#include "linter/base/byte_gate.h"
#include "linter/base/text.h"
#include "linter/output/writers.h"
#include "tests/support/fixture_run.h"

namespace cagelint::test {
namespace {

// Writing a report of ten thousands of findings four times in every format takes longer than
// finding them.
constexpr std::size_t kLarge = 4 << 20;

bool IsBoundary(std::string_view bytes, std::size_t offset) {
  return offset == bytes.size() || (static_cast<unsigned char>(bytes[offset]) & 0xC0) != 0x80;
}

// The offset in line `line` at which `units` UTF-16 units have passed, by its own count.
std::size_t FromUtf16(const base::Source& source, std::uint32_t line, std::uint32_t units) {
  const base::Span span = source.LineSpan(line);
  const std::string_view bytes = source.Bytes();
  std::size_t at = span.begin;
  while (units > 0 && at < bytes.size()) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    const std::size_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    const std::uint32_t takes = size == 4 ? 2 : 1;
    if (units < takes) return std::string_view::npos;
    units -= takes;
    at += size;
  }
  return at;
}

class Promises {
 public:
  explicit Promises(const engine::Report& report) : report_(report) {}

  std::vector<std::string> Do() {
    for (const diagnostic::Diagnostic& finding : report_.findings) {
      const std::string what = "finding " + finding.rule;
      Span(what, finding.span, false);
      if (finding.message.empty()) Say(what + " has no message");
      if (finding.severity == diagnostic::Severity::kOff) Say(what + " is off");
      for (const diagnostic::Label& label : finding.labels) {
        Span("label of " + what, label.span, false);
        if (label.message.empty()) Say("a label of " + what + " has no message");
      }
      if (finding.subject) Span("subject of " + what, finding.subject->span, false);
    }
    for (const diagnostic::Gap& gap : report_.gaps) {
      const std::string what = "gap " + gap.kind;
      if (gap.message.empty()) Say(what + " has no message");
      if (gap.span.IsValid()) {
        Span(what, gap.span, true);
      } else if (gap.path.empty()) {
        Say(what + " has neither a place nor a path");
      }
    }
    return std::move(out_);
  }

 private:
  void Say(std::string text) { out_.push_back(std::move(text)); }

  void Span(const std::string& what, const base::Span& span, bool may_be_empty) {
    if (!span.IsValid() || span.file >= report_.sources->Size()) return Say(what + " has no place");
    const base::Source& source = report_.sources->Get(span.file);
    const std::string_view bytes = source.Bytes();
    if (span.begin > span.end || span.end > bytes.size())
      return Say(what + " stands outside its file");
    if (span.IsEmpty() && !may_be_empty) Say(what + " is empty");
    for (const std::uint32_t offset : {span.begin, span.end}) {
      if (!IsBoundary(bytes, offset)) Say(what + " cuts a character");
      const base::Position position = source.PositionAt(offset);
      if (FromUtf16(source, position.line, source.Utf16ColumnAt(offset)) != offset)
        Say(what + ": the UTF-16 column leads to another byte");
    }
  }

  const engine::Report& report_;
  std::vector<std::string> out_;
};

std::string Dump(const base::Span& span) {
  return span.IsValid() ? std::to_string(span.file) + "[" + std::to_string(span.begin) + "," +
                              std::to_string(span.end) + ")"
                        : "[]";
}

}  // namespace

std::vector<std::string> BrokenPromises(const engine::Report& report) {
  return Promises(report).Do();
}

std::vector<std::string> BrokenWriters(const engine::Report& report) {
  std::vector<std::string> out;
  // Of the largest, one format in four, another one for each: all together take minutes.
  constexpr std::size_t kManyFindings = 2000, kShare = 4;
  const std::size_t findings = report.findings.size();
  std::size_t number = 0;
  for (const output::Writer& writer : output::Writers()) {
    if (findings > kManyFindings && number++ % kShare != findings % kShare) continue;
    std::string plain;
    for (const bool color : {false, true}) {
      output::WriterOptions options;
      options.color = color;
      const std::string written = writer.write(report, options);
      if (color && written == plain) continue;  // most formats have no colours
      const std::string what = "format " + std::string(writer.name) + (color ? ", coloured" : "");
      if (!written.empty() && !written.ends_with('\n'))
        out.push_back(what + " does not end its last line");
      if (base::FindInvalidUtf8(written)) out.push_back(what + " is not UTF-8");
      if (!color && written.size() <= base::kLargestFile && base::CheckBytes(written))
        out.push_back(what + " holds control bytes");
      if (written.size() > kLarge) break;  // asked of the many small ones
      if (written != writer.write(report, options))
        out.push_back(what + " differs the second time");
      if (!color) plain = written;
    }
  }
  return out;
}

std::string Dump(const engine::Report& report) {
  std::string out;
  for (const diagnostic::Diagnostic& finding : report.findings) {
    out += finding.rule + " " + std::string(diagnostic::Name(finding.severity)) + " " +
           Dump(finding.span) + " " + finding.message + "|" + std::string(finding.why) + "|" +
           finding.help;
    if (finding.subject)
      out += "|" + finding.subject->name + "|" + finding.subject->id + Dump(finding.subject->span);
    for (const diagnostic::Label& label : finding.labels)
      out += "\n  " + Dump(label.span) + " " + label.message;
    out += "\n";
  }
  for (const diagnostic::Gap& gap : report.gaps)
    out += gap.kind + " " + Dump(gap.span) + " " + gap.path + " " + gap.message +
           (gap.refused ? " refused\n" : "\n");
  for (const std::string& error : report.errors) out += error + "\n";
  return out + std::to_string(report.files) + " " + std::to_string(report.containers) + " " +
         std::to_string(report.profiles) + "\n";
}

}  // namespace cagelint::test
