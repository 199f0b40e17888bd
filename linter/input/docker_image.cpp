#include "linter/input/docker_image.h"

#include <algorithm>

#include "linter/base/text.h"

namespace cagelint::input {
namespace {

bool IsLower(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsAlphanumeric(char c) { return IsLower(c) || IsUpper(c); }
bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

bool IsId(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), IsHex);
}

// digest.Parse: the three algorithms that are known, with as many lower-case digits as they need.
bool IsDigest(std::string_view text) {
  for (const auto& [algorithm, size] :
       {std::pair{"sha256:", 64}, std::pair{"sha384:", 96}, std::pair{"sha512:", 128}}) {
    if (!text.starts_with(algorithm)) continue;
    const std::string_view digits = text.substr(7);
    return digits.size() == static_cast<std::size_t>(size) &&
           std::all_of(digits.begin(), digits.end(), IsHex);
  }
  return false;
}

// Runs of lower-case letters and digits, joined by `.`, `_`, `__` or dashes.
bool IsPathComponent(std::string_view text) {
  if (text.empty() || !IsLower(text.front()) || !IsLower(text.back())) return false;
  for (std::size_t i = 0; i < text.size();) {
    if (IsLower(text[i])) {
      ++i;
      continue;
    }
    const std::size_t end = static_cast<std::size_t>(
        std::find_if(text.begin() + static_cast<std::ptrdiff_t>(i), text.end(), IsLower) -
        text.begin());
    const std::string_view joint = text.substr(i, end - i);
    const bool dashes = joint.find_first_not_of('-') == std::string_view::npos;
    if (joint != "." && joint != "_" && joint != "__" && !dashes) return false;
    i = end;
  }
  return true;
}

bool IsDomain(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const bool bracketed = text.starts_with('[');
  if (colon != std::string_view::npos && (!bracketed || text.find(']') < colon)) {
    const std::string_view port = text.substr(colon + 1);
    if (port.empty() || port.find_first_not_of("0123456789") != std::string_view::npos)
      return false;
    text = text.substr(0, colon);
  }
  if (bracketed) {
    return text.size() > 2 && text.back() == ']' &&
           text.substr(1, text.size() - 2).find_first_not_of("0123456789abcdefABCDEF:") ==
               std::string_view::npos;
  }
  for (const std::string_view label : base::Split(text, '.')) {
    if (label.empty() || !IsAlphanumeric(label.front()) || !IsAlphanumeric(label.back()))
      return false;
    if (!std::all_of(label.begin(), label.end(),
                     [](char c) { return IsAlphanumeric(c) || c == '-'; }))
      return false;
  }
  return true;
}

bool IsTag(std::string_view text) {
  if (text.empty() || text.size() > 128) return false;
  if (!IsAlphanumeric(text[0]) && text[0] != '_') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsAlphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

// The registry's part of the name, up to the first slash; "" where docker.io is meant.
std::string_view DomainOf(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view first = text.substr(0, slash);
  const bool domain = first == "localhost" || first.find_first_of(".:") != std::string_view::npos ||
                      std::any_of(first.begin(), first.end(), IsUpper);
  return domain ? first : std::string_view{};
}

}  // namespace

bool IsImagePlaceholder(std::string_view text) {
  for (std::string_view part : base::Split(text, '/')) {
    part = part.substr(0, part.find_first_of(":@"));
    const bool is_upper = !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
      return IsUpper(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    if (!is_upper) continue;
    for (const std::string_view word : {"IMAGE", "YOUR", "NAME", "USER", "REPO", "REGISTRY",
                                        "CONTAINER", "ORG", "OWNER", "PROJECT", "ACCOUNT"})
      if (part.find(word) != std::string_view::npos) return true;
  }
  return false;
}

std::string ImageRefusal(std::string_view text) {
  const std::string invalid = "`" + std::string(text) + "` is no image: invalid reference format";
  if (IsId(text) || IsDigest(text)) return "";
  const std::string_view domain = DomainOf(text);
  std::string_view rest = domain.empty() ? text : text.substr(domain.size() + 1);
  const std::string_view remote = rest.substr(0, rest.find(':'));
  if (std::any_of(remote.begin(), remote.end(), IsUpper))
    return "`" + std::string(text) + "` is no image: the repository's name is lower case";
  if (!domain.empty() && !IsDomain(domain)) return invalid;
  if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
    if (!IsDigest(rest.substr(at + 1))) return invalid;
    rest = rest.substr(0, at);
  }
  if (const std::size_t colon = rest.find(':'); colon != std::string_view::npos) {
    if (!IsTag(rest.substr(colon + 1))) return invalid;
    rest = rest.substr(0, colon);
  }
  for (const std::string_view part : base::Split(rest, '/'))
    if (!IsPathComponent(part)) return invalid;
  return rest.size() + domain.size() > 255 ? "the image's name is longer than 255 bytes" : "";
}

}  // namespace cagelint::input
