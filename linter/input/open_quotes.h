// Which quotes of a shell are open where a text goes on.
#pragma once

#include <string_view>

namespace cagelint::input {

class OpenQuotes {
 public:
  void Pass(std::string_view text) {
    for (const char byte : text) {
      if (escaped_) {
        escaped_ = false;
      } else if (byte == '\\' && open_ != '\'') {
        escaped_ = true;
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
  bool escaped_ = false;  // a backslash was the last byte
};

}  // namespace cagelint::input
