// SPDX-License-Identifier: Apache-2.0
// Whose requests are counted together.
#include "keys/address.h"
#include "ratelimit.h"
#include <portico/testing.h>

#include <string>

#include <gtest/gtest.h>

namespace portico::ratelimit {
namespace {

using portico::testing::Gateway;

/// Whether a second request from there passes a limit of one.
class Counted {
 public:
  explicit Counted(std::string_view by, std::string_view more = "") {
    gateway.load<RateLimitPlugin>("{limit: 1, per: 1h, by: " + std::string(by) + std::string(more) +
                                  "}");
  }
  bool passes(std::string_view address, portico::testing::GivenFields headers = {},
              std::string_view target = "/") {
    gateway.client_address(address);
    return gateway.get(target, headers).status != Status::TooManyRequests;
  }
  Gateway gateway;
};

TEST(Addresses, AreRead) {
  EXPECT_EQ(parse_address("192.0.2.1"), parse_address("::ffff:192.0.2.1"));
  EXPECT_EQ(parse_address("255.255.255.255")->at(15), 255);
  for (const char* const wrong :
       {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.", ".1.2.3", "1.2.3.0004", "a.b.c.d", "::g",
        "1:2:3:4:5:6:7:8:9", "unix:/run/app.sock", "1.2.3.4 "}) {
    EXPECT_EQ(parse_address(wrong), std::nullopt) << wrong;
  }
  const Address address = *parse_address("2001:db8:1:2:3:4:5:6");
  EXPECT_EQ(block_of(address, 64), *parse_address("2001:db8:1:2::"));
  EXPECT_EQ(block_of(address, 52), *parse_address("2001:db8:1::"));
  EXPECT_EQ(block_of(address, 128), address);
  EXPECT_EQ(block_of(*parse_address("192.0.2.1"), 16), *parse_address("192.0.2.1"));
}

TEST(Keys, TellClientsApartByAddress) {
  Counted counted("client");
  counted.gateway.use("ratelimit");
  EXPECT_TRUE(counted.passes("192.0.2.1"));
  EXPECT_TRUE(counted.passes("192.0.2.2"));
  EXPECT_FALSE(counted.passes("192.0.2.1"));
  EXPECT_FALSE(counted.passes("::ffff:192.0.2.1"));
}

TEST(Keys, TakeABlockOfIPv6ForOneClient) {
  Counted counted("client");
  counted.gateway.use("ratelimit");
  EXPECT_TRUE(counted.passes("2001:db8::1"));
  EXPECT_FALSE(counted.passes("2001:db8::2"));
  EXPECT_FALSE(counted.passes("2001:db8:0:0:ffff::1"));
  EXPECT_TRUE(counted.passes("2001:db8:0:1::1"));
  Counted wider("client", ", ipv6_prefix: 56");
  wider.gateway.use("ratelimit");
  EXPECT_TRUE(wider.passes("2001:db8::1"));
  EXPECT_FALSE(wider.passes("2001:db8:0:1::1"));
  EXPECT_TRUE(wider.passes("2001:db8:0:100::1"));
}

TEST(Keys, IgnoreWhatAClientSaysOfItsAddress) {
  Counted counted("client");
  counted.gateway.use("ratelimit");
  EXPECT_TRUE(counted.passes("192.0.2.1"));
  EXPECT_FALSE(counted.passes("192.0.2.1", {{"X-Forwarded-For", "198.51.100.1"}}));
  EXPECT_FALSE(counted.passes("192.0.2.1", {{"Forwarded", "for=198.51.100.1"}}));
  EXPECT_FALSE(counted.passes("192.0.2.1", {{"X-Real-IP", "198.51.100.1"}}));
}

TEST(Keys, TakeHeadersCookiesQueriesAndKeys) {
  Counted header("[{header: X-Tenant}]");
  header.gateway.use("ratelimit");
  EXPECT_TRUE(header.passes("192.0.2.1", {{"X-Tenant", "a"}}));
  EXPECT_FALSE(header.passes("192.0.2.2", {{"x-tenant", "a"}}));
  EXPECT_TRUE(header.passes("192.0.2.1", {{"X-Tenant", "b"}}));
  Counted cookie("[{cookie: session}]");
  cookie.gateway.use("ratelimit");
  EXPECT_TRUE(cookie.passes("192.0.2.1", {{"Cookie", "a=b; session=1"}}));
  EXPECT_FALSE(cookie.passes("192.0.2.2", {{"Cookie", "session=1"}}));
  Counted query("[{query: tenant}]");
  query.gateway.use("ratelimit");
  EXPECT_TRUE(query.passes("192.0.2.1", {}, "/?tenant=%61"));
  EXPECT_FALSE(query.passes("192.0.2.2", {}, "/?b&tenant=a"));
  Counted key("api_key");
  key.gateway.use("ratelimit");
  EXPECT_TRUE(key.passes("192.0.2.1", {{"X-API-Key", "k"}}));
  EXPECT_FALSE(key.passes("192.0.2.2", {{"X-API-Key", "k"}}));
  Counted named("api_key", ", api_key_header: Apikey");
  named.gateway.use("ratelimit");
  EXPECT_TRUE(named.passes("192.0.2.1", {{"Apikey", "k"}}));
  EXPECT_FALSE(named.passes("192.0.2.2", {{"Apikey", "k"}}));
}

TEST(Keys, FallBackToTheClientWhereAPartIsMissing) {
  Counted counted("[{header: X-Tenant}]");
  counted.gateway.use("ratelimit");
  EXPECT_TRUE(counted.passes("192.0.2.1"));
  EXPECT_FALSE(counted.passes("192.0.2.1", {{"X-Tenant", ""}}));
  EXPECT_TRUE(counted.passes("192.0.2.2"));
  // Nobody gets at another's bucket by sending his address.
  EXPECT_TRUE(counted.passes("192.0.2.9", {{"X-Tenant", "192.0.2.2"}}));
}

TEST(Keys, ArePutTogetherOfSeveralParts) {
  Counted counted("[client, {header: X-A}, {header: X-B}]");
  counted.gateway.use("ratelimit");
  EXPECT_TRUE(counted.passes("192.0.2.1", {{"X-A", "ab"}, {"X-B", "c"}}));
  EXPECT_TRUE(counted.passes("192.0.2.1", {{"X-A", "a"}, {"X-B", "bc"}}));
  EXPECT_TRUE(counted.passes("192.0.2.2", {{"X-A", "ab"}, {"X-B", "c"}}));
  EXPECT_FALSE(counted.passes("192.0.2.1", {{"X-A", "ab"}, {"X-B", "c"}}));
}

TEST(Keys, TakeRoutesUpstreamsHostsAndTemplates) {
  Counted route("route");
  route.gateway.use("ratelimit").route("{match: {path: \"/a/{id}\"}, test_upstream: {}}");
  EXPECT_TRUE(route.passes("192.0.2.1", {}, "/a/1"));
  EXPECT_FALSE(route.passes("192.0.2.2", {}, "/a/2"));
  EXPECT_TRUE(route.passes("192.0.2.1", {}, "/b"));
  Counted host("host");
  host.gateway.use("ratelimit");
  EXPECT_TRUE(host.passes("192.0.2.1", {{"Host", "a.example"}}));
  EXPECT_FALSE(host.passes("192.0.2.2", {{"Host", "A.example"}}));
  EXPECT_TRUE(host.passes("192.0.2.2", {{"Host", "b.example"}}));
  Counted text("[{value: \"{request.method} {header.x-a}\"}]");
  text.gateway.use("ratelimit");
  EXPECT_TRUE(text.passes("192.0.2.1", {{"X-A", "1"}}));
  EXPECT_FALSE(text.passes("192.0.2.2", {{"X-A", "1"}}));
}

TEST(Keys, TellUsersApart) {
  Counted counted("user");
  counted.gateway.use("test_user: ada").use("ratelimit");
  EXPECT_TRUE(counted.passes("192.0.2.1"));
  EXPECT_FALSE(counted.passes("192.0.2.2"));
}

TEST(Keys, NeedToKnowTheUserBefore) {
  Counted counted("user");
  counted.gateway.use("ratelimit").use("test_user: ada");
  EXPECT_NE(counted.gateway.problems().find("needs the identity of the caller"), std::string::npos)
      << counted.gateway.problems();
  Counted tiers("client", ", tiers: [{role: gold, limit: 2}]");
  tiers.gateway.use("ratelimit");
  EXPECT_NE(tiers.gateway.problems().find("`gold` needs the identity of the caller"),
            std::string::npos)
      << tiers.gateway.problems();
  Counted fine("[client, host]");
  fine.gateway.use("ratelimit");
  EXPECT_EQ(fine.gateway.problems(), "");
}

TEST(Keys, LetTiersHaveOtherLimits) {
  const std::string tiers =
      ", tiers: [{user: ada, limit: 2, per: 1h}, {role: staff, unlimited: true}, "
      "{role: gold, limit: 3, per: 1h}]";
  const auto allowed = [&tiers](std::string_view user) {
    Counted counted("user", tiers);
    counted.gateway.use("test_user: " + std::string(user)).use("ratelimit");
    int count = 0;
    while (count < 10 && counted.passes("192.0.2.1")) ++count;
    return count;
  };
  EXPECT_EQ(allowed("{name: ada, roles: [gold]}"), 2);
  EXPECT_EQ(allowed("{name: bob, roles: [gold]}"), 3);
  EXPECT_EQ(allowed("{name: cyd, roles: [gold, staff]}"), 10);
  EXPECT_EQ(allowed("dan"), 1);
}

TEST(Keys, LeaveAllowedAddressesAlone) {
  Counted counted("client", ", allow: [\"10.0.0.0/8\", \"2001:db8::/32\"]");
  counted.gateway.use("ratelimit");
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(counted.passes("10.1.2.3"));
    EXPECT_TRUE(counted.passes("2001:db8::1"));
  }
  EXPECT_TRUE(counted.passes("192.0.2.1"));
  EXPECT_FALSE(counted.passes("192.0.2.1"));
}

TEST(Keys, MayBeOfAnySizeAndContent) {
  Counted counted("[{query: k}]");
  counted.gateway.use("ratelimit");
  const std::string huge = "/?k=" + std::string(std::size_t{1} << 20U, 'a');
  EXPECT_TRUE(counted.passes("192.0.2.1", {}, huge));
  EXPECT_FALSE(counted.passes("192.0.2.1", {}, huge));
  EXPECT_TRUE(counted.passes("192.0.2.1", {}, huge + "b"));
  EXPECT_TRUE(counted.passes("192.0.2.1", {}, "/?k=a%00b"));
  EXPECT_TRUE(counted.passes("192.0.2.1", {}, "/?k=a%00c"));
  EXPECT_TRUE(counted.passes("192.0.2.1", {}, "/?k=a%0d%0aX-A:b"));
  EXPECT_FALSE(counted.passes("192.0.2.1", {}, "/?k=a%0d%0aX-A:b"));
}

TEST(Keys, StayWithinTheirBoundInAFlood) {
  Counted counted("[{query: k}]", ", max_keys: 100");
  counted.gateway.use("ratelimit");
  for (int i = 0; i < 5000; ++i) {
    EXPECT_TRUE(counted.passes("192.0.2.1", {}, "/?k=" + std::to_string(i)));
  }
  counted.gateway.advance(std::chrono::seconds(10));
  EXPECT_EQ(counted.gateway.gauge("ratelimit_keys"), 100);
  EXPECT_EQ(counted.gateway.counter("ratelimit_evicted_total"), 4900U);
}

}  // namespace
}  // namespace portico::ratelimit
