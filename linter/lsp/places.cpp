#include "linter/lsp/places.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "linter/output/plain_text.h"

namespace cagelint::lsp {
namespace {

// What is longer is cut, and stands whole in the tooltip.
constexpr std::size_t kMostNames = 4;

std::string Shortened(const std::string& capability) {
  return capability.starts_with("CAP_") ? capability.substr(4) : capability;
}

std::string LabelOf(const std::vector<std::string>& capabilities) {
  if (capabilities.empty()) return "no capabilities";
  if (capabilities.size() > kMostNames)
    return std::to_string(capabilities.size()) + " capabilities";
  std::string out;
  for (const std::string& one : capabilities) out += (out.empty() ? "" : " ") + Shortened(one);
  return out;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

}  // namespace

OutJson LinksOf(Session& session, Document& document) {
  const Judged& judged = session.Fresh(document);
  const base::Source* source = judged.Own();
  std::map<base::Span, std::pair<std::string, std::string>> links;  // target, tooltip
  const auto add = [&](base::Span span, std::string target, std::string tooltip) {
    span = judged.outcome.sources->ToFile(span);
    if (source != nullptr && span.file == source->Id() && !span.IsEmpty())
      links.emplace(span, std::pair(std::move(target), std::move(tooltip)));
  };
  for (const model::Document& part : judged.outcome.documents) {
    for (const model::Suppression& suppression : part.suppressions)
      for (const model::Suppression::Id& id : suppression.ids)
        if (auto uri = output::RuleUri(id.text, session.Writing(judged.root)))
          add(id.span, std::move(*uri), "what the rule says");
    for (const model::Container& container : part.containers)
      if (container.seccomp && container.seccomp->profile >= 0) {
        const auto& profile = part.profiles[static_cast<std::size_t>(container.seccomp->profile)];
        const std::string& path = judged.outcome.sources->Get(profile.file).Path();
        add(container.seccomp->span, session.UriOf(judged, path), "the seccomp profile");
      }
  }
  OutJson out = OutJson::array();
  for (const auto& [span, link] : links)
    out.push_back({{"range", output::LspRange(*source, span, session.client.encoding)},
                   {"target", link.first},
                   {"tooltip", link.second}});
  return out;
}

OutJson HintsIn(Session& session, Document& document, const Range& range) {
  OutJson out = OutJson::array();
  if (!session.settings.capability_hints) return out;
  const Judged& judged = session.Fresh(document);
  const base::Source* source = judged.Own();
  if (source == nullptr) return out;
  std::map<base::Span, const model::Container*> by_anchor;
  for (const model::Document& part : judged.outcome.documents)
    for (const model::Container& container : part.containers)
      by_anchor.emplace(judged.outcome.sources->ToFile(container.anchor), &container);
  for (const auto& [anchor, container] : by_anchor) {
    if (anchor.file != source->Id() || !container->effective.capabilities) continue;
    const auto at = output::LspPositionAt(*source, anchor.end, session.client.encoding);
    if (at < range.begin || range.end < at) continue;
    const auto& capabilities = *container->effective.capabilities;
    const bool is_all = capabilities == std::vector<std::string>{"ALL"};
    OutJson hint = {{"position", {{"line", at.line}, {"character", at.character}}},
                    {"label", is_all ? "every capability" : LabelOf(capabilities)},
                    {"paddingLeft", true}};
    if (!capabilities.empty())
      hint["tooltip"] = Joined(is_all ? model::AllCapabilities() : capabilities);
    out.push_back(std::move(hint));
  }
  return out;
}

}  // namespace cagelint::lsp
