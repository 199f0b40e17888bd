// A hash for tables and shards, the same everywhere. Nothing that an attacker may not choose two
// of.
#pragma once

#include <cstdint>
#include <string_view>

namespace cagelint::base {

// FNV-1a of `text` behind what gave `hash`.
constexpr std::uint64_t HashOf(std::string_view text,
                               std::uint64_t hash = 14'695'981'039'346'656'037U) {
  for (const char byte : text)
    hash = (hash ^ static_cast<unsigned char>(byte)) * 1'099'511'628'211U;
  return hash;
}

}  // namespace cagelint::base
