// Texts inside other texts: how they are taken out, and how changes are written back.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/embedding.h"
#include "linter/base/source.h"

namespace cagelint::input {

// Puts a text together from pieces of `outer`, and keeps where each byte came from.
class EmbeddedText {
 public:
  // `outer` must outlive it.
  // `begin`: where a text stands that stays empty.
  explicit EmbeddedText(const base::Source& outer, std::uint32_t begin = 0)
      : outer_(outer), map_(outer.Id(), begin) {}

  // Bytes [begin, end) of the outer text as they stand.
  void Copy(std::uint32_t begin, std::uint32_t end);
  // `text` stands for [begin, end) of the outer text as a whole: an escape that was decoded, or
  // what its author did not write and is shown there.
  void Put(std::string_view text, std::uint32_t begin, std::uint32_t end);

  // Bytes [begin, end) of `from`, which was taken out of the same text.
  void Append(const EmbeddedText& from, std::uint32_t begin, std::uint32_t end);
  void Append(const EmbeddedText& from) { Append(from, 0, from.Size()); }

  const std::string& Text() const { return text_; }
  const base::SourceMap& Map() const { return map_; }
  const base::Source& Outer() const { return outer_; }
  std::uint32_t Size() const { return static_cast<std::uint32_t>(text_.size()); }
  // Adds the text to `sources`; `writer` null: it is not edited. What was put together is gone.
  const base::Source& AddTo(base::SourceSet& sources,
                            std::shared_ptr<const base::EditWriter> writer);

 private:
  const base::Source& outer_;
  std::string text_;
  base::SourceMap map_;
};

// What a text is in the place where it stands: nothing where that cannot be written.
using Escape = std::optional<std::string> (*)(std::string_view text);

std::optional<std::string> EscapeNothing(std::string_view text);
// Inside the double quotes of JSON; right in those of YAML, TOML, Go, JavaScript and Python too.
std::optional<std::string> EscapeJson(std::string_view text);
// Inside the single quotes of YAML.
std::optional<std::string> EscapeYamlSingle(std::string_view text);
// In a plain scalar of YAML that goes on: what would end it, or begin a comment, is refused.
std::optional<std::string> EscapeYamlPlain(std::string_view text);

// A text of lines, each behind what the text leaves out (indentation, `> `, a comment's sign). New
// lines get what the line has at which they are added. `escape` is asked for every stretch without
// a line end.
std::shared_ptr<const base::EditWriter> LinesWriter(Escape escape = EscapeNothing);
// A text inside quotes: what is new is escaped, line ends too.
std::shared_ptr<const base::EditWriter> StringWriter(Escape escape);

}  // namespace cagelint::input
