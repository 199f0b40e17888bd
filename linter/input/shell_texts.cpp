// Texts that another shell reads: `sh -c TEXT`, `ssh host TEXT`, here-documents, what a pipe feeds.
#include "linter/input/shell_texts.h"

#include <algorithm>
#include <utility>

#include "linter/input/shell_prefixes.h"
#include "linter/input/shell_runners.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

using syntax::ShellCommand;
using syntax::Word;

// The words that ssh joins and its host's shell reads begin behind its options and the host.
std::size_t SshCommand(const std::vector<Argument>& words) {
  constexpr std::string_view kValueLetters = "BbcDEeFIiJLlmOoPpQRSWw";
  std::size_t index = 1;
  while (index < words.size() && words[index].text.size() > 1 && words[index].text[0] == '-') {
    const std::string& option = words[index].text;
    const bool value_follows =
        option.size() == 2 && kValueLetters.find(option[1]) != std::string::npos;
    index += value_follows ? 2 : 1;
  }
  ++index;
  if (index < words.size() && words[index].text == "--") ++index;
  return std::min(index, words.size());
}

// The text that `tmux new -d TEXT`, `script -c TEXT`, `su -c TEXT`, `sg GROUP [-c] TEXT` give to a
// shell; null without one.
const Argument* TextOf(std::string_view name, const std::vector<Argument>& words) {
  if (name == "sg") {
    const std::size_t text = words.size() > 2 && words[2].text == "-c" ? 3 : 2;
    return text < words.size() ? &words[text] : nullptr;
  }
  if (name == "tmux") {
    // `tmux send-keys -t x TEXT Enter`: others than the last are looked at, too.
    for (std::size_t i = words.size() - 1; i > 1; --i)
      if (words[i].text.find(' ') != std::string::npos && NamesEngineAnywhere(words[i].text))
        return &words[i];
    return nullptr;
  }
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const std::string& option = words[i].text;
    if (option == "--command" ||
        (option.size() > 1 && option[0] == '-' && option[1] != '-' && option.ends_with('c')))
      return &words[i + 1];
  }
  return nullptr;
}

// What a shell's own words say.
struct ShellCall {
  bool has_text = false;    // -c
  bool reads_input = true;  // no file is named
  std::size_t rest = 0;     // the text, or the parameters
};

ShellCall ReadShellCall(const std::vector<Argument>& words) {
  ShellCall call;
  std::size_t index = 1;
  bool takes_input = false;  // -s
  for (; index < words.size(); ++index) {
    const std::string& word = words[index].text;
    if (word == "-" || word == "--") {
      ++index;
      break;
    }
    if (word.size() < 2 || (word[0] != '-' && word[0] != '+')) break;
    const bool is_long = word.starts_with("--");
    call.has_text =
        call.has_text || (!is_long && word[0] == '-' && word.find('c') != std::string::npos);
    takes_input = takes_input || (!is_long && word.find('s') != std::string::npos);
    const bool has_value = word == "-o" || word == "+o" || word == "-O" || word == "+O" ||
                           word == "--rcfile" || word == "--init-file";
    if (has_value) ++index;
  }
  call.rest = std::min(index, words.size());
  call.reads_input = takes_input || call.rest == words.size();
  return call;
}

// Adds `from` [begin, end) with its escapes undone, as `echo -e` and printf's format do it.
void AppendDecoded(Argument& to, const Argument& from, std::size_t begin, std::size_t end) {
  std::size_t copied = begin;
  for (std::size_t at = begin; at + 1 < end; ++at) {
    if (from.text[at] != '\\') continue;
    const std::size_t which = std::string_view("nt\\").find(from.text[at + 1]);
    if (which == std::string_view::npos) continue;
    AppendPart(to, from, copied, at);
    to.pieces.push_back(
        {static_cast<std::uint32_t>(to.text.size()), 1, from.SpanOf(at, at + 2), {}, {}});
    to.text += "\n\t\\"[which];
    copied = ++at + 1;
  }
  if (copied < end) AppendPart(to, from, copied, end);
}

void AppendBlank(Argument& to, const Argument& place) {
  to.pieces.push_back({static_cast<std::uint32_t>(to.text.size()), 1, place.span, {}, {}});
  to.text += ' ';
}

Argument Echoed(const std::vector<Argument>& words) {
  Argument text;
  std::size_t first = 1;
  bool decodes = false;
  for (; first < words.size(); ++first) {
    const std::string& option = words[first].text;
    if (option.size() < 2 || option[0] != '-' ||
        option.find_first_not_of("neE", 1) != std::string::npos)
      break;
    decodes = decodes || option.find('e') != std::string::npos;
  }
  for (std::size_t i = first; i < words.size(); ++i) {
    if (i > first) AppendBlank(text, words[i]);
    if (decodes)
      AppendDecoded(text, words[i], 0, words[i].text.size());
    else
      AppendPart(text, words[i], 0, words[i].text.size());
  }
  return text;
}

// printf uses its format again while arguments are left.
Argument Printed(const std::vector<Argument>& words) {
  constexpr std::size_t kLongest = 65536;
  Argument text;
  std::size_t first = words.size() > 1 && words[1].text == "--" ? 2 : 1;
  if (first >= words.size()) return text;
  const Argument& format = words[first++];
  bool took = true;
  for (bool again = true; again && took && text.text.size() < kLongest;) {
    took = false;
    std::size_t copied = 0;
    for (std::size_t at = 0; at + 1 < format.text.size(); ++at) {
      if (format.text[at] != '%') continue;
      AppendDecoded(text, format, copied, at);
      const char directive = format.text[at + 1];
      copied = ++at + 1;
      if (directive == '%') {
        AppendPart(text, format, at, at + 1);
        continue;
      }
      took = true;
      if (first >= words.size()) continue;
      const Argument& value = words[first++];
      if (directive == 's' || directive == 'b' || directive == 'q')
        AppendPart(text, value, 0, value.text.size());
      else
        text.pieces.push_back(
            {static_cast<std::uint32_t>(text.text.size()), 1, value.span, {}, "…"}),
            text.text += kUnknownByte;
    }
    AppendDecoded(text, format, copied, format.text.size());
    again = first < words.size();
  }
  return text;
}

}  // namespace

// What a process sees that is started here: other variables are those of whoever runs the script.
void ShellWalker::EnterChild(Arguments parameters) {
  const auto is_exported = [&](const std::string& name) {
    const ShellValue* value = values_.Find(ExportOf(name));
    return value != nullptr && value->IsScalar();
  };
  const bool all = is_exported("*");
  if (!all)
    values_.ForgetIf([&](const std::string& name) {
      const bool is_note = name.front() == '+' || name.front() == '&';
      return !is_note && name != "PWD" && !is_exported(name);
    });
  values_.Set("@", ShellValue::Array(std::move(parameters)));
}

// `echo "docker run …" | sh`: what is printed is a script.
void ShellWalker::FeedOutput(const ShellCommand& from, const ShellCommand& to, const Flow& flow) {
  Arguments words;
  for (const Word& word : from.words)
    for (Argument& argument : values_.Expand(word, *tree_)) words.push_back(std::move(argument));
  const std::string program = words.empty() ? "" : words.front().text;
  if (program != "echo" && program != "printf") return;
  Argument text = program == "echo" ? Echoed(words) : Printed(words);
  if (text.pieces.empty()) return;
  text.span = words.back().span;
  Arguments reader;
  for (const Word& word : to.words)
    for (Argument& argument : values_.Expand(word, *tree_)) reader.push_back(std::move(argument));
  reader.erase(reader.begin(),
               reader.begin() + static_cast<std::ptrdiff_t>(FindProgram(reader).index));
  if (reader.empty() || ProgramName(reader.front().text) == "cat" ||
      ProgramName(reader.front().text) == "tee")
    return;
  const Argument* outer = std::exchange(input_, &text);
  RunText(to, reader, flow);
  input_ = outer;
}

// The words as one text with blanks between them, as `eval` and ssh join them.
Argument ShellWalker::Joined(const Arguments& words, std::size_t first) {
  Argument text;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (i > first) AppendBlank(text, words[i]);
    AppendPart(text, words[i], 0, words[i].text.size());
  }
  if (first < words.size()) text.span = base::Cover(words[first].span, words.back().span);
  return text;
}

// True where the command is one that reads a text, whatever it is.
bool ShellWalker::RunText(const ShellCommand& command, const Arguments& words, const Flow& flow) {
  const std::string name(ProgramName(words.front().text));
  const std::size_t mark = values_.Mark();
  const bool ended = std::exchange(ended_, false);
  bool is_text = true;
  if (name == "ssh") {
    const std::size_t index = SshCommand(words);
    const Argument text = Joined(words, index);
    const std::vector<Argument> documents = DocumentsOf(command);
    EnterChild({});
    const Argument* outer = input_;
    if (!documents.empty()) input_ = &documents.front();
    if (index < words.size())
      ReadArgumentText(text, flow);
    else if (input_ != nullptr)
      ReadArgumentText(*input_, flow);
    input_ = outer;
  } else if (IsShell(name)) {
    const ShellCall call = ReadShellCall(words);
    const auto rest = words.begin() + static_cast<std::ptrdiff_t>(call.rest);
    const std::vector<Argument> documents = DocumentsOf(command);
    if (call.has_text && rest != words.end()) {
      EnterChild({rest + (words.end() - rest > 1 ? 2 : 1), words.end()});
      ReadArgumentText(*rest, flow);
    } else if (!call.has_text && call.reads_input) {
      EnterChild({rest, words.end()});
      if (documents.empty() && input_ != nullptr) ReadArgumentText(*input_, flow);
      for (const Argument& document : documents) ReadArgumentText(document, flow);
    }
  } else if (name == "tmux" || name == "script" || name == "sg" || name == "su" ||
             name == "runuser") {
    const Argument* text = TextOf(name, words);
    EnterChild({});
    if (text != nullptr) ReadArgumentText(*text, flow);
    is_text = text != nullptr || name != "tmux";
  } else if (name == "cat" || name == "tee") {
    ReadWrittenScript(command, words, flow);
  } else if (RunMcpClient(words) || RunCode(words)) {
    // What it names is a file of its own, and no script.
  } else if (RunHandedTexts(words, flow)) {
    // Each is a script of its own.
  } else {
    is_text = false;
  }
  ended_ = ended;
  values_.RollBack(mark);
  return is_text;
}

// True where the program is one that hands some of its arguments to a shell, and has such.
bool ShellWalker::RunHandedTexts(const Arguments& words, const Flow& flow) {
  const Arguments texts = HandedTexts(words);
  if (texts.empty()) return false;
  EnterChild({});
  for (const Argument& text : texts) ReadAside(text, flow);
  return true;
}

// What a command's here-documents and here-strings hold.
std::vector<Argument> ShellWalker::DocumentsOf(const ShellCommand& command) {
  std::vector<Argument> documents;
  for (const syntax::Redirect& redirect : command.redirects) {
    if (redirect.document != UINT32_MAX)
      documents.push_back(values_.ExpandWhole(tree_->documents[redirect.document], *tree_));
    if (redirect.operation == "<<<")
      documents.push_back(values_.ExpandWhole(redirect.target, *tree_));
  }
  return documents;
}

// `cat > run.sh <<E`, `tee run.sh <<E`: the script that this makes, with variables of its own.
void ShellWalker::ReadWrittenScript(const ShellCommand& command, const Arguments& words,
                                    const Flow& flow) {
  bool is_script = words.back().text.ends_with(".sh") && words.front().text.ends_with("tee");
  for (const syntax::Redirect& redirect : command.redirects)
    if (redirect.TakesOutput() && redirect.target.Text().ends_with(".sh")) is_script = true;
  Flow inner;
  inner.embedded = flow.embedded;
  for (const syntax::Redirect& redirect : command.redirects) {
    if (redirect.document == UINT32_MAX) continue;
    const Argument text = values_.ExpandWhole(tree_->documents[redirect.document], *tree_);
    if (!is_script && !NamesShell(text.text)) continue;
    values_.ForgetAll();
    ReadArgumentText(text, inner);
  }
}

}  // namespace cagelint::input
