// Words that cannot be known: is `$X` the image, or flags?
#pragma once

#include <span>

#include "linter/input/docker_words.h"

namespace cagelint::input {

// Whether the first of `words`, which stands in flag position, may stand for flags (then nothing is
// known of what is not written) and not for a positional word: the image of run, the container of
// exec. Not empty. What authors do, from public scripts:
//   * `"${ARGS[@]}"`, `"$@"`, `$*` are lists: flags.
//   * A word with literal text besides is positional: `$REGISTRY/app:$TAG`.
//   * A name that says so decides: `$IMAGE`, `$(docker build -q .)` are images, `$OPTS`,
//     `$DOCKER_ARGS`, `$VOLUMES` are flags.
//   * Otherwise what follows decides. Nothing: positional. A flag of this command: `$X` are flags,
//     for flags behind an image would go to the program. What is plainly an image (it has a tag, a
//     digest or a registry), or a variable named like one: flags. An unquoted `$X` before another
//     variable: flags. Anything else is the program that the image runs: positional.
// Where flags may follow positional words (update, rm …) only a list or a name makes flags.
bool MayBeFlags(std::span<const Argument> words, const Syntax& syntax);

}  // namespace cagelint::input
