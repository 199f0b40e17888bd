// PowerShell scripts as a carrier: the commands in them that start containers.
#include <string>
#include <string_view>
#include <utility>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/powershell_script.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

bool HasExtension(std::string_view path) {
  const std::string lower = base::ToLower(path);
  return lower.ends_with(".ps1") || lower.ends_with(".psm1");
}

// A script may have no extension.
bool Named(std::string_view path) {
  return HasExtension(path) || base::NameOf(path).find('.') == std::string_view::npos;
}

// `#!/usr/bin/env pwsh`.
bool NamesPowershell(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  return line.starts_with("#!") && line.find("pwsh") != std::string_view::npos;
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  if (!NamesEngineAnywhere(bytes)) return "";
  if (!HasExtension(path))
    return NamesPowershell(bytes) ? "its first line names `pwsh`, and it names a container engine"
                                  : "";
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
  document.gaps.insert(document.gaps.end(), script.Gaps().begin(), script.Gaps().end());
  CollectSuppressions(source, script.Comments(), script.Statements(), document.suppressions);
  return document;
}

}  // namespace

const Reader kPowershellReader{"powershell", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
