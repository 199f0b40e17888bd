// A YAML or JSON file as its editors see it: the tree, upwards as well as downwards, and where its
// lines begin.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "linter/base/source.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

class EditTree {
 public:
  enum class Language : std::uint8_t { kYaml, kJson };

  // `source` must outlive it.
  EditTree(const base::Source& source, Language language);

  const base::Source& Source() const { return *source_; }
  std::string_view Bytes() const { return source_->Bytes(); }
  Language In() const { return language_; }
  bool IsJson() const { return language_ == Language::kJson; }
  // Why nothing may be edited here; "" where there is no such reason.
  const std::string& Refused() const { return refused_; }

  const syntax::Tree& Nodes() const { return tree_; }
  const syntax::Node& At(syntax::NodeId id) const { return tree_.At(id); }
  // kNoNode of the root of a document.
  syntax::NodeId ParentOf(syntax::NodeId id) const { return parents_[id].node; }
  // Which entry or item of its parent the node is, as a value.
  std::size_t IndexOf(syntax::NodeId id) const { return parents_[id].index; }
  // The key of an entry's value; kNoNode of an item and of a root.
  syntax::NodeId KeyOf(syntax::NodeId id) const;
  // The keys from the root to the node; "#" for an item of a list.
  std::vector<std::string> PathOf(syntax::NodeId id) const;
  // Whether an alias stands for the node.
  bool IsAliased(syntax::NodeId id) const { return aliased_[id]; }
  // Of a compose file: whether the node and all its aliases are the same part of their services.
  bool HasOneRole(syntax::NodeId id) const { return !several_roles_.contains(id); }
  // The alias that is written at `place`; kNoNode without one.
  syntax::NodeId FindAlias(const base::Span& place) const;
  // One behind the last node below `id`; nodes stand in the order of the file.
  syntax::NodeId EndOf(syntax::NodeId id) const;

  // Of a compose file: a service that says `extends: service`, of this file; "" where none does.
  const std::string& ExtenderOf(const std::string& service) const;

  // The entry or item that `whole`, a Setting::whole, is the place of: its value. kNoNode where
  // there is none.
  syntax::NodeId FindWhole(const base::Span& whole) const;
  // The value of the entry whose key stands at `key`, without quotes.
  syntax::NodeId FindKey(const base::Span& key) const;
  // The scalar that holds `place`.
  syntax::NodeId FindScalar(const base::Span& place) const;

  // Written in brackets.
  bool IsFlow(syntax::NodeId id) const;
  // Tag and anchor included.
  std::uint32_t BeginOf(syntax::NodeId id) const;
  // Behind what is written of the node, also where only an anchor is.
  std::uint32_t EndAt(syntax::NodeId id) const;
  std::size_t ChildCount(syntax::NodeId id) const;
  syntax::NodeId Child(syntax::NodeId id, std::size_t index) const;
  // Where a child begins: its key, or itself. Dashes and question marks are not part of it.
  std::uint32_t ChildBegin(syntax::NodeId id, std::size_t index) const;
  std::uint32_t ChildEnd(syntax::NodeId id, std::size_t index) const;
  // How much deeper than their keys the lists without brackets stand: the first of them counts,
  // its own entries before those further below.
  // -1 where there is none. Looks at no more than `most` nodes below `id`.
  int ListOffset(syntax::NodeId id, std::size_t most) const;
  int ListOffset() const { return list_offset_; }  // of the whole file

  std::uint32_t LineBegin(std::uint32_t at) const;
  std::uint32_t LineEnd(std::uint32_t at) const;   // before the line end
  std::uint32_t NextLine(std::uint32_t at) const;  // behind the line end
  bool IsBlank(std::uint32_t begin, std::uint32_t end) const;
  bool OpensLine(std::uint32_t at) const { return IsBlank(LineBegin(at), at); }
  std::uint32_t Column(std::uint32_t at) const { return at - LineBegin(at); }
  // Whether nothing but blanks and a comment follows in the line.
  bool ClosesLine(std::uint32_t at) const;
  // Behind blanks, line ends and comments.
  std::uint32_t SkipSpace(std::uint32_t at) const;
  // As the file has it in its first line.
  std::string_view NewLine() const;

 private:
  struct Parent {
    syntax::NodeId node = syntax::kNoNode;
    std::size_t index = 0;
  };
  void Link();
  void Index();
  void IndexEntry(const syntax::Entry& entry);
  void IndexAliases();
  void IndexExtends(syntax::NodeId root);
  bool BeginsComment(std::uint32_t at) const;
  int OffsetOf(syntax::NodeId list) const;

  const base::Source* source_;
  Language language_;
  std::string refused_;
  syntax::Tree tree_;
  std::vector<Parent> parents_;
  std::vector<bool> aliased_;
  int list_offset_ = -1;
  std::vector<syntax::NodeId> scalars_;  // by place
  std::unordered_map<std::uint64_t, syntax::NodeId> wholes_;
  std::unordered_map<std::uint64_t, syntax::NodeId> keys_;
  std::unordered_map<std::string, std::string> extenders_;
  std::unordered_map<std::uint64_t, syntax::NodeId> aliases_;  // by place
  std::unordered_set<syntax::NodeId> several_roles_;
};

}  // namespace cagelint::input
