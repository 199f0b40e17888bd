#include "linter/input/docker_values.h"

#include <limits>

#include <gtest/gtest.h>

#include "linter/input/docker_devices.h"
#include "linter/input/docker_image.h"
#include "linter/input/docker_network_option.h"

namespace cagelint::input {
namespace {

TEST(DockerValues, Integers) {
  const struct {
    const char* text;
    std::int64_t value;
  } good[] = {{"0", 0},
              {"-1", -1},
              {"+5", 5},
              {"010", 8},
              {"0x1F", 31},
              {"0b11", 3},
              {"0o17", 15},
              {"1_000", 1000},
              {"0_7", 7},
              {"-0x8000000000000000", INT64_MIN},
              {"9223372036854775807", INT64_MAX}};
  for (const auto& row : good) {
    const auto value = ParseInteger(row.text, 0);
    ASSERT_TRUE(value.Ok()) << row.text;
    EXPECT_EQ(value.Value(), row.value) << row.text;
  }
  for (const char* text : {"", "-", "1e3", "1.5", " 1", "1 ", "0x", "08", "1__0", "_1", "1_", "--1",
                           "9223372036854775808", "x"}) {
    EXPECT_FALSE(ParseInteger(text, 0).Ok()) << text;
  }
  EXPECT_EQ(ParseInteger("010", 10).Value(), 10);
  EXPECT_FALSE(ParseInteger("1_0", 10).Ok());
  EXPECT_FALSE(ParseUnsigned("-1", 0, 100).Ok());
  EXPECT_FALSE(ParseUnsigned("101", 0, 100).Ok());
  EXPECT_EQ(ParseUnsigned("100", 0, 100).Value(), 100U);
}

TEST(DockerValues, Sizes) {
  const struct {
    const char* text;
    std::int64_t value;
  } good[] = {{"0", 0},           {"512", 512},
              {"1b", 1},          {"1k", 1024},
              {"1KB", 1024},      {"1KiB", 1024},
              {"1 m", 1 << 20},   {"1.5g", 1610612736},
              {".5g", 536870912}, {"1e3", 1000},
              {"+1g", 1 << 30},   {"1_000", 1000},
              {"0x1p4", 16},      {"9999999999g", std::numeric_limits<std::int64_t>::min()}};
  for (const auto& row : good) {
    const auto value = ParseBytes(row.text);
    ASSERT_TRUE(value.Ok()) << row.text;
    EXPECT_EQ(value.Value(), row.value) << row.text;
  }
  for (const char* text : {"", "g", "-1", "-1g", "1e", " 1g", "1g ", "1x", "1bb", "1kx", "1kibb",
                           "inf", "nan", "1,5g", "0x10", "1__0", "1e400"}) {
    EXPECT_FALSE(ParseBytes(text).Ok()) << text;
  }
}

TEST(DockerValues, Cpus) {
  const struct {
    const char* text;
    std::int64_t nano;
  } good[] = {{"1.5", 1500000000},  {"1/2", 500000000}, {"1e-1", 100000000}, {"0x2", 2000000000},
              {"010", 10000000000}, {"0.000000001", 1}, {"-1", -1000000000}, {"0", 0},
              {".5", 500000000}};
  for (const auto& row : good) {
    const auto value = ParseNanoCpus(row.text);
    ASSERT_TRUE(value.Ok()) << row.text;
    EXPECT_EQ(value.Value(), row.nano) << row.text;
  }
  for (const char* text :
       {"", "x", "inf", "1/3", "0.0000000001", "0_", "1__0", "1/0", "1.5.5", "1 "})
    EXPECT_FALSE(ParseNanoCpus(text).Ok()) << text;
}

TEST(DockerValues, Durations) {
  EXPECT_EQ(ParseDurationSign("1h2m3.5s"), 1);
  EXPECT_EQ(ParseDurationSign("0"), 0);
  EXPECT_EQ(ParseDurationSign("0s"), 0);
  EXPECT_EQ(ParseDurationSign("-1ms"), -1);
  for (const char* text : {"", "1", "s", "1x", "1.2.3s", "-", "."})
    EXPECT_FALSE(ParseDurationSign(text).has_value()) << text;
}

TEST(DockerValues, Addresses) {
  EXPECT_EQ(ParseAddress("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(ParseAddress("0:0:0:0:0:0:0:1"), "::1");
  EXPECT_EQ(ParseAddress("::ffff:1.2.3.4"), "1.2.3.4");
  for (const char* text : {"", "1.2.3", "01.2.3.4", "1.2.3.256", "::1%eth0", "localhost", "[::1]"})
    EXPECT_FALSE(ParseAddress(text).has_value()) << text;
  EXPECT_TRUE(IsMac("00:11:22:33:44:55"));
  EXPECT_TRUE(IsMac("0011.2233.4455"));
  EXPECT_TRUE(IsMac("00-11-22-33-44-55-66-77"));
  for (const char* text :
       {"", "00:11:22:33:44", "00:11:22:33:44-55", "001122334455", "gg:11:22:33:44:55"})
    EXPECT_FALSE(IsMac(text)) << text;
}

TEST(DockerValues, CsvFieldsKnowTheirPlaces) {
  std::vector<CsvField> fields;
  const std::string text = "a=1,\"b=x,y\",\"c=\"\"q\"\"\",d";
  ASSERT_TRUE(ReadCsvFields(text, fields));
  ASSERT_EQ(fields.size(), 4U);
  EXPECT_EQ(fields[1].text, "b=x,y");
  EXPECT_EQ(text.substr(fields[1].begin, fields[1].end - fields[1].begin), "\"b=x,y\"");
  EXPECT_EQ(fields[2].text, "c=\"q\"");
  EXPECT_EQ(text.substr(fields[3].begin), "d");
  ASSERT_TRUE(ReadCsvFields("\n\r\na,b\nc", fields));
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields[1].text, "b");
  for (const char* bad : {"", "\n", "a\"b", "\"a\"b", "\"a"})
    EXPECT_FALSE(ReadCsvFields(bad, fields)) << bad;
}

TEST(DockerValues, Images) {
  const std::string digits(64, 'a');
  for (const std::string& image :
       {std::string("a"), std::string("a/b"), std::string("localhost/a"), std::string("A/b"),
        std::string("a.b:5000/x/y:t"), std::string("x_y/z__w"), std::string("a--b"), digits,
        "a@sha256:" + digits, "a:t@sha256:" + digits, std::string("sha256:abc"),
        std::string("[::1]:5000/x"), "a:" + std::string(128, 't')}) {
    EXPECT_EQ(ImageRefusal(image), "") << image;
  }
  for (const std::string& image :
       {std::string(""), std::string("A"), std::string("a/B"), std::string(".x"),
        std::string("x___y"), std::string("a:"), std::string("a@sha256:abc"),
        "a@sha256:" + std::string(64, 'A'), std::string("a b"), std::string("$IMAGE"),
        std::string("a/"), std::string("-"), std::string("https://a/b"),
        "a:" + std::string(129, 't')}) {
    EXPECT_NE(ImageRefusal(image), "") << image;
  }
}

TEST(DockerValues, DeviceRulesGpusAndExposedPorts) {
  EXPECT_EQ(DeviceRuleRefusal("a *:* rwm"), "");
  EXPECT_EQ(DeviceRuleRefusal("c 1:3 r"), "");
  for (const char* text : {"", "c 1:3", "d 1:3 r", "c 1:3 rwmr", "c 1 r", "c 1:3 x", "c  1:3 r"})
    EXPECT_NE(DeviceRuleRefusal(text), "") << text;
  for (const char* text :
       {"all", "2", "-1", "count=1,capabilities=gpu", "device=0,1", "\"device=0,1\""})
    EXPECT_EQ(GpusRefusal(text), "") << text;
  for (const char* text :
       {"", "x", "all,all", "count=x", "count=1,count=2", "bogus=1", "all,1,all"})
    EXPECT_NE(GpusRefusal(text), "") << text;
  for (const char* text : {"80", "80/udp", "80-90/tcp", "80/x"})
    EXPECT_EQ(ExposeRefusal(text), "") << text;
  for (const char* text : {"", ":", "80:80", "90-80", "x", "65536", "/tcp"})
    EXPECT_NE(ExposeRefusal(text), "") << text;
}

}  // namespace
}  // namespace cagelint::input
