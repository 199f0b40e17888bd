// The command line of a container that is put together from what an engine says of it.
#pragma once

#include <string_view>

#include "linter/input/embed_words.h"
#include "linter/input/inspect.h"

namespace cagelint::input::inspect {

struct Words {
  Words(const Tree& from, syntax::NodeId which, const Names& all);

  // A flag and its value, shown at what the engine wrote.
  void Flag(std::string_view flag, const syntax::Node& value);
  void Flag(std::string_view flag, std::string_view value, const base::Span& place);
  // A namespace, perhaps that of another container.
  void Mode(std::string_view flag, const syntax::Node& value);
  // `KEY=VALUE` of each entry of a map.
  void Pairs(syntax::NodeId map, std::string_view flag);
  template <typename Take>
  void Items(syntax::NodeId of, Take take) const {
    if (of == syntax::kNoNode) return;
    for (const syntax::NodeId item : tree.At(of).items) take(item);
  }
  base::Span Whole(const syntax::Entry& entry) const;
  // The place of a member of an object, or of the object where it is not there.
  base::Span PlaceOf(syntax::NodeId object, std::string_view key) const;
  EmbeddedText Content(const syntax::Node& node) const;

  const Tree& tree;
  const Names& names;
  syntax::NodeId container;
  syntax::NodeId host;    // HostConfig
  syntax::NodeId config;  // Config
  base::Span anchor;      // of what it does not say: its name
  bool is_podman = false;
  bool is_nerdctl = false;  // which leaves most of HostConfig out
  WordList list;
};

// What HostConfig and the mounts and networks say.
void AddHost(Words& words);

}  // namespace cagelint::input::inspect
