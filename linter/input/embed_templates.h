// What is filled in before a program sees the text: `${{ … }}`, `{{ … }}`, `<% … %>`.
#pragma once

#include <span>
#include <string_view>

#include "linter/input/embed.h"

namespace cagelint::input {

struct TemplateSyntax {
  std::string_view open;   // "${{"
  std::string_view close;  // "}}"
};

// GitHub's expressions.
inline constexpr TemplateSyntax kExpressions[] = {{"${{", "}}"}};
// Those of documents: Jinja, Handlebars, ERB. `{{ .Name }}` is Go's, and the engines' own.
inline constexpr TemplateSyntax kTemplates[] = {{"${{", "}}"}, {"{{", "}}"}, {"<%", "%>"}};
// `${input:token}`, `${env:HOME}` of editors.
inline constexpr TemplateSyntax kVariables[] = {{"${", "}"}};

// `text` with its templates made placeholders that the shell reader takes for unknown
// (`{{name}}`): alone outside of quotes, for any number of words (`{{name...}}`). Places stay.
EmbeddedText MarkTemplates(const EmbeddedText& text, std::span<const TemplateSyntax> syntaxes);

}  // namespace cagelint::input
