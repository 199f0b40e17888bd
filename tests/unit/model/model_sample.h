// Settings and effective states for the tests of the model.
#pragma once

#include <string>
#include <utility>

#include "linter/model/document.h"

namespace cagelint::model {

inline constexpr base::Span kPlace{0, 0, 1};

template <typename T>
Setting<T> Known(T value) {
  return Setting<T>::Known(std::move(value), kPlace, kPlace);
}

inline Setting<std::string> Literal(const char* value) { return Known(std::string(value)); }

inline Setting<std::string> Unknown(const char* source) {
  return Setting<std::string>::Dynamic(source, kPlace, kPlace);
}

inline Effective Compute(const Container& container, const Document& document = {}) {
  return ComputeEffective(container, TabulateNetworks(document));
}

}  // namespace cagelint::model
