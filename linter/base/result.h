// Failure as a value: C++20 has no std::expected.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace cagelint::base {

// What went wrong, as a sentence for the user: lower case, no full stop.
struct Error {
  std::string message;
};

// Either a T or an Error. Reading the wrong one is a bug of the caller, and asserted.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}      // NOLINT: a value is a result
  Result(Error error) : value_(std::move(error)) {}  // NOLINT: an error is a result

  bool Ok() const { return std::holds_alternative<T>(value_); }
  const T& Value() const& {
    assert(Ok());
    return *std::get_if<T>(&value_);
  }
  T&& Value() && {
    assert(Ok());
    return std::move(*std::get_if<T>(&value_));
  }
  const std::string& Message() const {
    assert(!Ok());
    return std::get_if<Error>(&value_)->message;
  }

 private:
  std::variant<T, Error> value_;
};

}  // namespace cagelint::base
