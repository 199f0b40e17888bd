// What the words of Windows' two shells name: programs, and places that are known.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "linter/input/command_text.h"

namespace cagelint::input {

// The engine that a command's first word names, as a shell script would: "docker" of
// `C:\Program Files\Docker\Docker.exe`. Empty where it names none.
std::string EngineNamedByWindows(std::string_view word);

// Whether a command's first word is one that another program's name follows: `wsl`, `sudo`,
// `start`, `call`.
bool IsWindowsPrefix(std::string_view word);

// Whether it is a shell of Unix, which gets a text: `bash -c "…"`.
bool IsUnixShell(std::string_view word);

// Whether it is a command that takes another one as a text: `cmd /c "…"`, `powershell -Command
// "…"`, `Invoke-Expression "…"`.
bool TakesCommand(std::string_view word);
// Whether it is PowerShell's `Start-Process x -ArgumentList "…"`.
bool StartsProcess(std::string_view word);

// Whether `text` begins with an engine's name and more.
bool BeginsWithEngine(std::string_view text);
// Whether `text` names an engine and what starts a container, or cannot be known.
bool MayStartContainers(std::string_view text);
// Whether a command of `text` reads the same in every shell: words that nothing is special in.
bool IsPlainCommand(std::string_view text);

// What a variable of the environment stands for (`USERPROFILE`, in any case).
std::optional<Known> KnownVariable(std::string_view name);

// The place of `<your-token>` at `at`: behind its `>`; `at` where no placeholder begins there.
std::size_t PlaceholderEnd(std::string_view text, std::size_t at);

// Behind a prompt with which a line begins: `PS C:\> `, `C:\work>`; 0 where there is none.
std::size_t PromptSize(std::string_view line);
// Whether a line of `text` begins with one.
bool HasPrompts(std::string_view text);

// Names of what commonly holds several words: `OPTIONS`, `dockerArgs`.
bool SoundsLikeList(std::string_view name);

}  // namespace cagelint::input
