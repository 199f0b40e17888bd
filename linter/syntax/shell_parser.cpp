#include "linter/syntax/shell_parser.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cagelint::syntax {
namespace {

// A file with more commands that cannot be read than this is not shell: the rest stays unread. It
// also bounds the work: each of them may have been read up to the end of the file.
constexpr int kMostBroken = 64;

// What ends a word, or makes it none that could be reserved.
constexpr auto kEndsPlainWord = [] {
  std::array<bool, 256> out{};
  for (const char c : std::string_view(" \t\r\n\f|&;()<>\"'`$\\"))
    out[static_cast<unsigned char>(c)] = true;
  return out;
}();

}  // namespace

void ShellParser::Read() {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (reader_.Text().starts_with(kByteOrderMark)) reader_.Move(3);
  tree_.root = List(kNone);
  ReportGaps();
}

StatementId ShellParser::Add(StatementKind kind, std::uint32_t begin, Ids children) {
  Statement statement;
  statement.kind = kind;
  statement.span = reader_.SpanFrom(begin);
  statement.children = std::move(children);
  tree_.statements.push_back(std::move(statement));
  return static_cast<StatementId>(tree_.statements.size() - 1);
}

StatementId ShellParser::AddOther(std::vector<StatementId> children, base::Span span) {
  const StatementId id = Add(StatementKind::kOther, reader_.Position(), std::move(children));
  At(id).span = span;
  return id;
}

// Call before each step down, and --depth_ behind it; a `false` ends the reading and needs none.
bool ShellParser::Enter(std::uint32_t begin) {
  if (depth_ < kDeepestShell) {
    ++depth_;
    return true;
  }
  if (!stopped_) too_deep_ = {begin, reader_.LineEnd(begin), "commands are nested too deeply"};
  stopped_ = true;
  reader_.Move(static_cast<std::uint32_t>(reader_.Text().size()));
  return false;
}

// The bytes of the word here when they could be a reserved word: nothing quoted or expanded.
std::string_view ShellParser::PeekWord() const {
  const std::string_view rest = reader_.Text().substr(reader_.Position());
  std::size_t end = 0;
  while (end < rest.size() && !kEndsPlainWord[static_cast<unsigned char>(rest[end])]) ++end;
  if (end < rest.size() && std::string_view("\"'$\\").find(rest[end]) != std::string_view::npos)
    return {};
  return rest.substr(0, end);
}

bool ShellParser::TakeKeyword(std::string_view keyword) {
  reader_.SkipBlanks();
  if (PeekWord() != keyword) return false;
  reader_.Move(reader_.Position() + static_cast<std::uint32_t>(keyword.size()));
  return true;
}

StatementId ShellParser::TakeNestedList(char close) {
  const std::uint32_t begin = reader_.Position();
  if (!Enter(begin)) return Add(StatementKind::kSequence, begin, {});
  const auto open = std::exchange(open_, {});
  const StatementId id = List(close == '`' ? kBacktick : kParenthesis);
  open_ = open;
  --depth_;
  return id;
}

StatementId ShellParser::List(Closer closer) {
  const std::uint32_t begin = reader_.Position();
  const std::size_t problems = reader_.Problems().size();
  ++open_[closer];
  Ids ids;
  for (SkipLineEnds(); !EndsList(); SkipLineEnds()) TakeStatement(ids);
  --open_[closer];
  const bool may_be_empty =
      closer == kNone || closer == kEsac || closer == kParenthesis || closer == kBacktick;
  if (ids.empty() && !may_be_empty && !reader_.AtEnd() && problems == reader_.Problems().size())
    ComplainHere("no command stands before ");
  return Add(StatementKind::kSequence, begin, std::move(ids));
}

// True at the end and at what closes this list or one around it. What closes nothing is skipped.
bool ShellParser::EndsList() {
  for (;;) {
    if (reader_.AtEnd()) return true;
    const std::uint32_t begin = reader_.Position();
    const std::uint32_t size = StrayCloser();
    if (size == 0) return false;
    if (size == kEndsHere) return true;
    reader_.Complain(begin, begin + size,
                     "`" + std::string(reader_.Text().substr(begin, size)) + "` closes nothing");
    reader_.Move(begin + size);
    SkipLineEnds();
  }
}

// What stands here, an operator or a word, at the end of a message.
void ShellParser::ComplainHere(std::string message) {
  reader_.SkipBlanks();
  const std::uint32_t begin = reader_.Position();
  const std::string_view rest = reader_.Text().substr(begin);
  if (rest.empty() || rest.front() == '\n' || rest.front() == '\r') {
    const std::uint32_t at = begin > 0 ? begin - 1 : 0;
    return reader_.Complain(at, at + 1, message + "the end of the line");
  }
  constexpr std::size_t kLongest = 40;
  std::size_t size = rest.substr(0, kLongest).find_first_not_of(";&|");
  if (size == 0) size = std::max<std::size_t>(PeekWord().size(), 1);
  size = std::min({size, rest.size(), kLongest});
  while (size > 1 && size < rest.size() && (rest[size] & 0xC0) == 0x80) --size;
  reader_.Complain(begin, begin + static_cast<std::uint32_t>(size),
                   message + "`" + std::string(rest.substr(0, size)) + "`");
}

// kEndsHere: a closer of something open stands here; 0: no closer; otherwise the size of a closer
// of nothing.
std::uint32_t ShellParser::StrayCloser() const {
  struct Closing {
    std::string_view text;
    Closer first, second;
  };
  static constexpr Closing kWords[] = {
      {"}", kBrace, kBrace}, {"then", kThen, kThen}, {"elif", kFi, kThen}, {"else", kFi, kThen},
      {"fi", kFi, kThen},    {"do", kDo, kDo},       {"done", kDone, kDo}, {"esac", kEsac, kEsac},
  };
  if (reader_.Here() == ')') return IsOpen(kParenthesis) ? kEndsHere : 1;
  if (reader_.Here() == '`') return IsOpen(kBacktick) ? kEndsHere : 0;
  if (reader_.Here() == ';') {
    const char next = reader_.At(reader_.Position() + 1);
    if (next != ';' && next != '&') return 0;
    return IsOpen(kEsac) ? kEndsHere : 2;
  }
  const std::string_view word = PeekWord();
  const auto* found = std::find_if(std::begin(kWords), std::end(kWords),
                                   [&](const Closing& known) { return known.text == word; });
  if (found == std::end(kWords)) return 0;
  if (IsOpen(found->first) || IsOpen(found->second)) return kEndsHere;
  return static_cast<std::uint32_t>(word.size());
}

void ShellParser::TakeStatement(Ids& ids) {
  const std::uint32_t begin = reader_.Position();
  const std::size_t problems = reader_.Problems().size();
  if (const StatementId id = AndOr(); id != kNoStatement) ids.push_back(id);
  reader_.SkipBlanks();
  const std::uint32_t at = reader_.Position();
  const char c = reader_.Here();
  const char next = reader_.At(at + 1);
  if ((c == ';' && next != ';' && next != '&') || (c == '&' && next != '>')) {
    if (c == '&' && !ids.empty()) At(ids.back()).in_background = true;
    reader_.Move(at + 1);
  } else if (at == begin) {
    if (problems == reader_.Problems().size())
      reader_.Complain(begin, begin + 1, "this cannot be read as shell");
    reader_.Move(begin + 1);
  } else if (!reader_.AtEnd() && c != '\n' && c != '\r' && StrayCloser() == 0 &&
             problems == reader_.Problems().size()) {
    ComplainHere("a command ended before ");
  }
}

StatementId ShellParser::AndOr() {
  const std::uint32_t begin = reader_.Position();
  Ids ids{Pipeline()};
  std::vector<std::string> operators;
  for (;;) {
    reader_.SkipBlanks();
    const std::string_view joint = reader_.Text().substr(reader_.Position(), 2);
    if (joint != "&&" && joint != "||") break;
    operators.emplace_back(joint);
    reader_.Move(reader_.Position() + 2);
    SkipLineEnds();
    ids.push_back(Pipeline());
  }
  if (ids.size() == 1) return ids.front();
  for (StatementId& id : ids)
    if (id == kNoStatement) id = Add(StatementKind::kOther, begin, {});
  const StatementId id = Add(StatementKind::kAndOr, begin, std::move(ids));
  At(id).operators = std::move(operators);
  return id;
}

void ShellParser::SkipLineEnds() {
  for (reader_.SkipBlanks(); reader_.Here() == '\n' || reader_.Here() == '\r'; reader_.SkipBlanks())
    reader_.TakeLineEnd();
}

StatementId ShellParser::Pipeline() {
  const std::uint32_t begin = reader_.Position();
  bool negated = false;
  for (;;) {
    if (TakeKeyword("!")) {
      negated = true;
    } else if (TakeKeyword("time")) {
      TakeKeyword("-p");
      TakeKeyword("--");
    } else {
      break;
    }
  }
  const std::uint32_t first = reader_.Position();
  Ids ids;
  for (;;) {
    reader_.SkipBlanks();
    const std::uint32_t from = reader_.Position();
    const std::size_t problems = reader_.Problems().size();
    if (const StatementId id = Command(); id != kNoStatement) ids.push_back(id);
    reader_.SkipBlanks();
    const std::uint32_t at = reader_.Position();
    const bool is_bare = first > begin && ids.empty() && reader_.Here() != '|';  // `time`, `!`
    if (at == from && !is_bare && problems == reader_.Problems().size())
      ComplainHere("no command stands before ");
    if (reader_.Here() != '|' || reader_.At(at + 1) == '|') break;
    reader_.Move(at + (reader_.At(at + 1) == '&' ? 2 : 1));
    SkipLineEnds();
  }
  if (ids.empty()) return kNoStatement;
  const StatementId id =
      ids.size() == 1 ? ids.front() : Add(StatementKind::kPipeline, begin, std::move(ids));
  return negated ? Add(StatementKind::kNot, begin, {id}) : id;
}

StatementId ShellParser::Simple() {
  const std::uint32_t begin = reader_.Position();
  reader_.MakeWhole();
  ShellCommand command = reader_.TakeCommand();
  if (!Recover(begin)) return kNoStatement;
  std::uint32_t end = reader_.Position();
  if (reader_.Here() == '(' && end > begin) {
    reader_.Complain(end, end + 1, "`(` stands inside a command");
    reader_.Move(reader_.LineEnd(end));
  }
  if (command.words.empty() && command.assignments.empty() && command.redirects.empty())
    return kNoStatement;
  const std::string_view text = reader_.Text();
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  const StatementId id = Add(StatementKind::kCommand, begin, {});
  At(id).span = map_.ToOuter(begin, end);
  At(id).command = static_cast<std::uint32_t>(tree_.commands.size());
  tree_.commands.push_back(std::move(command));
  return id;
}

// After words were read from `begin` on: false when one of them was left open. Then the reading
// goes on with the next line.
bool ShellParser::Recover(std::uint32_t begin) {
  if (reader_.IsWhole()) return true;
  reader_.MakeWhole();
  const auto size = static_cast<std::uint32_t>(reader_.Text().size());
  if (++broken_ > kMostBroken) stopped_ = true;
  reader_.Move(stopped_ ? size : std::min(size, reader_.LineEnd(begin)));
  return false;
}

}  // namespace cagelint::syntax
