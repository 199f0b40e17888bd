// PowerShell scripts as a carrier: the commands in them that start containers.
#include <string>
#include <string_view>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/powershell_script.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

bool Named(std::string_view path) {
  const std::string lower = base::ToLower(path);
  return lower.ends_with(".ps1") || lower.ends_with(".psm1");
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  if (!Named(path) || !NamesEngineAnywhere(bytes)) return "";
  return "its name is that of a PowerShell script, and it names a container engine";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  const bool fits = language == "powershell" || language == "pwsh" || language == "ps1" ||
                    language == "ps" || language == "posh" || language == "azurepowershell" ||
                    language == "powershell-interactive";
  return fits && NamesEngineAnywhere(bytes) ? "it names a container engine" : "";
}

model::Document Read(const base::Source& source, const Context& context) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kPowershell;
  PowershellScript script(source);
  ShellTexts texts(context, source.Path(), document);
  if (script.Text().Size() > 0)
    texts.Read(
        script.Text().AddTo(context.sources, GuardedLinesWriter(EscapePowershell, script.Fixed())));
  texts.Link();
  if (const auto wrong = script.Wrong()) document.gaps.push_back(*wrong);
  CollectSuppressions(source, script.Comments(), script.Statements(), document.suppressions);
  return document;
}

}  // namespace

const Reader kPowershellReader{"powershell", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
