// SPDX-License-Identifier: Apache-2.0
// Callers that go away, at every moment.
#include "unit/loop/dns/resolver_fixture.h"

#include <memory>

namespace portico::loop::dns {
namespace {

class Looking : public ResolverFixture {
 protected:
  Lookup look(std::string_view name) {
    return resolver().addresses(name, [this](const Addresses&) { ++told_; });
  }
  /// And a while longer.
  void turn_until_told(int times) {
    const auto end = base::system_clock().now() + 10s;
    while (told_ < times && base::system_clock().now() < end) loop_.turn(100ms);
    turn_for_a_while();
  }
  void turn_for_a_while() {
    const auto end = base::system_clock().now() + 30ms;
    while (base::system_clock().now() < end) loop_.turn(1ms);
  }
  int told_ = 0;
};

TEST_F(Looking, IsToldOnceAndNeverWithinTheCall) {
  const Lookup bad = look("a b");
  const Lookup known = look("localhost");
  EXPECT_EQ(told_, 0);
  EXPECT_TRUE(bad.under_way());
  turn_until_told(2);
  EXPECT_EQ(told_, 2);
  EXPECT_FALSE(bad.under_way());
}

TEST_F(Looking, EndsWithItsHolder) {
  serve_one_address();
  { const Lookup lookup = look("a.test"); }
  { const Lookup known = look("localhost"); }
  turn_for_a_while();
  EXPECT_EQ(told_, 0);
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::Found);
}

TEST_F(Looking, EndsBetweenTheTwoAnswers) {
  std::optional<Lookup> lookup;
  server_.by_datagram = [&lookup](const Bytes& query) {
    lookup.reset();
    return NameServer::Answers{MessageWriter(query).bytes()};
  };
  lookup.emplace(look("a.test"));
  while (server_.asked.size() < 2) loop_.turn(100ms);
  turn_for_a_while();
  EXPECT_EQ(told_, 0);
  EXPECT_EQ(server_.asked.size(), 2U);
}

TEST_F(Looking, BelongsToWhomItWasHandedTo) {
  serve_one_address();
  Lookup first = look("a.test");
  Lookup second = std::move(first);
  Lookup third;
  third = std::move(second);
  first.cancel();
  turn_until_told(1);
  EXPECT_EQ(told_, 1);
  EXPECT_FALSE(third.under_way());
}

TEST_F(Looking, MayCancelOthersAndLookAgainWhenTold) {
  server_.by_datagram = [](const Bytes& query) {
    if (asked_for(query).name == "b.test") return NameServer::Answers{};
    return NameServer::Answers{MessageWriter(query).bytes()};
  };
  auto other = std::make_unique<Lookup>(look("b.test"));
  std::optional<Addresses> got;
  Lookup again;
  const Lookup lookup = resolver().addresses("localhost", [&](const Addresses&) {
    other.reset();
    again = resolver().addresses("c.test", [&got](Addresses answer) { got = std::move(answer); });
  });
  EXPECT_EQ(until(got).outcome, Outcome::NoData);
  EXPECT_EQ(told_, 0);
}

TEST_F(Looking, MayDestroyItsOwnHolderWhenTold) {
  std::unique_ptr<Lookup> lookup;
  lookup = std::make_unique<Lookup>(resolver().addresses("localhost", [&](const Addresses&) {
    lookup.reset();
    ++told_;
  }));
  turn_until_told(1);
  EXPECT_EQ(told_, 1);
}

TEST_F(Looking, OutlivesTheResolver) {
  const Lookup asked = look("a.test");
  loop_.turn(0s);
  const Lookup known = look("localhost");
  resolver_.reset();
  EXPECT_FALSE(asked.under_way());
  EXPECT_FALSE(known.under_way());
  turn_for_a_while();
  EXPECT_EQ(told_, 0);
}

TEST_F(Looking, IsOneOfMany) {
  serve_one_address();
  std::vector<Lookup> lookups;
  for (int i = 0; i < 300; ++i) lookups.push_back(look("n" + std::to_string(i) + ".test"));
  turn_until_told(300);
  EXPECT_EQ(told_, 300);
}

}  // namespace
}  // namespace portico::loop::dns
