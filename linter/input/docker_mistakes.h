// What the client accepts and the author did not mean: words that land in the wrong place.
#pragma once

#include "linter/input/docker_reading.h"

namespace cagelint::input {

// Adds remarks for `parsed`, the words of a run or create:
//   * kMisplacedOption: an option behind the image, which the program gets. Only the words up to
//     the first one that is neither an option of the client nor its value are looked at, and only
//     where at least one of them can hardly belong to a program (`--read-only`, `--network none`,
//     `-it`, `-p 80:80`). Nothing behind `--`.
//   * kSwallowedValue: a word that is the value of an option, or the image, by accident
//     (`--name --rm`, `--read-only false img`, `-u=`, `-it=false`, `-user root`).
// Needs literal words: what cannot be known is no mistake.
void NoteMistakes(const Words& parsed, CommandSet command, const Reading& reading);

}  // namespace cagelint::input
