#include "linter/input/unit_templates.h"

#include <string_view>

#include "linter/input/embed.h"
#include "linter/input/embed_templates.h"

namespace cagelint::input {

model::Document ReadWithTemplates(const base::Source& source, const Context& context,
                                  model::Carrier carrier,
                                  model::Document (*read)(const base::Source&, const Context&)) {
  if (source.Bytes().find("{{") == std::string_view::npos &&
      source.Bytes().find("<%") == std::string_view::npos)
    return read(source, context);
  EmbeddedText whole(source);
  whole.Copy(0, static_cast<std::uint32_t>(source.Bytes().size()));
  EmbeddedText marked = MarkTemplates(whole, kTemplates);
  if (marked.Text() == source.Bytes()) return read(source, context);
  model::Document document;
  document.file = source.Id();
  document.carrier = carrier;
  document.embedded.push_back(read(marked.AddTo(context.sources, LinesWriter()), context));
  return document;
}

}  // namespace cagelint::input
