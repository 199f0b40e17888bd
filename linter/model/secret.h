// What looks like a credential: names, values, tokens, URLs and arguments. Facts:
// rules/data/secret_names.csv, token_shapes.csv and secret_values.csv, a source a line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "linter/model/container.h"

namespace cagelint::model {

enum class SecretName : std::uint8_t {
  kNone,
  kPassword,  // `POSTGRES_PASSWORD`
  kToken,     // `JWT_SECRET`, `apiKey`
  kClient,    // the variable from which a vendor's tools take their credential: `GITHUB_TOKEN`
};

// What the name of a variable or of an option (with or without its dashes) says about its value.
SecretName KindOfName(std::string_view name);

// A part of a text that is a credential by its shape alone.
struct FoundToken {
  std::size_t begin = 0;
  std::size_t size = 0;
  std::string_view prefix;  // "ghp_", which may be shown; both live for ever
  std::string_view what;    // "a GitHub personal access token"
};
// The first one. None that is a placeholder (`sk-xxx…`).
std::optional<FoundToken> FindToken(std::string_view text);

enum class Secrecy : std::uint8_t {
  kNone,       // empty, a switch, a number, a placeholder, a path, a URL, a hash …
  kGuessable,  // plain words: `postgres`, `password123`, the name of the user
  kSecret,
};

// Lower-case words that stand beside a secret and are tried with it: of the image, of the service,
// and names of users and databases.
using FamiliarWords = std::set<std::string, std::less<>>;
FamiliarWords FamiliarWordsOf(const Container& container);

// What the value of something with such a name is. kNone for SecretName::kNone.
Secrecy SecrecyOf(std::string_view value, SecretName name, const FamiliarWords& familiar);

// `scheme://user:password@host` in a text.
struct UrlCredential {
  std::size_t begin = 0;      // of the scheme
  std::string_view user;      // part of the text that was searched
  std::string_view password;  // the same; never empty
  Secrecy secrecy = Secrecy::kSecret;
};
// The first one whose password is neither a placeholder nor put in later (`${PASSWORD}`). The text
// may be one as it is written, with variables in it.
std::optional<UrlCredential> FindUrlCredential(std::string_view text,
                                               const FamiliarWords& familiar);

// A credential among the words of a command line.
struct SecretArgument {
  std::size_t item = 0;   // where to report it: the word that says what it is
  std::string option;     // that word's part without the value: "--password"; "" for a token alone
  std::string value;      // never shown
  std::string_view what;  // of a token, as in FoundToken; else ""
  std::string_view prefix;
  Secrecy secrecy = Secrecy::kSecret;
};
// Of all words, also of those in the script of `sh -c`, the first 16 of each word of the list.
// Credentials in URLs are not among them.
std::vector<SecretArgument> FindSecretArguments(const List<std::string>& words,
                                                const FamiliarWords& familiar);

}  // namespace cagelint::model
