// The shape of what json.cpp, jsonl.cpp and finding_json.cpp write, in their order.
#include "linter/output/output_schema.h"

#include "linter/diagnostic/diagnostic.h"
#include "linter/diagnostic/json_schema.h"
#include "linter/engine/baseline.h"
#include "linter/engine/suppress.h"

namespace cagelint::output {
namespace {

using namespace diagnostic::schema;  // NOLINT: a schema is nothing but these words

Json Finding() {
  const auto severity = static_cast<int>(diagnostic::Severity::kInfo);  // what is off is not there
  return Closed({{"rule", Ref("id")},
                 {"severity", OneOf(Names<diagnostic::Severity>(diagnostic::Name, severity),
                                    "how much it weighs, by the policy")},
                 {"message", Text("what is there")},
                 {"path", Ref("path")},
                 {"range", Ref("range")},
                 {"url", Text("where the rule is explained, in the repository of cagelint")}},
                {{"container", Ref("container")},
                 {"labels", SomeOf(Ref("label"), "further places that matter")},
                 {"fixes", SomeOf(Ref("fix"), "ways to make it go away, the best first")},
                 {"suppressed", Ref("suppressed")}});
}

Json Container() {
  return Meaning("The container or the profile that a finding is about.",
                 Closed({{"name", Text("empty where its author gave none")},
                         {"range", Ref("range_or_nothing")}},
                        {{"path", Meaning("where that is another file", Ref("path"))}}));
}

Json Label() {
  return Closed({{"message", Text("what this place contributes")},
                 {"path", Ref("path")},
                 {"range", Ref("range")}});
}

Json Fix() {
  const Json edit = Closed({{"path", Ref("path")},
                            {"range", Meaning("what is replaced; may be empty", Ref("range"))},
                            {"text", Text("by what")}});
  return Closed(
      {{"title", Text("in the imperative")},
       {"safety", OneOf(Names<diagnostic::Safety>(diagnostic::Name),
                        "safe: a program that is right behaves the same afterwards")},
       {"edits", SomeOf(edit, "in order, apart from each other, maybe of several files")}},
      {{"caveat", Text("of an unsafe one: what may break")}});
}

Json Suppressed() {
  Json by = Names<model::Suppression::By>(engine::Name);
  by.push_back(engine::kByBaseline);
  return Meaning("Somebody meant the finding to be there: it is counted, and fails nothing.",
                 Closed({{"by", OneOf(by, "where that is said")},
                         {"reason", Text("empty where none was given")}}));
}

Json Gap() {
  Json keys = GapKeys();
  keys["range"] = Ref("range_or_nothing");
  return Meaning("A part of an input that could not be judged.", Closed(std::move(keys)));
}

Json Fixed() {
  return Meaning("What the baseline has and is found no longer.",
                 Closed({{"rule", Ref("id")},
                         {"path", Text("relative to the folder of the baseline")},
                         {"container", Text("its name; empty without one")},
                         {"count", Whole("how many of them", 1)}}));
}

Json Summary() {
  return Closed({{"files", Whole("that were read as some carrier")},
                 {"containers", Whole("in them")},
                 {"profiles", Whole("of seccomp")},
                 {"error", Whole("findings that are not suppressed")},
                 {"warning", Whole("likewise")},
                 {"info", Whole("likewise")},
                 {"suppressed", Whole("findings that are")},
                 {"gaps", Whole("parts that could not be judged")}});
}

Json Line() {
  Json kinds = Json::array();
  for (const char* name : {"finding", "gap", "fixed", "summary"}) {
    Json key = Json::object();
    key[name] = Ref(name);
    kinds.push_back(Closed(std::move(key)));
  }
  return {{"description",
           "One line of `--format jsonl`, which has no `version` and no `tool`. The summary is the "
           "last."},
          {"oneOf", std::move(kinds)}};
}

}  // namespace

std::string OutputSchema() {
  Json definitions = CommonDefinitions();
  definitions["finding"] = Finding();
  definitions["container"] = Container();
  definitions["label"] = Label();
  definitions["fix"] = Fix();
  definitions["suppressed"] = Suppressed();
  definitions["gap"] = Gap();
  definitions["fixed"] = Fixed();
  definitions["summary"] = Summary();
  definitions["line"] = Line();
  const Json tool = Closed({{"name", {{"const", "cagelint"}}}, {"version", Text("of cagelint")}});
  return Document("cagelint --format json",
                  "What `cagelint check --format json` prints. Each line of `--format jsonl` is "
                  "`#/$defs/line`.",
                  Closed({{"version", Meaning("of this format", {{"const", 1}})},
                          {"tool", tool},
                          {"findings", ListOf(Ref("finding"), "by path, place and rule")},
                          {"gaps", ListOf(Ref("gap"), "likewise")},
                          {"summary", Ref("summary")}},
                         {{"fixed", SomeOf(Ref("fixed"), "with `--baseline`")}}),
                  std::move(definitions));
}

}  // namespace cagelint::output
