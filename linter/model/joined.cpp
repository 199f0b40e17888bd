// Containers in a namespace of another one: what that has, they have.
#include <algorithm>
#include <map>

#include "linter/model/document.h"
#include "linter/model/effective.h"

namespace cagelint::model {
namespace {

// By "container:NAME" and "service:NAME", as a mode names them. The last of a name counts.
using Donors = std::map<std::string, std::size_t, std::less<>>;

bool Joins(const Setting<std::string>& mode) {
  return mode.IsKnown() && mode.value.find(':') != std::string::npos;
}

Donors Tabulate(const Document& document) {
  Donors donors;
  const bool any = std::any_of(
      document.containers.begin(), document.containers.end(), [](const Container& container) {
        return Joins(container.pid) || Joins(container.ipc) || Joins(container.network_mode);
      });
  if (!any) return donors;
  for (std::size_t i = 0; i < document.containers.size(); ++i) {
    const Container& container = document.containers[i];
    if (container.name.IsKnown() && !container.name.value.empty())
      donors["container:" + container.name.value] = i;
    if (container.IsCompose()) donors["service:" + container.service] = i;
  }
  return donors;
}

// Longer chains than these are nobody's, and may be circles.
constexpr int kMostJoins = 8;

// The container whose namespace `mode` of `container` is in the end; null where it is not here.
const Container* DonorOf(const Document& document, const Donors& donors, const Container& container,
                         Setting<std::string> Container::*mode) {
  const Container* at = &container;
  for (int i = 0; i < kMostJoins; ++i) {
    const Setting<std::string>& setting = at->*mode;
    if (!setting.IsKnown()) return at == &container ? nullptr : at;
    const auto found = donors.find(setting.value);
    if (found == donors.end()) return at == &container ? nullptr : at;
    at = &document.containers[found->second];
  }
  return nullptr;
}

}  // namespace

void FollowJoins(Document& document) {
  const Donors donors = Tabulate(document);
  for (Container& container : document.containers) {
    const auto is_host = [&](Setting<std::string> Container::*mode) {
      if ((container.*mode).Is("host")) return true;
      const Container* donor = DonorOf(document, donors, container, mode);
      return donor != nullptr && (donor->*mode).Is("host");
    };
    container.effective.host_pid = is_host(&Container::pid);
    container.effective.host_ipc = is_host(&Container::ipc);
    if (container.effective.network == NetworkKind::kJoined && is_host(&Container::network_mode))
      container.effective.network = NetworkKind::kHost;
  }
}

}  // namespace cagelint::model
