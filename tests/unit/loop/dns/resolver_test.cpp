// SPDX-License-Identifier: Apache-2.0
#include "unit/loop/dns/resolver_fixture.h"

#include <cstdlib>

namespace portico::loop::dns {
namespace {

class Resolving : public ResolverFixture {};

TEST_F(Resolving, JoinsAddressesOfBothVersionsInOrder) {
  const Bytes six{0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  server_.by_datagram = [&six](const Bytes& query) {
    MessageWriter message(query);
    if (asked_for(query).type == 1) message.a(2, 30).a(1, 60).a(2, 30);
    if (asked_for(query).type == 28) message.record(28, 10, six);
    return NameServer::Answers{message.bytes()};
  };
  const Addresses answer = addresses_of("a.test");
  EXPECT_EQ(answer.outcome, Outcome::Found);
  ASSERT_EQ(answer.found.size(), 3U);
  EXPECT_EQ(answer.found[0], four(1));
  EXPECT_EQ(answer.found[1], four(2));
  EXPECT_TRUE(std::ranges::equal(answer.found[2], six));
  EXPECT_EQ(answer.ttl, 10s);
}

TEST_F(Resolving, FindsServices) {
  server_.by_datagram = [](const Bytes& query) {
    return NameServer::Answers{
        MessageWriter(query).service(2, 1, 81, "b.test").service(1, 5, 80, "a.test", 7).bytes()};
  };
  const Services answer = services_of("_http._tcp.x.test");
  EXPECT_EQ(answer.outcome, Outcome::Found);
  EXPECT_EQ(answer.found, (std::vector<Service>{{1, 5, 80, "a.test"}, {2, 1, 81, "b.test"}}));
  EXPECT_EQ(answer.ttl, 7s);
}

TEST_F(Resolving, TellsANameThatIsNotFromOneWithoutAddresses) {
  server_.by_datagram = [](const Bytes& query) {
    MessageWriter message(query);
    if (asked_for(query).name == "gone.test") message.code(3);
    return NameServer::Answers{message.bytes()};
  };
  EXPECT_EQ(addresses_of("gone.test").outcome, Outcome::NoSuchName);
  EXPECT_EQ(addresses_of("bare.test").outcome, Outcome::NoData);
  EXPECT_EQ(services_of("gone.test").outcome, Outcome::NoSuchName);
}

TEST_F(Resolving, KeepsOneVersionWhenTheOtherFails) {
  server_.by_datagram = [](const Bytes& query) {
    MessageWriter message(query);
    if (asked_for(query).type == 1) return NameServer::Answers{message.a(1).bytes()};
    return NameServer::Answers{message.code(2).bytes()};
  };
  EXPECT_EQ(addresses_of("a.test").found, std::vector<Address>{four(1)});
}

TEST_F(Resolving, NeverTakesALostAnswerForAnEmptyOne) {
  options_.patience = 20ms;
  server_.by_datagram = [](const Bytes& query) {
    if (asked_for(query).type == 1) return NameServer::Answers{};
    return NameServer::Answers{MessageWriter(query).bytes()};
  };
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::TimedOut);
}

TEST_F(Resolving, AsksNobodyForWhatIsNoName) {
  EXPECT_EQ(addresses_of("a b").outcome, Outcome::BadName);
  EXPECT_EQ(services_of("127.0.0.1").outcome, Outcome::BadName);
  EXPECT_TRUE(server_.asked.empty());
}

TEST_F(Resolving, AppliesSearchDomainsToNamesThatAreNotComplete) {
  options_.resolv_conf = write("search.conf", "search x.test y.test\noptions ndots:2\n");
  server_.by_datagram = [](const Bytes& query) {
    MessageWriter message(query);
    if (asked_for(query).name != "db.y.test") return NameServer::Answers{message.code(3).bytes()};
    if (asked_for(query).type == 1) message.a(1);
    return NameServer::Answers{message.bytes()};
  };
  EXPECT_EQ(addresses_of("db").outcome, Outcome::Found);
  EXPECT_EQ(server_.asked.front(), "db.x.test");
  server_.asked.clear();
  EXPECT_EQ(addresses_of("db.").outcome, Outcome::NoSuchName);
  EXPECT_EQ(server_.asked, (std::vector<std::string>{"db", "db"}));
}

TEST_F(Resolving, NeverMixesAddressesOfTwoSearchDomains) {
  options_.resolv_conf = write("search.conf", "search x.test y.test\noptions ndots:2\n");
  server_.by_datagram = [](const Bytes& query) {
    MessageWriter message(query);
    const auto [name, type] = asked_for(query);
    if (name == "db.x.test" && type == 1) message.a(1);
    if (name == "db.y.test" && type == 28) message.record(28, 9, Bytes(16, 7));
    return NameServer::Answers{message.bytes()};
  };
  EXPECT_EQ(addresses_of("db").found, std::vector<Address>{four(1)});
}

TEST_F(Resolving, GoesOnPastADomainWhoseServerFails) {
  options_.resolv_conf = write("search.conf", "search x.test\noptions ndots:2\n");
  server_.by_datagram = [](const Bytes& query) {
    MessageWriter message(query);
    if (asked_for(query).name.ends_with(".x.test"))
      return NameServer::Answers{message.code(2).bytes()};
    if (asked_for(query).name == "db" && asked_for(query).type == 1) message.a(1);
    return NameServer::Answers{message.bytes()};
  };
  EXPECT_EQ(addresses_of("db").outcome, Outcome::Found);
  EXPECT_EQ(addresses_of("no").outcome, Outcome::Refused);
}

TEST_F(Resolving, LooksIntoTheHostsFileFirst) {
  ::setenv("CARES_HOSTS", write("hosts", "10.0.0.9 db.test db # us\nfd00::9 db.test\n").c_str(), 1);
  const Addresses answer = addresses_of("DB.test.");
  ::unsetenv("CARES_HOSTS");
  EXPECT_EQ(answer.outcome, Outcome::Found);
  EXPECT_EQ(answer.found.size(), 2U);
  EXPECT_EQ(answer.ttl, 0s);
  EXPECT_TRUE(server_.asked.empty());
}

TEST_F(Resolving, FindsTheMachineItselfWithoutAsking) {
  EXPECT_EQ(addresses_of("localhost").outcome, Outcome::Found);
  EXPECT_TRUE(server_.asked.empty());
}

TEST_F(Resolving, KnowsTheMachinesOwnNameWithoutAFileOfHosts) {
  ::setenv("CARES_HOSTS", write("hosts", "10.0.0.9 db.test\n").c_str(), 1);
  for (const char* name : {"localhost", "LOCALHOST.", "app.localhost"}) {
    const Addresses answer = addresses_of(name);
    EXPECT_EQ(answer.outcome, Outcome::Found) << name;
    EXPECT_EQ(answer.found.size(), 2U) << name;
  }
  ::unsetenv("CARES_HOSTS");
  EXPECT_TRUE(server_.asked.empty());
}

TEST_F(Resolving, FollowsAChangeOfTheSystemsFile) {
  serve_one_address();
  EXPECT_EQ(addresses_of("db").outcome, Outcome::Found);
  write("resolv.conf", "search new.test\noptions ndots:2\n");
  server_.asked.clear();
  EXPECT_EQ(addresses_of("db").outcome, Outcome::Found);
  EXPECT_EQ(server_.asked.front(), "db.new.test");
}

TEST_F(Resolving, TakesNoNonsenseForAServer) {
  options_.servers = {"nonsense"};
  EXPECT_THROW(resolver(), std::invalid_argument);
}

}  // namespace
}  // namespace portico::loop::dns
