// What recipes of make and just have in common: lines of a shell with names filled in before.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/embedding.h"
#include "linter/base/source.h"
#include "linter/input/embed.h"
#include "linter/input/open_quotes.h"
#include "linter/model/document.h"
#include "linter/model/suppression.h"

namespace cagelint::input {

// `expansion`, which a shell expands in double quotes or without any (`${NAME}`), as it has to be
// written where `quotes` are open.
std::string InQuotes(const OpenQuotes& quotes, std::string expansion);

// Something that cannot be known and is called `name`. `alone`: nothing stands beside it, so that
// it may be any number of words where no quotes are open.
std::string UnknownText(const OpenQuotes& quotes, std::string_view name, bool alone);

// The same for a variable, of which an engine's name may be made: as a variable of the shell where
// its name speaks of engines, or `likely` (which may be "") is one.
std::string UnknownVariable(const OpenQuotes& quotes, std::string_view name,
                            std::string_view likely, bool alone);

// Whether a command begins behind `line`: nothing but blanks and what speaks to make or just stands
// before, or an operator does.
bool IsAtCommand(std::string_view line);

// What `expansion` of the variable `name` is where a command begins: `$(SUDO)` may be a wrapper, a
// word that the shell reader skips when it is a variable; `$(Q)`, `@`, is nothing to a shell.
// `glued`: a name goes on behind it.
std::string AtCommand(std::string expansion, std::string_view name, bool glued);

// Whether `edit` changes nothing that came out of a variable of make, just or GitHub, and puts
// nothing right beside it: the value may end in something else than it seems to at the use.
bool LeavesExpansions(const base::Edit& edit, const base::Source& inner, const base::SourceMap& map,
                      const base::Source& outer);

// As `writer`, which may be null, for changes that leave expansions alone.
std::shared_ptr<const base::EditWriter> GuardExpansions(
    std::shared_ptr<const base::EditWriter> writer);

// As LinesWriter, with the line ends that the file has, for changes that leave expansions alone.
std::shared_ptr<const base::EditWriter> FileLinesWriter(Escape escape);

// Appends what comments say: alone on its line one speaks of the entry that begins on the next line
// which is no comment, the widest of `entries`; otherwise of the one that ends on its line.
void CollectRecipeSuppressions(std::span<const base::Span> comments,
                               std::span<const base::Span> entries, const base::SourceSet& sources,
                               std::vector<model::Suppression>& out);

// Moves what is said of a text that is a document of its own into that document, where it is known
// whether it hides anything.
void ShareSuppressions(model::Document& document, const base::SourceSet& sources);

}  // namespace cagelint::input
