#include "linter/seccomp/tree.h"

#include <utility>

#include "linter/seccomp/halves.h"

namespace cagelint::seccomp {
namespace {

bool IsLess(Operator op) { return op == Operator::kLt || op == Operator::kLe; }
bool IsGreater(Operator op) { return op == Operator::kGt || op == Operator::kGe; }

// Nodes of one level: what asks for equality first, then for less, then for more.
int Rank(Operator op) { return IsLess(op) ? 2 : IsGreater(op) ? 1 : 3; }

// The comparison of the last half, and whether the rule holds where it is false.
Operator Last(Operator op) {
  switch (op) {
    case Operator::kLt:
      return Operator::kGe;
    case Operator::kLe:
      return Operator::kGt;
    case Operator::kNe:
      return Operator::kEq;
    default:
      return op;
  }
}
bool HoldsWhereFalse(Operator op) { return IsLess(op) || op == Operator::kNe; }

}  // namespace

// The nodes of one rule, from the first comparison to the leaf.
class Tree::Chain {
 public:
  explicit Chain(Tree& tree) : tree_(tree) {}

  void Add(const Comparison& c, bool wide) {
    const Operator last = Last(c.op);
    if (!wide) {
      const Id only = Make(c, false, last);
      Enter(only);
      ends_ = {only, kNone};
    } else if (IsLess(c.op) || IsGreater(c.op)) {
      const Id above = Make(c, true, Operator::kGt);
      const Id same = Make(c, true, Operator::kEq);
      const Id low = Make(c, false, last);
      Enter(above);
      tree_.nodes_[above].below[0] = same;
      tree_.nodes_[same].below[1] = low;
      ends_ = {IsGreater(c.op) ? above : same, low};
    } else {
      const Id high = Make(c, true, last);
      const Id low = Make(c, false, last);
      Enter(high);
      tree_.nodes_[high].below[1] = low;
      if (c.op == Operator::kNe)
        ends_ = {high, low};
      else
        ends_ = {low, kNone};
    }
    branch_ = HoldsWhereFalse(c.op) ? 0 : 1;
  }

  Id End(Id leaf) {
    for (const Id end : ends_)
      if (end != kNone) tree_.nodes_[end].leaf[branch_] = leaf;
    return first_;
  }

 private:
  Id Make(const Comparison& c, bool high, Operator op) {
    Node node;
    node.argument = c.argument;
    node.high = high;
    node.op = op;
    node.written = c.op;
    node.mask = high ? High(c.mask) : Low(c.mask);
    node.datum = (high ? High(c.datum) : Low(c.datum)) & node.mask;
    node.whole = c.datum;
    return tree_.MakeNode(node);
  }
  // Everything so far leads to `first` of the next comparison.
  void Enter(Id first) {
    for (const Id end : ends_)
      if (end != kNone) tree_.nodes_[end].below[branch_] = first;
    if (first_ == kNone) first_ = first;
  }

  Tree& tree_;
  Id first_ = kNone;
  std::array<Id, 2> ends_{kNone, kNone};
  unsigned branch_ = 1;
};

void Tree::Match::Join(const Match& other) {
  matches = matches || other.matches;
  matched_once = matched_once || other.matched_once;
  old_ends = old_ends || other.old_ends;
  new_ends = new_ends || other.new_ends;
  old_is_longer = old_is_longer || other.old_is_longer;
  new_is_longer = new_is_longer || other.new_is_longer;
}

Tree::Id Tree::MakeNode(Node node) {
  nodes_.push_back(node);
  return static_cast<Id>(nodes_.size() - 1);
}

Tree::Id Tree::Chained(std::span<const Comparison> comparisons, const Abi& abi, Id leaf) {
  Chain chain(*this);
  for (const Comparison& comparison : comparisons) chain.Add(comparison, abi.wide);
  return chain.End(leaf);
}

bool Tree::Spend() {
  if (*steps_ == 0) return false;
  --*steps_;
  return true;
}

Tree::Id Tree::Start(Id at) {
  while (nodes_[at].previous != kNone && Spend()) at = nodes_[at].previous;
  return at;
}

bool Tree::Same(const Node& a, const Node& b) {
  return a.Priority() == b.Priority() && a.op == b.op && a.datum == b.datum && a.mask == b.mask;
}

// Whether `a` stands behind `b` on one level: later arguments come first, then what asks for
// equality, then larger values, of those that ask for less smaller ones.
bool Tree::Below(const Node& a, const Node& b) {
  if (a.Priority() != b.Priority()) return a.Priority() < b.Priority();
  if (Rank(a.written) != Rank(b.written)) return Rank(a.written) < Rank(b.written);
  return IsLess(a.written) ? a.datum > b.datum : a.datum < b.datum;
}

// Whether some action on the level, or below it, is another one.
bool Tree::ActionsDiffer(Id level, const Action& action) {
  if (level == kNone) return false;
  for (Id at = Start(level); at != kNone && Spend(); at = nodes_[at].next)
    for (const unsigned branch : {1U, 0U}) {
      const Id leaf = nodes_[at].leaf[branch];
      if (leaf != kNone && !(leaves_[leaf].action == action)) {
        obstacle_ = leaf;
        return true;
      }
      if (ActionsDiffer(nodes_[at].below[branch], action)) return true;
    }
  return false;
}

// Cuts off what the new branch makes superfluous. Whether something was cut off.
bool Tree::Prune(Id existing, Id added, Match& state) {
  Match found = state;
  bool cut = false,
       done = existing == kNone || added == kNone || (state.matched_once && !state.matches);
  for (Id at = done ? kNone : Start(existing); at != kNone && !done && Spend();) {
    const Id next = nodes_[at].next;
    if (Same(nodes_[at], nodes_[added]))
      cut = PruneEqual(at, added, state, found, done) || cut;
    else if (const bool behind = Below(nodes_[at], nodes_[added]);
             behind ? state.new_is_longer : state.old_is_longer)
      done = true;
    else
      cut = PruneDeeper(at, added, behind, state, found, done) || cut;
    at = next;
    if (at == kNone && !done) found.matches = false;
  }
  if (found.matches)
    state.Join(found);
  else
    state.matches = false;
  return cut;
}

bool Tree::PruneEqual(Id existing, Id added, const Match& state, Match& found, bool& done) {
  found.matches = found.matched_once = true;
  const Node fresh = nodes_[added];
  if (fresh.IsLeaf()) found.new_ends = true;
  if (nodes_[existing].IsLeaf()) found.old_ends = true;
  done = true;
  for (const unsigned branch : {1U, 0U})
    if (nodes_[existing].Has(branch) && !fresh.Has(branch)) return false;
  if (found.new_ends && found.old_ends)
    for (const unsigned branch : {1U, 0U}) {
      const Id mine = nodes_[existing].leaf[branch], other = fresh.leaf[branch];
      if ((mine == kNone) != (other == kNone)) return false;
      if (mine != kNone && !(leaves_[mine].action == leaves_[other].action)) return false;
    }
  done = false;
  bool cut = false;
  for (const unsigned branch : {1U, 0U}) {
    if (fresh.below[branch] == kNone) continue;
    Match deeper = state;
    deeper.matches = deeper.matched_once = true;
    cut = Prune(nodes_[existing].below[branch], fresh.below[branch], deeper) || cut;
    if (deeper.matches) found.Join(deeper);
  }
  const bool shorter = found.matches && found.new_ends && found.old_is_longer;
  const bool longer = found.matches && found.old_ends && found.new_is_longer;
  if ((!shorter && !longer) || ActionsDiffer(existing, adding_)) return cut;
  if (shorter) {
    cut = Remove(root_, existing) || cut;
    done = root_ == kNone;
  } else {
    done = true;
  }
  return cut;
}

bool Tree::PruneDeeper(Id existing, Id added, bool old_is_longer, const Match& state, Match& found,
                       bool& done) {
  bool cut = false;
  for (const unsigned branch : {1U, 0U}) {
    const Id below = nodes_[old_is_longer ? existing : added].below[branch];
    if (below == kNone) continue;
    Match deeper = state;
    deeper.matches = false;
    (old_is_longer ? deeper.old_is_longer : deeper.new_is_longer) = true;
    cut = Prune(old_is_longer ? below : existing, old_is_longer ? added : below, deeper) || cut;
    if (!deeper.matches) continue;
    found.Join(deeper);
    done = true;
    return cut;
  }
  return cut;
}

// Takes `node` out of the tree below `level`, and nodes that have nothing left. Whether it did.
bool Tree::Remove(Id& level, Id node) {
  if (level == kNone) return false;
  bool removed = false;
  for (Id at = Start(level); at != kNone && !removed && Spend(); at = nodes_[at].next) {
    if (at != node)
      for (const unsigned branch : {1U, 0U}) {
        Id below = nodes_[at].below[branch];
        removed = Remove(below, node) || removed;
        nodes_[at].below[branch] = below;
      }
    const Node& here = nodes_[at];
    if (at != node && (here.Has(0) || here.Has(1))) continue;
    if (at == level) level = here.previous != kNone ? here.previous : here.next;
    if (here.previous != kNone) nodes_[here.previous].next = here.next;
    if (here.next != kNone) nodes_[here.next].previous = here.previous;
    nodes_[at].previous = nodes_[at].next = kNone;
    return true;
  }
  return removed;
}

void Tree::Link(Id& level, Id at, Id added) {
  const Id previous = nodes_[at].previous;
  // A level with two parents gets a branch twice; the second time it is there already.
  endless_ = endless_ || at == added || previous == added;
  if (endless_) return;
  nodes_[added].next = at;
  if (previous != kNone) {
    nodes_[previous].next = added;
    nodes_[added].previous = previous;
  }
  nodes_[at].previous = added;
  if (level == at) level = added;
}

// Adds the branch that begins with `added`. False when libseccomp refuses it.
bool Tree::Insert(Id& level, Id added) {
  for (Id at = level; Spend(); at = nodes_[at].next) {
    if (Same(nodes_[at], nodes_[added])) return Merge(at, added);
    if (Below(nodes_[at], nodes_[added])) {
      Link(level, at, added);
      return true;
    }
    if (nodes_[at].next != kNone) continue;
    endless_ = endless_ || at == added;
    if (endless_) return true;
    nodes_[added].previous = at;
    nodes_[at].next = added;
    return true;
  }
  return false;
}

bool Tree::Refuse(Id leaf) {
  obstacle_ = leaf;
  return false;
}

bool Tree::MergeLeaf(Id existing, Id added, unsigned branch) {
  const Id other = nodes_[added].leaf[branch];
  if (other == kNone) return true;
  const Id mine = nodes_[existing].leaf[branch];
  if (mine == kNone) {
    if (ActionsDiffer(nodes_[existing].below[branch], leaves_[other].action)) return false;
    nodes_[existing].below[branch] = kNone;
    nodes_[existing].leaf[branch] = other;
    return true;
  }
  if (leaves_[mine].action == leaves_[other].action) return true;
  // Above the datum of both is above the larger one: that is right only for what asks for more.
  const Node& fresh = nodes_[added];
  if (branch == 1 && fresh.high && fresh.whole > nodes_[existing].whole)
    nodes_[existing].leaf[branch] = other;
  return (nodes_[existing].IsLeaf() || fresh.IsLeaf()) ? Refuse(mine) : true;
}

bool Tree::Merge(Id existing, Id added) {
  for (const unsigned branch : {1U, 0U})
    if (!MergeLeaf(existing, added, branch)) return false;
  for (const unsigned branch : {1U, 0U}) {
    const Id fresh = nodes_[added].below[branch];
    if (fresh == kNone) continue;
    Id below = nodes_[existing].below[branch];
    if (below != kNone) {
      const bool taken = Insert(below, fresh);
      nodes_[existing].below[branch] = below;
      if (!taken) return false;
    } else if (nodes_[existing].leaf[branch] == kNone) {
      nodes_[existing].below[branch] = fresh;
    } else {
      return true;  // what is there takes more
    }
  }
  return true;
}

Tree::Added Tree::Add(Leaf leaf, std::span<const Comparison> comparisons, const Abi& abi,
                      std::size_t& steps) {
  steps_ = &steps;
  adding_ = leaf.action;
  leaves_.push_back(leaf);
  const Id added = Chained(comparisons, abi, static_cast<Id>(leaves_.size() - 1));
  Match state;
  const bool cut = Prune(root_, added, state);
  if (root_ == kNone) {
    root_ = added;
  } else if (cut || !(state.matches && state.old_ends && state.new_is_longer)) {
    const bool taken = Insert(root_, added);
    if (endless_) return Added::kEndless;
    if (!taken) return steps == 0 ? Added::kTooMuch : Added::kConflict;
  }
  return steps == 0 ? Added::kTooMuch : Added::kYes;
}

}  // namespace cagelint::seccomp
