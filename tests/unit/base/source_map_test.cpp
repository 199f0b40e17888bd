#include "linter/base/source_map.h"

#include <gtest/gtest.h>

namespace cagelint::base {
namespace {

TEST(SourceMapTest, IdentityMovesByAnOffset) {
  const SourceMap map = SourceMap::Identity(2, 10);
  EXPECT_EQ(map.ToOuter(0, 3), (Span{2, 10, 13}));
  EXPECT_EQ(map.ToOuter(5, 5), (Span{2, 15, 15}));
}

TEST(SourceMapTest, CopiedPiecesAreExact) {
  SourceMap map(0);
  map.Append(3, 100, 103);
  map.Append(4, 200, 204);
  EXPECT_EQ(map.ToOuter(0, 3), (Span{0, 100, 103}));
  EXPECT_EQ(map.ToOuter(3, 7), (Span{0, 200, 204}));
  EXPECT_EQ(map.ToOuter(4, 6), (Span{0, 201, 203}));
  EXPECT_EQ(map.ToOuter(1, 5), (Span{0, 101, 202}));  // over the seam
}

TEST(SourceMapTest, ADecodedEscapeStandsAsAWhole) {
  SourceMap map(0);
  map.Append(1, 10, 11);  // a
  map.Append(1, 11, 13);  // \n, written with two bytes
  map.Append(2, 13, 15);  // bc
  EXPECT_EQ(map.ToOuter(1, 2), (Span{0, 11, 13}));
  EXPECT_EQ(map.ToOuter(0, 2), (Span{0, 10, 13}));
  EXPECT_EQ(map.ToOuter(2, 4), (Span{0, 13, 15}));
}

TEST(SourceMapTest, SeveralBytesOfOneEscapeShareItsPlace) {
  SourceMap map(0);
  map.Append(2, 5, 11);  // an escape of six bytes that gives two
  EXPECT_EQ(map.ToOuter(0, 1), (Span{0, 5, 11}));
  EXPECT_EQ(map.ToOuter(1, 2), (Span{0, 5, 11}));
}

TEST(SourceMapTest, BehindTheEndIsTheEnd) {
  SourceMap map(0);
  map.Append(2, 5, 7);
  EXPECT_EQ(map.ToOuter(2, 2), (Span{0, 7, 7}));
  EXPECT_EQ(map.ToOuter(9, 12), (Span{0, 7, 7}));
  EXPECT_EQ(map.ToOuter(1, 99), (Span{0, 6, 7}));
}

TEST(SourceMapTest, AnEmptyMapGivesAnEmptyPlace) {
  const SourceMap map(4);
  EXPECT_EQ(map.ToOuter(0, 5), (Span{4, 0, 0}));
}

TEST(SourceMapTest, OfPiecesInAnotherOrderTheFirstIsShown) {
  SourceMap map(0);
  map.Append(6, 40, 46);
  map.Append(3, 10, 13);
  EXPECT_EQ(map.ToOuter(0, 9), (Span{0, 40, 46}));
  EXPECT_EQ(map.ToOuter(6, 9), (Span{0, 10, 13}));
  EXPECT_EQ(map.ToOuter(6, 6), (Span{0, 10, 10}));
}

TEST(SourceMapTest, AppendingNothingChangesNothing) {
  SourceMap map(0);
  map.Append(0, 50, 52);
  map.Append(1, 9, 10);
  EXPECT_EQ(map.ToOuter(0, 1), (Span{0, 9, 10}));
}

}  // namespace
}  // namespace cagelint::base
