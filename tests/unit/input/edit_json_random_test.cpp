// Random JSON, with comments and trailing commas, from which random parts go: what is left is what
// was there without them, and strict JSON stays strict.
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/diagnostic/edits.h"
#include "linter/input/edit_formats.h"
#include "linter/input/edit_tree.h"
#include "linter/syntax/json.h"

namespace cagelint::input {
namespace {

using syntax::kNoNode;
using syntax::NodeId;

class Maker {
 public:
  Maker(std::mt19937& random, bool comments, bool commas)
      : random_(random), comments_(comments), commas_(commas) {}

  std::string Value(int depth) {
    const std::size_t kind = Pick(depth > 3 ? 2 : 4);
    if (kind == 0) return std::to_string(++names_);
    if (kind == 1) return Name(Pick(3) == 0 ? ",\\\"]" : "");
    const std::size_t count = Pick(5);
    std::string out = kind == 2 ? "[" : "{";
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out += ",";
      out += Space();
      if (kind == 3) out += Name("") + Space() + ":" + Space();
      out += Value(depth + 1) + Space();
    }
    if (count > 0 && commas_ && Pick(3) == 0) out += "," + Space();
    return out + (count == 0 ? Space() : "") + (kind == 2 ? "]" : "}");
  }
  std::string Space() {
    constexpr const char* kBlank[] = {"", " ", "\n", "\n  ", "  ", "\r\n "};
    constexpr const char* kComment[] = {" /* ,] */ ", " // x, ]\n", "/*\"*/"};
    return comments_ && Pick(5) == 0 ? kComment[Pick(3)] : kBlank[Pick(6)];
  }
  std::size_t Pick(std::size_t count) { return random_() % count; }

 private:
  std::string Name(const std::string& end) { return "\"s" + std::to_string(++names_) + end + "\""; }

  std::mt19937& random_;
  bool comments_;
  bool commas_;
  int names_ = 0;
};

// The values, but for those below `gone`.
std::string Shown(const EditTree& tree, NodeId id, const std::set<NodeId>& gone) {
  const syntax::Node& node = tree.At(id);
  if (!node.IsMap() && !node.IsList()) return node.text + ";";
  std::string out = node.IsMap() ? "{" : "[";
  for (std::size_t i = 0; i < tree.ChildCount(id); ++i) {
    if (gone.contains(tree.Child(id, i))) continue;
    if (node.IsMap()) out += tree.At(node.entries[i].key).text + ":";
    out += Shown(tree, tree.Child(id, i), gone);
  }
  return out + (node.IsMap() ? "}" : "]");
}

bool Holds(const EditTree& tree, NodeId outer, NodeId inner) {
  for (; inner != kNoNode; inner = tree.ParentOf(inner))
    if (inner == outer) return true;
  return false;
}

// Up to four entries and items, none inside another.
std::set<NodeId> Chosen(const EditTree& tree, std::mt19937& random) {
  std::vector<NodeId> all;
  for (NodeId id = 0; id < tree.Nodes().nodes.size(); ++id)
    for (std::size_t i = 0; i < tree.ChildCount(id); ++i) all.push_back(tree.Child(id, i));
  std::set<NodeId> chosen;
  for (std::size_t left = all.empty() ? 0 : random() % 4 + 1; left > 0; --left) {
    const NodeId next = all[random() % all.size()];
    bool apart = true;
    for (const NodeId other : chosen)
      apart = apart && !Holds(tree, other, next) && !Holds(tree, next, other);
    if (apart) chosen.insert(next);
  }
  return chosen;
}

void CheckOne(const std::string& text, std::mt19937& random) {
  base::SourceSet sources, others;
  const base::Source& source = sources.Add("a.json", text);
  const EditTree before(source, EditTree::Language::kJson);
  ASSERT_EQ(before.Refused(), "");
  const std::set<NodeId> gone = Chosen(before, random);
  if (gone.empty()) return;
  std::vector<model::Change> changes;
  for (const NodeId id : gone) {
    const NodeId key = before.KeyOf(id);
    const base::Span value = before.At(id).span;
    changes.push_back(
        model::Remove(key == kNoNode ? value : base::Cover(before.At(key).span, value)));
  }
  const model::Document document;
  const Edited edited = EditJson({document, sources}, changes);
  ASSERT_EQ(edited.refused, "");
  const base::Source& result =
      others.Add("a.json", diagnostic::ApplyEdits(text, source.Id(), edited.edits));
  SCOPED_TRACE(result.Bytes());
  const EditTree after(result, EditTree::Language::kJson);
  ASSERT_EQ(after.Refused(), "");
  EXPECT_EQ(Shown(before, before.Nodes().documents[0], gone),
            Shown(after, after.Nodes().documents[0], {}));
  const bool strict = syntax::ParseJson(source).errors.empty();
  EXPECT_TRUE(!strict || syntax::ParseJson(result).errors.empty());
}

TEST(EditJsonRandom, WhatIsLeftStaysWhatItWas) {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    Maker maker(random, i % 2 == 1, i % 4 > 1);
    const std::string text = maker.Space() + maker.Value(0) + maker.Space();
    SCOPED_TRACE(text);
    CheckOne(text, random);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace cagelint::input
