// A conversation with the language server that fuzzers make up.
#pragma once

#include <string_view>

namespace cagelint::test {

// `bytes` are what arrives on the stream, after an editor has begun and opened two documents. In
// them the byte 0x01 stands for the header of a message that is as long as what follows up to the
// next 0x01, so that a fuzzer need not count; further editors' habits are those of the first byte.
// Aborts where the server sends what is no message, or does not answer a last request.
void FuzzLsp(std::string_view bytes);

}  // namespace cagelint::test
