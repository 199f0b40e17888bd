// A text put together from texts that are written in different ways.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "linter/base/embedding.h"
#include "linter/base/source.h"
#include "linter/input/embed.h"

namespace cagelint::input {

class PiecedText {
 public:
  // `outer` must outlive it.
  explicit PiecedText(const base::Source& outer) : text_(outer) {}

  // `text` was taken out of the same outer text; `writer` null: it is not edited.
  void Append(const EmbeddedText& text, std::shared_ptr<const base::EditWriter> writer);
  // As EmbeddedText::Put: is not edited.
  void Put(std::string_view text, std::uint32_t begin, std::uint32_t end);

  const EmbeddedText& Text() const { return text_; }
  const base::Source& AddTo(base::SourceSet& sources);

  struct Piece {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::shared_ptr<const base::EditWriter> writer;
  };

 private:
  EmbeddedText text_;
  std::vector<Piece> pieces_;  // those that can be edited, in order
};

}  // namespace cagelint::input
