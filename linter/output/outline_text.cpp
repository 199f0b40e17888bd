#include "linter/output/outline_text.h"

#include <algorithm>
#include <set>
#include <vector>

#include "linter/base/text.h"

namespace cagelint::output {
namespace {

constexpr std::size_t kLineWidth = 100;
constexpr std::size_t kMostChanges = 8;
constexpr std::size_t kMostQuoted = 40;  // bytes

// The words of a command, continued as a shell does.
std::string CommandText(const engine::Outline& outline) {
  std::string out = outline.command;
  std::size_t column = 12 + out.size();
  std::vector<std::string> words = outline.settings;
  words.push_back("IMAGE");
  for (const std::string& word : words) {
    if (column + word.size() + 3 > kLineWidth) {
      out += " \\\n             ";
      column = 13;
    }
    out += " " + word;
    column += 1 + word.size();
  }
  return out + "\n";
}

std::string KeysText(const engine::Outline& outline) {
  std::string out;
  for (const std::string& setting : outline.settings)
    out += (out.empty() ? "" : "            ") + setting + "\n";
  return out;
}

// The first line of what stands there; longer ones are cut.
std::string Quoted(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  std::string quoted(text.substr(0, end));
  if (quoted.size() > kMostQuoted) {
    std::size_t cut = kMostQuoted;
    while (cut > 0 && (static_cast<unsigned char>(quoted[cut]) & 0xC0U) == 0x80) --cut;
    quoted.resize(cut);
  }
  return "`" + base::Escape(quoted) + (quoted.size() < text.size() ? "…`" : "`");
}

std::string ChangeText(const engine::Outline& outline, const base::SourceSet& sources) {
  std::vector<std::string> quotes;
  std::set<std::string> seen;
  for (const base::Span& span : outline.changes) {
    std::string quoted = Quoted(sources.Get(span.file).Text(span));
    if (seen.insert(quoted).second) quotes.push_back(std::move(quoted));
  }
  std::string out;
  for (std::size_t i = 0; i < std::min(quotes.size(), kMostChanges); ++i)
    out += (i == 0 ? "" : ", ") + quotes[i];
  if (quotes.size() > kMostChanges)
    out += " and " + std::to_string(quotes.size() - kMostChanges) + " more";
  return out;
}

}  // namespace

std::string OutlineText(const engine::Outline& outline, const base::SourceSet& sources,
                        const Painter& painter) {
  std::string out = "  " + painter.Paint(kBold, "hardened:") + " " +
                    (outline.command.empty() ? KeysText(outline) : CommandText(outline));
  if (!outline.changes.empty())
    out += "  " + painter.Paint(kBold, "change:") + "   " + ChangeText(outline, sources) + "\n";
  return out;
}

}  // namespace cagelint::output
