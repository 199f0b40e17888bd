// What names and bytes say before anything is read.
#include <algorithm>
#include <array>
#include <iterator>

#include "linter/driver/walk.h"
#include "linter/input/reader.h"

namespace cagelint::driver {

bool IsComposeName(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  const bool yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  return yaml && name.find("compose") != std::string_view::npos;
}

bool IsLikelyInput(std::string_view path, std::string_view bytes) {
  const std::string_view name = base::NameOf(path);
  constexpr std::array<std::string_view, 5> kScripts{".sh", ".bash", ".zsh", ".ksh", ".dash"};
  for (const std::string_view suffix : kScripts)
    if (name.ends_with(suffix)) return true;
  if (IsComposeName(path)) return true;
  constexpr std::array<std::string_view, 5> kWords{"docker", "podman", "nerdctl",
                                                   "services:", "SCMP_ACT_"};
  std::string narrow;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    std::remove_copy(bytes.begin(), bytes.end(), std::back_inserter(narrow), '\0');
    bytes = narrow;
  }
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return bytes.find(word) != std::string_view::npos;
  });
}

bool MayMatter(std::string_view path) {
  const auto readers = input::Readers();
  return std::any_of(readers.begin(), readers.end(),
                     [&](const input::Reader& reader) { return reader.named(path); });
}

}  // namespace cagelint::driver
