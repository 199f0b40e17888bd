// Which quotes of a shell are open where a text goes on.
#pragma once

#include <cstddef>
#include <string_view>

namespace cagelint::input {

class OpenQuotes {
 public:
  void Pass(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char byte = text[i];
      if (byte == '\\' && open_ != '\'') {
        ++i;
      } else if (open_ != 0) {
        if (byte == open_) open_ = 0;
      } else if (byte == '"' || byte == '\'') {
        open_ = byte;
      }
    }
  }
  // `"` or `'`; 0: none.
  char Open() const { return open_; }

 private:
  char open_ = 0;
};

}  // namespace cagelint::input
