#include <gtest/gtest.h>

#include "tests/unit/model/model_sample.h"

namespace cagelint::model {
namespace {

class JoinedTest : public ::testing::Test {
 protected:
  Container& Add(const char* name) {
    Container& container = document_.containers.emplace_back();
    container.name = Literal(name);
    return container;
  }
  void Follow() {
    for (Container& container : document_.containers) container.effective = Compute(container);
    FollowJoins(document_);
  }
  const Effective& At(std::size_t i) const { return document_.containers[i].effective; }

  Document document_;
};

TEST_F(JoinedTest, WhatADonorHasIsHadByAllWhoJoin) {
  Container& donor = Add("donor");
  donor.pid = donor.ipc = donor.network_mode = Literal("host");
  Container& first = Add("first");
  first.pid = first.ipc = first.network_mode = Literal("container:donor");
  Add("second").pid = Literal("container:first");
  Follow();
  for (const std::size_t i : {0u, 1u}) {
    EXPECT_TRUE(At(i).host_pid);
    EXPECT_TRUE(At(i).host_ipc);
    EXPECT_EQ(At(i).network, NetworkKind::kHost);
  }
  EXPECT_TRUE(At(2).host_pid);
  EXPECT_FALSE(At(2).host_ipc);
  EXPECT_EQ(At(2).network, NetworkKind::kOutside);
}

TEST_F(JoinedTest, ServicesAreNamedByTheirKey) {
  Container& donor = Add("");
  donor.carrier = Carrier::kCompose;
  donor.service = "db";
  donor.pid = Literal("host");
  Add("").pid = Literal("service:db");
  Add("").pid = Literal("service:other");
  Follow();
  EXPECT_TRUE(At(1).host_pid);
  EXPECT_FALSE(At(2).host_pid);
}

TEST_F(JoinedTest, CirclesAndStrangersAreNobodysHost) {
  Add("a").pid = Literal("container:b");
  Add("b").pid = Literal("container:a");
  Add("c").pid = Literal("container:elsewhere");
  Add("d").network_mode = Literal("container:elsewhere");
  Follow();
  for (const std::size_t i : {0u, 1u, 2u}) EXPECT_FALSE(At(i).host_pid);
  EXPECT_EQ(At(3).network, NetworkKind::kJoined);
}

}  // namespace
}  // namespace cagelint::model
