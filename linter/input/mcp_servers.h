// The servers that configurations of MCP clients start, and the commands that start them.
#pragma once

#include <vector>

#include "linter/base/source.h"
#include "linter/input/shell_texts.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

enum class McpNotation : std::uint8_t { kJson, kToml, kYaml };

// The maps of `tree` that say how a server is started, in the order of the file. With `loose` the
// root may be one, or hold them itself: what documents and command lines show.
// Without `bare` a key `servers` at the top, which is one of many programs, holds none.
std::vector<syntax::NodeId> FindMcpServers(const syntax::Tree& tree, bool loose, bool bare = true);

// Whether a word of the command of `server` names a container engine.
bool McpServerNamesEngine(const syntax::Tree& tree, syntax::NodeId server);

// Reads the command of `server`, a map of `tree`, which is of `source`.
void ReadMcpServer(const syntax::Tree& tree, syntax::NodeId server, const base::Source& source,
                   McpNotation notation, base::SourceSet& sources, ShellTexts& texts);

}  // namespace cagelint::input
