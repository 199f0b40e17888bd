// What the parts of the reader of dev container configurations share. Facts: github
// devcontainers/cli, src/spec-node (singleContainer.ts, dockerCompose.ts, imageMetadata.ts) and
// src/spec-common/variableSubstitution.ts; the specification on containers.dev.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/input/embed.h"
#include "linter/input/reader.h"
#include "linter/model/document.h"
#include "linter/syntax/node.h"

namespace cagelint::input::devcontainer {

struct Config {
  const base::Source& source;
  const syntax::Tree& tree;
  syntax::NodeId root;
  std::string folder;     // of the file; where the files that it names are looked for
  std::string workspace;  // the project's, that holds `.devcontainer`; where commands are started

  // The value that counts: of repeated keys it is the last. Null where there is none, or `null`.
  const syntax::Entry* Find(std::string_view key) const { return FindIn(root, key); }
  const syntax::Entry* FindIn(syntax::NodeId map, std::string_view key) const;
  // The entry's value where it is a string that is not empty, or another scalar; otherwise null.
  const syntax::Node* Scalar(std::string_view key) const;
  // `key` is there, and JavaScript takes its value for true.
  const syntax::Entry* FindTrue(std::string_view key) const;

  const syntax::Node& ValueOf(const syntax::Entry& entry) const { return tree.At(entry.value); }
  base::Span KeyOf(const syntax::Entry& entry) const { return tree.At(entry.key).span; }
  base::Span Whole(const syntax::Entry& entry) const;
};

// What the image is named or built by: the key at which a container is shown.
const syntax::Entry* ImageEntry(const Config& config);

// How a text is read that holds variables.
enum class Purpose : std::uint8_t { kWord, kShell };

// `scalar` with its variables put in, as far as they are known; an unknown part is a placeholder of
// the shell reader. As an element of a WordList, or as a text for a shell.
EmbeddedText TextOf(const Config& config, const syntax::Node& scalar, Purpose purpose);

// One thing that a feature asks for, as docker's client is told: `flag` and perhaps `value`.
struct Wish {
  std::string flag;
  std::string value;  // "" where the flag has none
};
struct Feature {
  base::Span place;  // its key
  // What it asks for. Nothing: that is not known, since it is neither one of github
  // devcontainers/features nor one that stands beside the file.
  std::optional<std::vector<Wish>> wishes;
};
std::vector<Feature> FeaturesOf(const Config& config, const Context& context);
inline constexpr std::string_view kUnknownFeature =
    "what this feature asks the engine for is not known";

// `target` of a mount in the syntax of --mount.
std::string TargetOf(std::string_view mount);

// Reads the container that the CLI starts with `docker run`; there is an ImageEntry.
void ReadContainer(const Config& config, const Context& context, model::Document& document);
// The project that it starts with `docker compose`.
void ReadProject(const Config& config, const Context& context, model::Document& document);
// `initializeCommand`, which it runs on the host.
void ReadInitialize(const Config& config, const Context& context, model::Document& document);

// A further file of the project; null where it cannot be read.
const base::Source* OpenFile(const std::string& path, const Context& context);
// Reads what `build` or `dockerFile` says into `container`, which has no image then.
void ReadBuild(const Config& config, const Context& context, model::Container& container);

}  // namespace cagelint::input::devcontainer
