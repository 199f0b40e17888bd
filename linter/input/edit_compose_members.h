// Which key of a service a setting of the model is, and how a value is written there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"
#include "linter/model/container.h"

namespace cagelint::input::compose {

struct Member {
  enum class Shape : std::uint8_t {
    kNone,  // Compose has no such key, or one that no change can write
    kSwitch,
    kPlain,
    kString,
    kStrings,
    kPairs,    // `KEY=VALUE`
    kUlimits,  // `NAME=SOFT[:HARD]`
    kMounts,
  };
  std::string_view name;
  std::string_view key;
  Shape shape = Shape::kNone;
};

// Null where the model has no such member.
const Member* FindMember(std::string_view name);

// What the author wrote for a single setting.
struct WrittenSetting {
  model::State state = model::State::kAbsent;
  base::Span whole = {};
};
WrittenSetting WrittenOf(const model::Container& container, std::string_view name);

// Whether what stands at `whole` hides something that would show again without it: the same key of
// an `extends` base or of an earlier file.
bool HidesOther(const model::Container& container, const base::Span& whole);

// The places through which what is written at `place` came to the container, for any setting or
// for the element of `member` alone.
std::vector<base::Span> WaysTo(const model::Container& container, const base::Span& place,
                               std::string_view member);

// A part of a short mount or port, as it is to be written: `text` instead of [begin, end).
struct TextEdit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

// `raw` is written between the quotes. Nothing where the change cannot be made there.
std::optional<TextEdit> WithReadOnly(std::string_view raw, bool tmpfs, bool read_only);
std::optional<TextEdit> WithTmpfsSize(std::string_view raw, std::string_view size);
std::optional<TextEdit> WithHostAddress(std::string_view raw, std::string_view address);

// Whether a value of `mounts` is meant for `tmpfs`: PATH[:OPTIONS].
bool IsTmpfsValue(std::string_view value);

}  // namespace cagelint::input::compose
