#include <algorithm>
#include <array>

#include "linter/base/text.h"
#include "linter/model/secret.h"

namespace cagelint::model {
namespace {

struct Word {
  std::string_view text;
  std::size_t item = 0;
};

bool IsShell(std::string_view word) {
  constexpr std::array<std::string_view, 5> kShells{"sh", "bash", "ash", "dash", "zsh"};
  const std::string_view name = word.substr(word.rfind('/') + 1);
  return std::find(kShells.begin(), kShells.end(), name) != kShells.end();
}

// The words of a script, roughly: what blanks, quotes and operators divide.
void AddScript(std::string_view script, std::size_t item, std::vector<Word>& out) {
  constexpr std::string_view kBetween = " \t\r\n'\";&|()";
  for (std::size_t at = 0; at < script.size();) {
    const std::size_t begin = script.find_first_not_of(kBetween, at);
    if (begin == std::string_view::npos) return;
    at = std::min(script.find_first_of(kBetween, begin), script.size());
    out.push_back({script.substr(begin, at - begin), item});
  }
}

// Words of `list`, those of a script for `sh -c` one by one. What cannot be known is as written.
std::vector<Word> WordsOf(const List<std::string>& list) {
  std::vector<Word> out;
  bool shell = false;
  bool script_next = false;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Setting<std::string>& item = list.items[i];
    const std::string_view text = item.IsKnown() ? item.value : item.source;
    if (script_next) {
      AddScript(text, i, out);
    } else {
      out.push_back({text, i});
    }
    script_next = shell && text.starts_with('-') && text.ends_with('c');
    shell = shell || IsShell(text);
  }
  return out;
}

// Options by which single programs take a password. attached: `-pSECRET`; apart: `-a SECRET`;
// pair: `-u user:SECRET`. Sources: mysql(1), mariadb(1), redis-cli --help, sshpass(1), curl(1).
struct Known {
  std::string_view program, option;
  bool attached, apart, pair;
};
constexpr std::array<Known, 11> kKnown{{
    {"mysql", "-p", true, false, false},
    {"mysqladmin", "-p", true, false, false},
    {"mysqldump", "-p", true, false, false},
    {"mariadb", "-p", true, false, false},
    {"mariadb-admin", "-p", true, false, false},
    {"mariadb-dump", "-p", true, false, false},
    {"redis-cli", "-a", false, true, false},
    {"valkey-cli", "-a", false, true, false},
    {"sshpass", "-p", true, true, false},
    {"curl", "-u", false, true, true},
    {"curl", "--user", false, true, true},
}};

bool HasVariable(std::string_view text) {
  return text.find_first_of("$`") != std::string_view::npos;
}

class Search {
 public:
  Search(std::vector<Word> words, const FamiliarWords& familiar)
      : words_(std::move(words)), familiar_(familiar) {}

  std::vector<SecretArgument> Run() {
    for (at_ = 0; at_ < words_.size(); ++at_) {
      const std::string_view text = words_[at_].text;
      if (at_ == 0 || words_[at_].item != words_[at_ - 1].item) most_ = out_.size() + kMostOfItem;
      if (out_.size() >= most_) continue;
      if (FindUrlCredential(text, familiar_)) continue;
      if (const auto token = FindToken(text)) {
        AddToken(text, *token);
      } else if (!ByProgram(text)) {
        ByName(text);
      }
      const std::string_view program = text.substr(text.rfind('/') + 1);
      for (const Known& one : kKnown)
        if (one.program == program) program_ = program;
    }
    return std::move(out_);
  }

 private:
  std::string_view Next() const {
    return at_ + 1 < words_.size() ? words_[at_ + 1].text : std::string_view();
  }

  void AddToken(std::string_view text, const FoundToken& token) {
    const std::size_t equals = text.find('=');
    const bool named = equals != std::string_view::npos && equals < token.begin;
    out_.push_back({words_[at_].item, std::string(named ? text.substr(0, equals) : ""),
                    std::string(text.substr(token.begin, token.size)), token.what, token.prefix});
    // `--token ghp_…`: the option says where it is.
    if (named || at_ == 0 || words_[at_ - 1].text.size() < 2) return;
    const std::string_view before = words_[at_ - 1].text;
    if (!before.starts_with('-') || HasVariable(before)) return;
    out_.back().option = before;
    out_.back().item = words_[at_ - 1].item;
  }

  bool Add(std::string_view option, std::string_view value, SecretName name) {
    if (HasVariable(value)) return false;
    const Secrecy secrecy = SecrecyOf(value, name, familiar_);
    if (secrecy == Secrecy::kNone) return false;
    out_.push_back({words_[at_].item, std::string(option), std::string(value), {}, {}, secrecy});
    return true;
  }

  bool ByProgram(std::string_view text) {
    for (const Known& one : kKnown) {
      if (one.program != program_ || !text.starts_with(one.option)) continue;
      std::string_view value;
      if (one.attached && text.size() > one.option.size()) value = text.substr(2);
      if (one.apart && text == one.option) value = Next();
      const std::size_t colon = value.find(':');
      if (one.pair) value = colon == std::string_view::npos ? "" : value.substr(colon + 1);
      if (!value.starts_with('-') && Add(one.option, value, SecretName::kPassword)) return true;
    }
    return false;
  }

  // `--password=X`, `--password X`, `PASSWORD=X`.
  void ByName(std::string_view text) {
    const bool is_option = text.starts_with('-');
    const std::size_t equals = text.find('=');
    const std::string_view option = text.substr(0, equals);
    if (option.find_first_of(" \t\n$`{") != std::string_view::npos) return;
    const SecretName name = KindOfName(option);
    if (name == SecretName::kNone) return;
    if (equals != std::string_view::npos) {
      Add(option, text.substr(equals + 1), name);
    } else if (is_option && FindUrlCredential(Next(), familiar_) == std::nullopt &&
               !FindToken(Next()) && !Next().starts_with('-')) {
      Add(option, Next(), name);
    }
  }

  std::vector<Word> words_;
  const FamiliarWords& familiar_;
  static constexpr std::size_t kMostOfItem = 16;
  std::size_t at_ = 0;
  std::size_t most_ = 0;  // how many there may be at the end of this item
  std::string_view program_;
  std::vector<SecretArgument> out_;
};

}  // namespace

std::vector<SecretArgument> FindSecretArguments(const List<std::string>& words,
                                                const FamiliarWords& familiar) {
  return Search(WordsOf(words), familiar).Run();
}

}  // namespace cagelint::model
