// The lines of a session as documents show it: what is a prompt, a command, or prose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cagelint::input {

enum class Prompt : std::uint8_t {
  kNone,
  kShell,       // `$ `, `user@host:~/x# `, `bash-5.1# `
  kRoot,        // `# ` alone, which may be a comment as well
  kGoesOn,      // `> `
  kPowershell,  // `PS C:\> `
  kCmd,         // `C:\> `
};

struct FoundPrompt {
  Prompt prompt = Prompt::kNone;
  std::size_t size = 0;  // with the blanks around it
};

FoundPrompt PromptOf(std::string_view line);

// Whether a line runs an engine: its name stands at the begin of the line or behind `&&`, `;` or
// `|` of a line that begins as a command does, behind `sudo` and assignments. Also a command that
// says how a server is started (`claude mcp add`). By the look of it: quotes are not understood.
bool RunsEngine(std::string_view line);
// Whether a line that begins with a command goes on as a sentence: `docker run is a command that`.
bool IsProse(std::string_view line);
// Whether the prompt changes with this command: `sudo -i`, `su -`.
bool BecomesRoot(std::string_view command);

}  // namespace cagelint::input
