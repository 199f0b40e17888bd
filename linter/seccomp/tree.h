// The tree that libseccomp makes of the conditional rules for one call, before it writes the
// filter. Which of several rules decides, which are refused, and what gets lost on the way, follows
// from how the tree is put together and from nothing else; so it is put together here in the same
// steps (libseccomp 2.5.4 and 2.6.1, src/db.c; tests/oracle compares the outcome).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "linter/seccomp/abi.h"
#include "linter/seccomp/judgement.h"
#include "linter/seccomp/resolve.h"

namespace cagelint::seccomp {

using Arguments = std::array<std::uint64_t, 6>;

class Tree {
 public:
  // A rule as the tree knows it.
  struct Leaf {
    std::size_t rule = 0;  // whatever the caller counts them by
    Action action;
  };
  enum class Added : std::uint8_t {
    kYes,
    kConflict,  // libseccomp refuses it: what it asks for has another action already
    kEndless,   // libseccomp goes round in its tree for ever
    kTooMuch,   // `steps` is used up
  };

  // Adds a rule whose `comparisons` are sorted by argument, each at most once, and none of which
  // always holds. `steps` bounds the work, and is counted down. After a refusal the tree is of no
  // use.
  Added Add(Leaf leaf, std::span<const Comparison> comparisons, const Abi& abi, std::size_t& steps);

  // What is found for some arguments.
  struct Found {
    const Leaf* leaf = nullptr;  // the rule that decides; null where the default action does
    // libseccomp loads a half of an argument once for comparisons that stand side by side, also
    // where those below the first have loaded another one since: what it compares then depends on
    // how it lays the filter out. False where that makes a difference.
    bool certain = true;
  };
  Found Find(const Arguments& arguments) const;

  // The nodes that the filter is written from; fewer make a call come earlier in it.
  std::size_t Size() const;

  // The leaf that a refused rule ran into.
  const Leaf& Obstacle() const { return leaves_[obstacle_]; }

 private:
  using Id = std::uint32_t;
  static constexpr Id kNone = UINT32_MAX;

  // A comparison of a 32-bit half of an argument.
  struct Node {
    unsigned argument = 0;
    bool high = false;
    Operator op = Operator::kEq;       // kEq, kMaskedEq, kGe, kGt: what the filter can do
    Operator written = Operator::kEq;  // of the rule: this orders the nodes of one level
    std::uint32_t mask = 0;
    std::uint32_t datum = 0;
    std::uint64_t whole = 0;  // the datum of both halves
    // The level that it stands on, and the levels below its two branches. A level can have two
    // parents, and a branch points to any node of the level.
    Id previous = kNone, next = kNone;
    std::array<Id, 2> below{kNone, kNone};
    std::array<Id, 2> leaf{kNone, kNone};  // into leaves_: the branch ends the search

    unsigned Priority() const { return 2 * argument + (high ? 1 : 0); }
    bool IsLeaf() const { return below[0] == kNone && below[1] == kNone; }
    bool Has(unsigned branch) const { return leaf[branch] != kNone || below[branch] != kNone; }
  };

  // How far the comparison of an old branch with a new one came.
  struct Match {
    bool matches = false;
    bool matched_once = false;
    bool old_ends = false, new_ends = false;
    bool old_is_longer = false, new_is_longer = false;  // in front of the common part
    void Join(const Match& other);
  };

  class Chain;  // the nodes of one rule

  Id MakeNode(Node node);
  Id Chained(std::span<const Comparison> comparisons, const Abi& abi, Id leaf);
  bool Spend();
  Id Start(Id at);
  static bool Same(const Node& a, const Node& b);
  static bool Below(const Node& a, const Node& b);
  bool ActionsDiffer(Id level, const Action& action);
  bool Prune(Id existing, Id added, Match& state);
  bool PruneEqual(Id existing, Id added, const Match& state, Match& found, bool& done);
  bool PruneDeeper(Id existing, Id added, bool old_is_longer, const Match& state, Match& found,
                   bool& done);
  bool Remove(Id& level, Id node);
  bool Insert(Id& level, Id added);
  bool Merge(Id existing, Id added);
  bool MergeLeaf(Id existing, Id added, unsigned branch);
  void Link(Id& level, Id at, Id added);
  bool Refuse(Id leaf);
  // The half of an argument that the filter has loaded, and what is left of it.
  struct Loaded {
    unsigned priority = UINT32_MAX;
    std::uint32_t mask = 0;
  };
  class Search;

  std::vector<Node> nodes_;
  std::vector<Leaf> leaves_;
  Id root_ = kNone;
  bool endless_ = false;  // a node became its own neighbour
  Id obstacle_ = 0;
  std::size_t* steps_ = nullptr;
  Action adding_;
};

}  // namespace cagelint::seccomp
