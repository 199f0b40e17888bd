#include "linter/output/xml.h"

#include <gtest/gtest.h>

namespace cagelint::output {
namespace {

TEST(Xml, MarkupIsText) {
  EXPECT_EQ(Xml("<a href=\"x\" id='y'>&amp;]]>"),
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;]]&gt;");
}

TEST(Xml, WhatItCannotHoldIsShown) {
  EXPECT_EQ(Xml(std::string_view("a\0b\x1b\x7f", 5)), "a\\x00b\\x1b\\x7f");
  EXPECT_EQ(Xml("\xff\xC0\x80"), "\\xff\\xc0\\x80");
  EXPECT_EQ(Xml("a\xEF\xBF\xBE\xEF\xBF\xBF"), "a\\u{fffe}\\u{ffff}");
  EXPECT_EQ(Xml("\xEF\xBF\xBD \xEF\xBE\xBF"), "\xEF\xBF\xBD \xEF\xBE\xBF");  // U+FFFD, U+FFBF
  EXPECT_EQ(Xml("\xE2\x80\xAE"), "\\u{202e}");
  EXPECT_EQ(Xml("größe 🤖"), "größe 🤖");
}

TEST(Xml, LinesStay) {
  EXPECT_EQ(Xml("a\nb\tc"), "a\\nb\\tc");
  EXPECT_EQ(XmlLines("\na<\n\nb\r\n"), "\na&lt;\n\nb\\x0d\n");
  EXPECT_EQ(XmlLines(""), "");
}

TEST(Xml, Attribute) { EXPECT_EQ(XmlAttribute("n", "a\"b"), " n=\"a&quot;b\""); }

}  // namespace
}  // namespace cagelint::output
