// Single values: what the client refuses of them, and what they are.
#pragma once

#include "linter/input/docker_reading.h"

namespace cagelint::input {

// The reason why the client refuses the literal value of a flag whose grammar is a simple one; ""
// when it takes it, or when the grammar has a reader of its own.
std::string TextRefusal(const FlagUse& use, model::Engine engine);

// Whether the client refuses the literal value only when all flags are parsed: where a later use
// overrides it, it may be anything. (docker/cli 28.2.2, parse(); run.)
bool IsCheckedLate(const FlagUse& use);

// Whether the client looks at values of this grammar as it comes to them, before it knows that help
// is asked for. (The same.)
bool IsCheckedEarly(Grammar grammar);

bool IsNumeric(Grammar grammar);
// The number of a numeric flag's literal value; nothing where it is none, or not numeric.
std::optional<std::int64_t> ReadNumber(const FlagUse& use);

// Refuses what is no boolean, and is absent then.
model::Setting<bool> ReadBool(const FlagUse& use, const Reading& reading);
model::Setting<double> ReadCpus(const FlagUse& use);
// opts.ParseRestartPolicy; `policy[:count]`.
model::Setting<model::Restart> ReadRestart(const FlagUse& use, const Reading& reading);

}  // namespace cagelint::input
