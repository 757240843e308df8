// SPDX-License-Identifier: Apache-2.0
#include "route_fixture.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

using test::RouteTest;

class MirrorTest : public RouteTest {
 protected:
  /// So many of a thousand requests are copied; how many of each hundred.
  std::vector<int> copied() {
    std::vector<int> counts(10);
    for (int& count : counts) {
      for (int i = 0; i < 100; ++i) {
        gateway_.get("/");
        if (seen_.mirror == "next") ++count;
      }
    }
    return counts;
  }
  static constexpr std::string_view Both =
      "{upstreams: {app: {targets: [\"http://127.0.0.1:4000\"]}, "
      "next: {targets: [\"http://127.0.0.1:5000\"]}}}";
};

TEST_F(MirrorTest, CopiesEveryRequestUnlessItSaysHowMany) {
  with("{upstream: app, mirror: next}", Both);
  EXPECT_EQ(copied(), std::vector<int>(10, 100));
  EXPECT_EQ(seen_.upstream, "app");
}

TEST_F(MirrorTest, SpreadsAShareEvenly) {
  with("{upstream: app, mirror: {upstream: next, percent: 7}}", Both);
  EXPECT_EQ(copied(), std::vector<int>(10, 7));
}

TEST_F(MirrorTest, CopiesFewWhereFewAreWanted) {
  with("{upstream: app, mirror: {upstream: next, percent: 0.2}}", Both);
  EXPECT_EQ(copied(), (std::vector<int>{0, 0, 0, 0, 1, 0, 0, 0, 0, 1}));
}

TEST_F(MirrorTest, IsNotUsedWithoutBeingNamed) {
  with("app", Both);
  EXPECT_EQ(copied(), std::vector<int>(10, 0));
}

}  // namespace
}  // namespace portico::proxy
