#include "linter/base/csv.h"

#include <gtest/gtest.h>

namespace cagelint::base {
namespace {

using Fields = std::vector<std::string>;

Fields Record(std::string_view line) {
  Fields fields;
  EXPECT_TRUE(ParseCsvRecord(line, fields)) << line;
  return fields;
}

bool IsRefused(std::string_view line) {
  Fields fields;
  return !ParseCsvRecord(line, fields);
}

// As Go's encoding/csv, with LazyQuotes off.
TEST(CsvRecordTest, SplitsAtCommas) {
  EXPECT_EQ(Record("type=bind,source=/a"), (Fields{"type=bind", "source=/a"}));
  EXPECT_EQ(Record("a,,b,"), (Fields{"a", "", "b", ""}));
  EXPECT_EQ(Record(" a , b "), (Fields{" a ", " b "}));
  EXPECT_EQ(Record(","), (Fields{"", ""}));
}

TEST(CsvRecordTest, QuotedFieldsMayHoldCommas) {
  EXPECT_EQ(Record("\"a,b\",c"), (Fields{"a,b", "c"}));
  EXPECT_EQ(Record("\"a\"\"b\""), (Fields{"a\"b"}));
  EXPECT_EQ(Record("\"\""), (Fields{""}));
  EXPECT_EQ(Record("\"\",\"\""), (Fields{"", ""}));
}

TEST(CsvRecordTest, RefusesStrayQuotes) {
  EXPECT_TRUE(IsRefused("a\"b"));
  EXPECT_TRUE(IsRefused("a,b\""));
  EXPECT_TRUE(IsRefused("\"a\"b"));
  EXPECT_TRUE(IsRefused("\"a"));
  EXPECT_TRUE(IsRefused("\"a\"\""));
  EXPECT_TRUE(IsRefused("\""));
  EXPECT_TRUE(IsRefused(" \"a\""));
}

Fields Texts(CsvTable::Row cells) { return {cells.begin(), cells.end()}; }

TEST(CsvTableTest, ReadsNamesAndRows) {
  const CsvTable table = ParseCsv("# a comment\n\nname,reason\r\nx,\"one, two\"\ny\nz,1,2\n");
  EXPECT_EQ(Texts(table.columns), (Fields{"name", "reason"}));
  ASSERT_EQ(table.rows.size(), 3u);
  EXPECT_EQ(Texts(table.rows[0]), (Fields{"x", "one, two"}));
  EXPECT_EQ(Texts(table.rows[1]), (Fields{"y", ""}));
  EXPECT_EQ(Texts(table.rows[2]), (Fields{"z", "1"}));
  EXPECT_EQ(table.Column("reason"), 1u);
}

}  // namespace
}  // namespace cagelint::base
