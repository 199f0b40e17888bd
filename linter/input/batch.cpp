// Batch files of Windows as a carrier: the commands in them that start containers.
#include <string>
#include <string_view>

#include "linter/base/text.h"
#include "linter/input/batch_script.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

bool Named(std::string_view path) {
  const std::string lower = base::ToLower(path);
  return lower.ends_with(".bat") || lower.ends_with(".cmd");
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  if (!Named(path) || !NamesEngineAnywhere(bytes)) return "";
  return "its name is that of a batch file, and it names a container engine";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  const bool fits = language == "bat" || language == "batch" || language == "cmd" ||
                    language == "dos" || language == "batchfile" || language == "winbatch";
  return fits && NamesEngineAnywhere(bytes) ? "it names a container engine" : "";
}

model::Document Read(const base::Source& source, const Context& context) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kBatch;
  BatchScript script(source);
  ShellTexts texts(context, source.Path(), document);
  if (script.Text().Size() > 0)
    texts.Read(script.Text().AddTo(context.sources, LinesWriter(EscapeBatch)));
  texts.Link();
  document.gaps.insert(document.gaps.end(), script.Gaps().begin(), script.Gaps().end());
  CollectSuppressions(source, script.Comments(), script.Statements(), document.suppressions);
  return document;
}

}  // namespace

const Reader kBatchReader{"batch", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
