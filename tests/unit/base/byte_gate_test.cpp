#include "linter/base/byte_gate.h"

#include <gtest/gtest.h>

namespace cagelint::base {
namespace {

using namespace std::string_view_literals;

TEST(ByteGateTest, PassesText) {
  EXPECT_FALSE(CheckBytes(""));
  EXPECT_FALSE(CheckBytes("a\tb\r\nc\f\xC3\xA9 \xF0\x9F\x98\x80\n"));
  EXPECT_FALSE(CheckBytes("\xEF\xBB\xBFservices:\n"));  // an UTF-8 byte order mark
}

TEST(ByteGateTest, RefusesEveryOtherControlByte) {
  for (int byte = 0; byte < 0x20; ++byte) {
    const char c = static_cast<char>(byte);
    const bool passes = c == '\t' || c == '\n' || c == '\r' || c == '\f';
    EXPECT_EQ(CheckBytes(std::string{'a', c}).has_value(), !passes) << byte;
  }
  EXPECT_TRUE(CheckBytes("\x7F"));
}

TEST(ByteGateTest, NamesTheByteAndItsPlace) {
  const auto nul = CheckBytes("ab\0"sv);
  ASSERT_TRUE(nul);
  EXPECT_EQ(nul->offset, 2u);
  EXPECT_EQ(nul->message, "holds a NUL byte: not a text file");
  const auto escape = CheckBytes("a\x1B[0m");
  ASSERT_TRUE(escape);
  EXPECT_EQ(escape->offset, 1u);
  EXPECT_EQ(escape->message, "holds the control byte 0x1b");
  const auto invalid = CheckBytes("abc\xFF");
  ASSERT_TRUE(invalid);
  EXPECT_EQ(invalid->offset, 3u);
  EXPECT_EQ(invalid->message, "is not UTF-8: byte 0xff");
}

TEST(ByteGateTest, RefusesOtherUnicodeEncodings) {
  EXPECT_EQ(CheckBytes("\xFF\xFE"
                       "a\0"sv)
                ->message,
            "is UTF-16 or UTF-32, not UTF-8");
  EXPECT_EQ(CheckBytes("\xFE\xFF\0a"sv)->message, "is UTF-16 or UTF-32, not UTF-8");
  EXPECT_TRUE(CheckBytes("\0\0\xFE\xFF"sv));
}

TEST(ByteGateTest, RefusesMoreThanTheLimit) {
  EXPECT_FALSE(CheckBytes(std::string(kLargestFile, 'a')));
  const auto refusal = CheckBytes(std::string(kLargestFile + 1, 'a'));
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->message, "is larger than the limit of 8 MiB");
}

}  // namespace
}  // namespace cagelint::base
