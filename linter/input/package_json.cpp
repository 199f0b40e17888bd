// The scripts of `package.json`: each is a command line for a shell.
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/input/embed_json.h"
#include "linter/input/interest.h"
#include "linter/input/json_file.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"
#include "linter/input/suppressions.h"

namespace cagelint::input {
namespace {

// The scripts that name an engine, as far as the file is whole.
std::vector<syntax::NodeId> ScriptsOf(const JsonFile& file) {
  std::vector<syntax::NodeId> scripts;
  const syntax::Entry* entry = file.tree.Find(file.Root(), "scripts");
  if (entry == nullptr) return scripts;
  for (const syntax::Entry& script : file.tree.At(entry->value).entries) {
    const syntax::Node& value = file.tree.At(script.value);
    const bool is_string = value.IsScalar() && value.style == syntax::ScalarStyle::kDoubleQuoted;
    if (is_string && NamesEngineAnywhere(value.text)) scripts.push_back(script.value);
  }
  return scripts;
}

bool Named(std::string_view path) { return base::NameOf(path) == "package.json"; }

bool MayBePackage(std::string_view bytes) {
  return MayHideWords(bytes) ||
         (NamesEngineAnywhere(bytes) && bytes.find("\"scripts\"") != std::string_view::npos);
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  if (!Named(path) || !MayBePackage(bytes) || !BeginsLikeJson(bytes, false)) return "";
  const JsonSample sample(bytes, false);
  return ScriptsOf(sample.File()).empty() ? "" : "a package with scripts that name an engine";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  if (!IsJsonFence(language) || !MayBePackage(bytes) || !BeginsLikeJson(bytes, true)) return "";
  const JsonSample sample(bytes, true);
  return ScriptsOf(sample.File()).empty() ? "" : "a package with scripts that name an engine";
}

model::Document Read(const base::Source& source, const Context& context) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kPackage;
  ShellTexts texts(context, source.Path(), document);
  const JsonFile file = ParseJsonFile(source, context.sources);
  for (const syntax::NodeId script : ScriptsOf(file))
    texts.Read(JsonText(*file.source, file.tree.At(script))
                   .AddTo(context.sources, StringWriter(EscapeJson)));
  texts.Link();
  AddJsonGaps(file, document);
  CollectSuppressions(file.tree, context.sources, document.suppressions);
  return document;
}

}  // namespace

const Reader kPackageReader{"package-json", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
