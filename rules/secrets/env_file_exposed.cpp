#include <algorithm>
#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// What tools that read `.env` call its variants; what ends otherwise was made for something
// (`.env.agent`, `.env.docker`) or holds no secrets (`.env.example`).
constexpr std::array<std::string_view, 9> kVariants{
    "local", "production", "prod", "development", "dev", "staging", "stage", "test", "default"};

bool IsOfProject(std::string_view name) {
  if (name == ".env") return true;
  if (!name.starts_with(".env.")) return false;
  const auto parts = base::Split(name.substr(5), '.');
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    return std::find(kVariants.begin(), kVariants.end(), part) != kVariants.end();
  });
}

// In the folder of the file or of the client, or above: a folder below has a file of its own.
bool IsAtTop(std::string_view folder) {
  const std::string path = base::CleanPath(folder);
  const auto parts = base::Split(path, '/');
  const bool is_up = std::all_of(parts.begin(), parts.end(),
                                 [](std::string_view part) { return part == "." || part == ".."; });
  return is_up || path == "$PWD" || path == "$(dirname \"$0\")";
}

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.env_file.items) {
    if (!item.IsKnown()) continue;
    const std::string_view path = item.value;
    const std::size_t slash = path.rfind('/');
    const bool has_folder = slash != std::string_view::npos;
    const std::string_view name = has_folder ? path.substr(slash + 1) : path;
    if (!IsOfProject(name) || !IsAtTop(has_folder ? path.substr(0, slash) : ".")) continue;
    report.Add({.span = PlaceOf(item, container),
                .message = "all of the project's `" + std::string(name) + "` goes to the program",
                .help = "name the variables that it needs, or make a file for this container"});
  }
}

}  // namespace

extern const Rule kEnvFileExposed{
    .info =
        {.id = "env-file-exposed",
         .title = "the project's .env goes to the program as a whole",
         .why = "the program reads every credential of the project, also those of other parts",
         .rationale =
             "A `.env` collects what all parts of a project need, and what Compose itself puts "
             "into the file: passwords of databases, keys of services, tokens for deployment. "
             "`env_file: .env` and `--env-file .env` make every line of it a variable of this "
             "container, and what is added for another part tomorrow as well.\n\n"
             "Meant are `.env` and its usual variants (`.env.local`, `.env.production`) beside the "
             "file, where the client runs, or above. A file with another name (`agent.env`, "
             "`.env.agent`), or in a folder below (`./db/.env`), was made for one program; "
             "`.env.example` holds no secrets.",
         .references = {"Docker documentation, Compose, Set environment variables",
                        "Vite documentation, Env Variables and Modes"},
         .cis = {},
         .bad = "docker run --env-file .env alpine:3.22\n",
         .good = "docker run --env-file agent.env alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
