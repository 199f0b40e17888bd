// `x-cagelint`: what a compose file says to the linter next to what it configures.
#include <string>

#include "linter/base/text.h"
#include "linter/input/compose_service.h"

namespace cagelint::input::compose {
namespace {

constexpr std::string_view kKeys[] = {"policy", "ignore"};

class Preferences {
 public:
  Preferences(std::string service, model::Document& document)
      : service_(std::move(service)), document_(document) {}

  void Read(const View& view) {
    if (!view) return;
    if (!view->IsMap()) return Refuse("`x-cagelint` is a mapping of `policy` and `ignore`", view);
    for (const View& entry : view.Entries()) {
      if (entry.key == "policy") {
        ReadPolicy(entry);
      } else if (entry.key == "ignore") {
        ReadIgnored(entry);
      } else {
        const std::string_view near = base::Suggest(entry.key, kKeys);
        Refuse("unknown key `" + entry.key + "` of `x-cagelint`" +
                   (near.empty() ? "; there are: policy, ignore"
                                 : "; did you mean `" + std::string(near) + "`?"),
               entry);
      }
    }
  }

 private:
  void Refuse(std::string message, const View& view) {
    document_.preference_errors.push_back(
        {std::move(message), view.key_span.IsValid() ? view.key_span : view->span});
  }

  void ReadPolicy(const View& policy) {
    if (!policy->IsString() || policy->IsDynamic())
      return Refuse("`policy` is the name of a policy", policy);
    document_.policies.push_back({service_, policy->text.text, policy.Text()});
  }

  void ReadIgnored(const View& ignored) {
    if (!ignored->IsMap()) return Refuse("`ignore` maps a rule to the reason", ignored);
    for (const View& entry : ignored.Entries()) {
      if (!entry->IsNull() && (!entry->IsString() || entry->IsDynamic())) {
        Refuse("the reason for `" + entry.key + "` is a text", entry);
        continue;
      }
      model::Suppression suppression;
      suppression.by = model::Suppression::By::kKey;
      suppression.span = entry.key_span;
      suppression.ids = {{entry.key, entry.key_span}};
      suppression.reason = entry->IsNull() ? "" : entry->text.text;
      suppression.reach = model::Suppression::Reach::kContainer;
      suppression.service = service_;
      document_.suppressions.push_back(std::move(suppression));
    }
  }

  std::string service_;
  model::Document& document_;
};

}  // namespace

void ReadPreferences(const View& owner, const std::string& service, model::Document& document) {
  Preferences(service, document).Read(owner.Get("x-cagelint"));
}

}  // namespace cagelint::input::compose
