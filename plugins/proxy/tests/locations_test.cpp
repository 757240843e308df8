// SPDX-License-Identifier: Apache-2.0
#include "message/locations.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

constexpr PublicPlace Here{"https", "www.example.com"};

class LocationsTest : public ::testing::Test {
 protected:
  std::string mapped(std::string_view url, const PathSettings& paths = {},
                     std::string_view told = {}) {
    const PathRule rule(paths);
    const Locations locations(Scheme::Http, {"app.internal:4000", "app.internal"}, rule);
    return std::string(locations.map(url, Here, told, draft_));
  }

  Draft draft_;
};

TEST_F(LocationsTest, LeadBackToThePublicAddress) {
  EXPECT_EQ(mapped("http://app.internal:4000/login?a=b"), "https://www.example.com/login?a=b");
  EXPECT_EQ(mapped("HTTP://App.Internal/"), "https://www.example.com/");
  EXPECT_EQ(mapped("http://app.internal:80/"), "https://www.example.com/");
  EXPECT_EQ(mapped("http://app.internal"), "https://www.example.com");
}

TEST_F(LocationsTest, LeaveOtherAddresses) {
  for (const char* url :
       {"https://id.example.com/", "https://app.internal:4000/", "login", "//app.internal/",
        "/login", "", "mailto:a@b", "?a=http://app.internal/", "http://app.internal.evil.example/",
        "http://app.internal@evil.example/"}) {
    EXPECT_EQ(mapped(url), url);
  }
}

TEST_F(LocationsTest, KnowTheHostThatTheUpstreamWasTold) {
  EXPECT_EQ(mapped("http://tenant.internal/x", {}, "tenant.internal"), "https://www.example.com/x");
}

TEST_F(LocationsTest, LeaveTheSchemeThatAnUpstreamChoseForThePublicHost) {
  EXPECT_EQ(mapped("http://www.example.com/x"), "http://www.example.com/x");
}

TEST_F(LocationsTest, TurnThePrefixesRound) {
  PathSettings paths;
  paths.strip_prefix = "/api";
  paths.add_prefix = "/v2";
  EXPECT_EQ(mapped("http://app.internal:4000/v2/x", paths), "https://www.example.com/api/x");
  EXPECT_EQ(mapped("/v2/x?y", paths), "/api/x?y");
  EXPECT_EQ(mapped("/v2", paths), "/api/");
  EXPECT_EQ(mapped("/other", paths), "/api/other");
  EXPECT_EQ(mapped("https://www.example.com/v2/x", paths), "https://www.example.com/api/x");
  EXPECT_EQ(mapped("https://elsewhere.example/v2/x", paths), "https://elsewhere.example/v2/x");
}

}  // namespace
}  // namespace portico::proxy
