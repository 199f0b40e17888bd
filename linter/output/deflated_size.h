// How long a text is when compressed.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace cagelint::output {

// Compresses what it is given, as gzip does, and keeps only the length.
class DeflatedSize {
 public:
  DeflatedSize();
  void Add(std::string_view text);
  // At least what gzip would make of all that was added.
  std::size_t AtMost() const;

 private:
  struct Stream;
  struct End {
    void operator()(Stream* stream) const;
  };
  std::unique_ptr<Stream, End> stream_;
};

}  // namespace cagelint::output
