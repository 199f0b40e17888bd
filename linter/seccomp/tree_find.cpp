// The filter that libseccomp writes from its tree, as far as its order matters.
#include "linter/seccomp/halves.h"
#include "linter/seccomp/tree.h"

namespace cagelint::seccomp {
namespace {

// Six arguments, of which each takes three levels; far beyond it there are only levels that have
// become tangled.
constexpr unsigned kMostDepth = 64;

}  // namespace

// Goes through the tree as the filter does.
class Tree::Search {
 public:
  // With `stale`, a half that is taken for loaded is not loaded again.
  Search(const Tree& tree, const Arguments& arguments, bool stale)
      : tree_(tree),
        arguments_(arguments),
        stale_(stale),
        steps_(kMostVisits * tree.nodes_.size()) {}

  // Every node is met once, or a few times where levels are shared.
  static constexpr std::size_t kMostVisits = 64;

  // Whether the search met what was taken for loaded and was not.
  bool WasStale() const { return was_stale_; }

  Id Do(Id level, Loaded known, unsigned depth) {
    while (tree_.nodes_[level].previous != kNone && Spend()) level = tree_.nodes_[level].previous;
    for (Id at = level; at != kNone && Spend(); at = tree_.nodes_[at].next) {
      const Node& node = tree_.nodes_[at];
      const Loaded below = Load(node, known);
      const unsigned branch = Holds(node) ? 1 : 0;
      if (node.leaf[branch] != kNone) return node.leaf[branch];
      if (node.below[branch] == kNone || depth == kMostDepth) continue;
      const Id found = Do(node.below[branch], below, depth + 1);
      if (found != kNone) return found;
    }
    return kNone;
  }

 private:
  bool Spend() { return steps_ > 0 && steps_-- > 0; }

  // Brings the half that `node` compares, or what is `known` to be loaded. What the levels below it
  // take for loaded: nothing where this one had to load.
  Loaded Load(const Node& node, Loaded& known) {
    const std::uint64_t argument = arguments_[node.argument];
    const std::uint32_t wanted = (node.high ? High(argument) : Low(argument)) & node.mask;
    Loaded below = known;
    if (known.priority != node.Priority() || (known.mask & node.mask) != node.mask) {
      value_ = wanted;
      below = {};
    }
    known = {node.Priority(), node.mask};
    value_ &= node.mask;
    was_stale_ = was_stale_ || value_ != wanted;
    if (!stale_) value_ = wanted;
    return below;
  }

  bool Holds(const Node& node) const {
    if (node.op == Operator::kGt) return value_ > node.datum;
    return node.op == Operator::kGe ? value_ >= node.datum : value_ == node.datum;
  }

  const Tree& tree_;
  const Arguments& arguments_;
  const bool stale_;
  std::size_t steps_;
  std::uint32_t value_ = 0;
  bool was_stale_ = false;
};

Tree::Found Tree::Find(const Arguments& arguments) const {
  if (root_ == kNone) return {};
  Search search(*this, arguments, false);
  const Id leaf = search.Do(root_, {}, 0);
  Found found{leaf == kNone ? nullptr : &leaves_[leaf], true};
  if (!search.WasStale()) return found;
  const Id other = Search(*this, arguments, true).Do(root_, {}, 0);
  found.certain = leaf == kNone || other == kNone ? leaf == other
                                                  : leaves_[leaf].action == leaves_[other].action;
  return found;
}

std::size_t Tree::Size() const {
  std::vector<bool> met(nodes_.size());
  std::vector<Id> open;
  const auto meet = [&](Id id) {
    if (id == kNone || met[id]) return;
    met[id] = true;
    open.push_back(id);
  };
  meet(root_);
  std::size_t count = 0;
  for (; !open.empty(); ++count) {
    const Node& node = nodes_[open.back()];
    open.pop_back();
    for (const Id id : {node.previous, node.next, node.below[0], node.below[1]}) meet(id);
  }
  return count;
}

}  // namespace cagelint::seccomp
