// The value layer of YAML: what yaml-cpp reads, as a flat list in document order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cagelint::syntax {

struct YamlEvent {
  enum class Kind : std::uint8_t { kDocument, kNull, kAlias, kScalar, kList, kMap, kEnd };
  Kind kind = Kind::kNull;
  std::size_t offset = 0;  // yaml-cpp's mark, in the bytes given
  std::size_t anchor = 0;  // of a node: its own id; of an alias: the id it stands for; 0: none
  std::string tag;         // "" when none is written
  std::string value;       // decoded
};

struct YamlEvents {
  std::vector<YamlEvent> events;
  // Why yaml-cpp gave up, and where.
  struct Failure {
    std::string message;
    std::size_t offset = 0;
  };
  std::optional<Failure> failure;
};

// `bytes` without a byte order mark. `kEnd` closes lists and maps, not documents. A document that
// begins no later than the one before it ends the reading with a failure: yaml-cpp 0.7 loops for
// ever on a stray comma.
YamlEvents ReadYamlEvents(std::string_view bytes);

}  // namespace cagelint::syntax
