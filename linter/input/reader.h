// The formats that are understood: bytes → model.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/source.h"
#include "linter/model/document.h"

namespace cagelint::input {

// What the user says about the surroundings.
struct Options {
  std::optional<model::Engine>
      engine;                          // --engine; none: the command's own name, docker for compose
  std::vector<std::string> env_files;  // --env-file
  std::map<std::string, std::string> environment;  // --env NAME=VALUE
  // --use-env: `process_environment` is known completely, and a variable set nowhere is unset.
  bool use_environment = false;
  std::map<std::string, std::string> process_environment;
};

// What a reader works with besides its source.
struct Context {
  base::SourceSet& sources;  // further files that it loads go here
  const base::FileSystem& files;
  const Options& options;
  // The user named the file that is read: it was not come upon in a folder.
  bool named = true;
};

struct Reader {
  std::string_view name;  // the carrier's name: "shell", "compose", "seccomp"
  // Whether a file that a walk meets can be of this carrier, by its path alone: others are not
  // opened.
  bool (*named)(std::string_view path);
  // Decides by path and content, cheaply; `bytes` passed the byte gate. Says why in one phrase for
  // `--list` ("a shebang names sh"), or "" when the file is not of this carrier.
  std::string (*accepts)(std::string_view path, std::string_view bytes);
  // Never fails: what cannot be understood is a gap of the document. Bounded in time and memory.
  model::Document (*read)(const base::Source& source, const Context& context);
  // The same as `accepts` for a block of a document (Markdown), by what its fence says it is
  // ("json", in lower case; "" where it says nothing). Null: never.
  std::string (*accepts_fence)(std::string_view language, std::string_view bytes) = nullptr;
};

// Most specific first: the first that accepts a file reads it.
std::span<const Reader> Readers();

// Those of this table; each stands in a file of its own.
extern const Reader kBatchReader;
extern const Reader kComposeReader;
extern const Reader kDockerfileReader;
extern const Reader kGitlabReader;
extern const Reader kGoReader;
extern const Reader kJustfileReader;
extern const Reader kMakefileReader;
extern const Reader kMarkdownReader;
extern const Reader kMcpReader;
extern const Reader kPackageReader;
extern const Reader kPowershellReader;
extern const Reader kPythonReader;
extern const Reader kQuadletReader;
extern const Reader kSeccompReader;
extern const Reader kShellReader;
extern const Reader kSystemdReader;
extern const Reader kTasksReader;
extern const Reader kTypescriptReader;
extern const Reader kWorkflowReader;

// Compose files merged in this order (`-f a -f b`). At least one.
model::Document ReadComposeFiles(const std::vector<const base::Source*>& sources,
                                 const Context& context);

// One argument vector as a shell would have passed it (`check -- docker run …`). `source` is what
// it is shown as: its bytes are the shell-quoted words, and argument spans point into it.
model::Document ReadArgumentVector(const std::vector<std::string>& words,
                                   const base::Source& source, const Context& context);

// Reads the seccomp profile that `container` names, if it names one, and adds it to `document`
// (once, however many containers name it). `directories` are tried in order for a relative path. A
// file that cannot be read is a gap of kind `missing-file`.
void FollowSeccompProfile(model::Container& container, model::Document& document,
                          const std::vector<std::string>& directories, const Context& context);

}  // namespace cagelint::input
