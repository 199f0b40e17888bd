// The command that podman's generator makes of a `.container` file (podman 5.6,
// pkg/systemd/quadlet/quadlet.go, ConvertContainer; podman-systemd.unit(5)), as a list of words
// that are shown at the keys they come from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/input/embed_words.h"
#include "linter/syntax/unit_file.h"

namespace cagelint::input {

class QuadletCommand {
 public:
  // `file` has a section `[Container]`, and both must outlive this.
  QuadletCommand(const base::Source& source, const syntax::UnitFile& file);

  // Adds the words as a text of their own.
  const base::Source& AddTo(base::SourceSet& sources);
  // What the generator refuses, and keys that it does not know.
  const std::vector<diagnostic::Gap>& Gaps() const { return gaps_; }

 private:
  using Entry = syntax::UnitEntry;
  using Entries = std::vector<const Entry*>;

  void Build();
  void AddBeginning();
  void AddService();
  void AddSecurity();
  void AddUser();
  void AddUserNamespace();
  void AddLists();
  void AddVolumes();
  void AddNetworks();
  void AddMounts();
  void AddPodmanArgs();
  void AddImage();
  void CheckKeys();

  // All entries of a key; an empty one takes back those before it.
  Entries All(std::string_view key, std::string_view section = "Container") const;
  // The last one; null where there is none, or it is empty.
  const Entry* Last(std::string_view key, std::string_view section = "Container") const;
  static bool IsTrue(const Entry& entry);

  void Fixed(std::string_view word) { words_.AddImplied(word, place_); }
  // `flag VALUE` of a key's last entry, of all its entries, of all words of all its entries.
  void AddString(std::string_view flag, std::string_view key);
  void AddStrings(std::string_view flag, std::string_view key);
  void AddWords(std::string_view flag, std::string_view key, bool escapes,
                std::string_view before = "");
  void AddBool(std::string_view flag, std::string_view key);
  void AddValue(std::string_view flag, const Entry& entry, const EmbeddedText& content,
                std::string_view before = "", bool is_whole = false);
  void AddCommandWords(const Entry& entry);

  // The value as it stands. Of a key that counts once the double quotes around it are taken away.
  EmbeddedText Raw(const Entry& entry, bool is_list = false) const;
  // The words of a value, each with the place of all of it.
  struct Word {
    EmbeddedText content;
    base::Span place;
  };
  std::vector<Word> Split(const Entry& entry, bool escapes) const;
  void AppendToken(const Entry& entry, const syntax::UnitToken& token, EmbeddedText& out) const;
  // `name.volume` and the like as podman calls it, `./x` from the file's folder.
  EmbeddedText Source(const EmbeddedText& content, std::uint32_t begin, std::uint32_t end,
                      bool may_be_image) const;
  EmbeddedText Mount(const EmbeddedText& content) const;
  EmbeddedText Network(const EmbeddedText& content) const;
  void Refuse(std::string message, const base::Span& span);

  const base::Source& source_;
  const syntax::UnitFile& file_;
  base::Span place_;       // of what no key says
  std::uint32_t end_ = 0;  // of the section
  WordList words_;
  std::vector<diagnostic::Gap> gaps_;
};

// `words` (`--cap-drop=ALL`) as lines for the end of a section: the keys that mean the same, and
// `PodmanArgs=` for the rest. Nothing where they cannot be written.
std::optional<std::string> QuadletLines(const std::vector<std::string>& words,
                                        std::string_view line_end);
// A word of a value, where it needs no quotes.
std::optional<std::string> EscapeQuadlet(std::string_view text);

}  // namespace cagelint::input
