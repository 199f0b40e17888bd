// Unit files that another program fills in before they are installed: `{{ docker_opts }}`.
#pragma once

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "linter/model/document.h"

namespace cagelint::input {

// Reads `source` by `read`; where it holds templates, as a text of its own in which each is one
// word that is not known (embed_templates.h).
model::Document ReadWithTemplates(const base::Source& source, const Context& context,
                                  model::Carrier carrier,
                                  model::Document (*read)(const base::Source&, const Context&));

}  // namespace cagelint::input
