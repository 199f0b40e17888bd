// What holds for every text in another text: written back, its changes are what the text would be.
#pragma once

#include <string_view>

namespace cagelint::test {

// Makes a text in another one and changes of it out of `bytes`, writes them into the one around,
// takes the text out again and aborts where that is not the changed text; also where a byte stands
// somewhere else than the map says.
void FuzzEmbedding(std::string_view bytes);

}  // namespace cagelint::test
