#include "linter/input/compose_merge.h"

#include <algorithm>
#include <array>
#include <map>

namespace cagelint::input::compose {
namespace {

enum class Way { kPlain, kSequence, kMapping, kReplace, kExtraHosts, kBuild, kLogging };

bool Matches(const Path& path, std::string_view pattern) {
  std::size_t part = 0;
  while (part < path.size()) {
    const std::size_t dot = std::min(pattern.find('.'), pattern.size());
    const std::string_view word = pattern.substr(0, dot);
    if (word.empty() || (word != "*" && word != path[part])) return false;
    pattern.remove_prefix(std::min(dot + 1, pattern.size()));
    ++part;
  }
  return pattern.empty();
}

Way WayOf(const Path& path) {
  constexpr std::pair<std::string_view, Way> kWays[] = {
      {"networks.*.labels", Way::kSequence},
      {"volumes.*.labels", Way::kSequence},
      {"services.*.annotations", Way::kSequence},
      {"services.*.build", Way::kBuild},
      {"services.*.build.args", Way::kSequence},
      {"services.*.build.additional_contexts", Way::kSequence},
      {"services.*.build.extra_hosts", Way::kExtraHosts},
      {"services.*.build.labels", Way::kSequence},
      {"services.*.command", Way::kReplace},
      {"services.*.depends_on", Way::kMapping},
      {"services.*.deploy.labels", Way::kSequence},
      {"services.*.dns", Way::kSequence},
      {"services.*.dns_opt", Way::kSequence},
      {"services.*.dns_search", Way::kSequence},
      {"services.*.entrypoint", Way::kReplace},
      {"services.*.env_file", Way::kSequence},
      {"services.*.label_file", Way::kSequence},
      {"services.*.environment", Way::kSequence},
      {"services.*.extra_hosts", Way::kExtraHosts},
      {"services.*.healthcheck.test", Way::kReplace},
      {"services.*.labels", Way::kSequence},
      {"services.*.logging", Way::kLogging},
      {"services.*.models", Way::kMapping},
      {"services.*.networks", Way::kMapping},
      {"services.*.sysctls", Way::kSequence},
      {"services.*.tmpfs", Way::kSequence},
      {"services.*.ulimits.*", Way::kReplace},
  };
  for (const auto& [pattern, way] : kWays)
    if (Matches(path, pattern)) return way;
  return Way::kPlain;
}

// The items of a list or the entries of a map, each with how it came here.
std::vector<Slot> Pushed(const Slot& slot) {
  std::vector<Slot> slots = slot.value->slots;
  if (!slot.steps.empty())
    for (Slot& child : slots) child.steps = Joined(slot.steps, child.steps);
  return slots;
}

ValuePtr StringOf(Argument text, const Value& like) {
  auto value = std::make_shared<Value>();
  value->kind = Kind::kString;
  value->span = text.span;
  value->text = std::move(text);
  value->folder = like.folder;
  value->steps = like.steps;
  return value;
}

// `KEY=VALUE` of a map's entry.
ValuePtr PairOf(const std::string& key, base::Span key_span, const Value& value) {
  Argument text = Argument::Literal(key, key_span);
  text.span = base::Cover(key_span, value.span);
  if (value.IsNull()) return StringOf(std::move(text), value);
  text.pieces.push_back({static_cast<std::uint32_t>(text.text.size()), 1, key_span, {}, {}});
  text.text += '=';
  const auto shift = static_cast<std::uint32_t>(text.text.size());
  for (Piece piece : value.text.pieces) {
    piece.begin += shift;
    text.pieces.push_back(std::move(piece));
  }
  text.text += value.text.text;
  return StringOf(std::move(text), value);
}

class Merger {
 public:
  Merger(MergeBudget& budget, std::vector<Problem>& problems)
      : budget_(budget), problems_(problems) {}

  // Depth is that of the values, which Convert bounds.
  Slot Lay(const Slot& base, const Slot& over) {
    switch (WayOf(path_)) {
      case Way::kReplace:
        return Replaced(base, over);
      case Way::kSequence:
        return Appended(base, over, Sequence(base), Sequence(over));
      case Way::kExtraHosts:
        return ExtraHosts(base, over);
      case Way::kMapping:
        return Maps(base, over, Mapping(base), Mapping(over));
      case Way::kBuild:
        return Maps(base, over, Build(base), Build(over));
      case Way::kLogging:
        return Logging(base, over);
      case Way::kPlain:
        break;
    }
    if (over.value->IsNull()) return base;
    if (base.value->IsMap() || base.value->IsList()) {
      if (base.value->kind != over.value->kind) {
        problems_.push_back({"invalid-compose",
                             std::string(Name(over.value->kind)) + " cannot be merged into " +
                                 std::string(Name(base.value->kind)),
                             over.value->span});
        return over;
      }
      if (base.value->IsMap()) return Maps(base, over, Pushed(base), Pushed(over));
      return Appended(base, over, Pushed(base), Pushed(over));
    }
    return Replaced(base, over);
  }

  void SetPath(const Path& path) { path_ = path; }

 private:
  Slot Replaced(const Slot& base, const Slot& over) {
    Slot slot = over;
    const base::Span place = base::Cover(base.key_span, base.value->span);
    if (place.IsValid() && !base.value->IsNull())
      slot.steps = Joined(slot.steps, {{place, "this is replaced"}});
    return slot;
  }

  // compose-go turns maps into sorted `KEY=VALUE` strings here.
  std::vector<Slot> Sequence(const Slot& slot) {
    if (slot.value->IsList()) return Pushed(slot);
    if (slot.value->IsMap()) {
      std::vector<Slot> items;
      for (const Slot& entry : Pushed(slot)) {
        if (entry.value->IsList()) {
          for (const Slot& item : entry.value->slots)
            items.push_back({"", {}, PairOf(entry.key, entry.key_span, *item.value), entry.steps});
        } else {
          items.push_back({"", {}, PairOf(entry.key, entry.key_span, *entry.value), entry.steps});
        }
      }
      std::stable_sort(items.begin(), items.end(), [](const Slot& a, const Slot& b) {
        return a.value->text.text < b.value->text.text;
      });
      return items;
    }
    if (slot.value->IsString()) return {{"", {}, slot.value, slot.steps}};
    return {};
  }

  std::vector<Slot> Mapping(const Slot& slot) {
    std::vector<Slot> slots = Pushed(slot);
    if (!slot.value->IsList()) return slots;
    for (Slot& item : slots) {
      item.key = item.value->text.text;
      item.key_span = item.value->span;
      auto value = std::make_shared<Value>();
      value->span = {item.key_span.file, item.key_span.end, item.key_span.end};
      // What the short form of a dependency means; a network or a model has nothing to say.
      if (path_.back() == "depends_on") {
        value->kind = Kind::kMap;
        value->slots.push_back({"condition",
                                {},
                                StringOf(Argument::Literal("service_started", value->span), *value),
                                {}});
      }
      item.value = std::move(value);
    }
    return slots;
  }

  std::vector<Slot> Build(const Slot& slot) {
    if (!slot.value->IsString()) return Pushed(slot);
    return {{"context", slot.value->span, slot.value, slot.steps}};
  }

  Slot ExtraHosts(const Slot& base, const Slot& over) {
    std::vector<Slot> first = Sequence(base);
    std::vector<Slot> second = Sequence(over);
    std::map<std::string, bool> there;
    for (const Slot& slot : first) there[slot.value->text.text] = true;
    std::erase_if(second, [&](const Slot& slot) { return there.contains(slot.value->text.text); });
    return Appended(base, over, std::move(first), std::move(second));
  }

  // Options are merged only for the same driver.
  Slot Logging(const Slot& base, const Slot& over) {
    const Slot* one = base.value->Find("driver");
    const Slot* two = over.value->Find("driver");
    if (!base.value->IsMap() || !over.value->IsMap()) {
      problems_.push_back({"invalid-compose", "`logging` is merged, and is no mapping",
                           over.value->IsMap() ? base.value->span : over.value->span});
      return Replaced(base, over);
    }
    if (one != nullptr && two != nullptr && one->value->text.text != two->value->text.text)
      return Replaced(base, over);
    return Maps(base, over, Pushed(base), Pushed(over));
  }

  // What an entry holds is paid for with it.
  bool Pay(const std::vector<Slot>& first, const std::vector<Slot>& second, base::Span place) {
    std::size_t cost = 1;
    for (const auto* slots : {&first, &second})
      for (const Slot& slot : *slots) cost += 1 + slot.steps.size() + slot.key.size() / 64;
    budget_.left -= static_cast<std::int64_t>(cost);
    if (budget_.left >= 0) return true;
    if (!spent_)
      problems_.push_back({"limit-reached", "merging takes more than 2,000,000 entries", place});
    spent_ = true;
    return false;
  }

  static Slot With(const Slot& base, const Slot& over, Kind kind, std::vector<Slot> slots) {
    auto value = std::make_shared<Value>();
    value->kind = kind;
    value->folder = over.value->folder;
    value->span = over.value->span.IsEmpty() ? base.value->span : over.value->span;
    value->slots = std::move(slots);
    Slot slot = over;
    slot.steps.clear();
    slot.value = std::move(value);
    return slot;
  }

  Slot Appended(const Slot& base, const Slot& over, std::vector<Slot> first,
                std::vector<Slot> second) {
    if (!Pay(first, second, over.value->span)) return over;
    first.insert(first.end(), std::make_move_iterator(second.begin()),
                 std::make_move_iterator(second.end()));
    return With(base, over, Kind::kList, std::move(first));
  }

  Slot Maps(const Slot& base, const Slot& over, std::vector<Slot> first, std::vector<Slot> second) {
    if (!Pay(first, second, over.value->span)) return over;
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < first.size(); ++i) index.emplace(first[i].key, i);
    for (Slot& slot : second) {
      const auto [at, fresh] = index.emplace(slot.key, first.size());
      if (fresh) {
        first.push_back(std::move(slot));
        continue;
      }
      path_.push_back(slot.key);
      first[at->second] = Lay(first[at->second], slot);
      path_.pop_back();
    }
    return With(base, over, Kind::kMap, std::move(first));
  }

  MergeBudget& budget_;
  std::vector<Problem>& problems_;
  Path path_;
  bool spent_ = false;
};

ValuePtr Without(const ValuePtr& value, const std::map<std::string_view, std::vector<const Path*>>&,
                 std::size_t depth);

ValuePtr WithoutAt(const ValuePtr& value, const std::vector<const Path*>& paths,
                   std::size_t depth) {
  if (!value->IsMap()) return value;
  std::map<std::string_view, std::vector<const Path*>> below;
  for (const Path* path : paths)
    if (path->size() > depth) below[(*path)[depth]].push_back(path);
  return below.empty() ? value : Without(value, below, depth);
}

ValuePtr Without(const ValuePtr& value,
                 const std::map<std::string_view, std::vector<const Path*>>& below,
                 std::size_t depth) {
  auto copy = std::make_shared<Value>(*value);
  copy->slots.clear();
  for (const Slot& slot : value->slots) {
    const auto found = below.find(slot.key);
    if (found == below.end()) {
      copy->slots.push_back(slot);
      continue;
    }
    const bool removed = std::any_of(found->second.begin(), found->second.end(),
                                     [&](const Path* path) { return path->size() == depth + 1; });
    if (removed) continue;
    Slot kept = slot;
    kept.value = WithoutAt(slot.value, found->second, depth + 1);
    copy->slots.push_back(std::move(kept));
  }
  return copy;
}

}  // namespace

ValuePtr Merge(const ValuePtr& base, const ValuePtr& over, const Path& path, MergeBudget& budget,
               std::vector<Problem>& problems) {
  Merger merger(budget, problems);
  merger.SetPath(path);
  return merger.Lay({"", {}, base, {}}, {"", {}, over, {}}).value;
}

ValuePtr WithoutPaths(const ValuePtr& value, const std::vector<Path>& paths) {
  std::vector<const Path*> all;
  for (const Path& path : paths) all.push_back(&path);
  return all.empty() ? value : WithoutAt(value, all, 0);
}

}  // namespace cagelint::input::compose
