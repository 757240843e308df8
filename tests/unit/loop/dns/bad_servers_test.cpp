// SPDX-License-Identifier: Apache-2.0
// Name servers that are silent, broken or hostile.
#include "unit/loop/dns/resolver_fixture.h"

#include <algorithm>

namespace portico::loop::dns {
namespace {

class BadServer : public ResolverFixture {};

TEST_F(BadServer, IsAskedAgainAndGivenUp) {
  options_.patience = 20ms;
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::TimedOut);
  EXPECT_EQ(server_.asked.size(), 4U) << "two types, two tries";
}

TEST_F(BadServer, IsGivenUpAtTheDeadlineWhateverItDoes) {
  options_.patience = 1h;
  std::optional<Addresses> got;
  const Lookup lookup =
      resolver().addresses("a.test", [&got](Addresses answer) { got = std::move(answer); });
  loop_.turn(0s);
  EXPECT_FALSE(got);
  clock_.ahead = options_.deadline + 1s;
  EXPECT_EQ(until(got).outcome, Outcome::TimedOut);
  EXPECT_FALSE(lookup.under_way());
}

TEST_F(BadServer, AnswersLateAndIsNotHeard) {
  options_.patience = 1h;
  Bytes query;
  server_.by_datagram = [this, &query](const Bytes& asked) {
    query = asked;
    clock_.ahead = 1h;
    return NameServer::Answers{};
  };
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::TimedOut);
  serve_one_address();
  EXPECT_EQ(addresses_of("b.test").outcome, Outcome::Found);
}

TEST_F(BadServer, RefusesOrFails) {
  for (const unsigned code : {1U, 2U, 4U, 5U}) {
    server_.by_datagram = [code](const Bytes& query) {
      return NameServer::Answers{
          MessageWriter(query).code(static_cast<std::uint8_t>(code)).bytes()};
    };
    EXPECT_EQ(addresses_of("a.test").outcome, Outcome::Refused) << code;
  }
}

TEST_F(BadServer, IsNotThere) {
  {
    const NameServer gone(loop_);
    options_.servers = {gone.address()};
  }
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::Refused);
}

TEST_F(BadServer, IsNotThereButTheNextIs) {
  {
    const NameServer gone(loop_);
    options_.servers = {gone.address(), server_.address()};
  }
  serve_one_address();
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::Found);
}

TEST_F(BadServer, SendsGarbageBeforeTheAnswer) {
  server_.by_datagram = [](const Bytes& query) {
    const Bytes answer = MessageWriter(query).a(1).bytes();
    return NameServer::Answers{
        {1, 2, 3}, Bytes(2000, 0xff), {answer.begin(), answer.begin() + 11}, answer};
  };
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::Found);
}

TEST_F(BadServer, SendsAnEmptyDatagram) {
  server_.by_datagram = [](const Bytes& query) {
    return NameServer::Answers{{}, MessageWriter(query).a(1).bytes()};
  };
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::Found);
}

TEST_F(BadServer, GuessesTheIdOrTheQuestion) {
  options_.patience = 20ms;
  server_.by_datagram = [](const Bytes& query) {
    const auto id = static_cast<std::uint16_t>((query[0] << 8 | query[1]) ^ 1);
    const Bytes other = written_query("other.test", 1);
    MessageWriter forged(other);
    forged.id(static_cast<std::uint16_t>(query[0] << 8 | query[1])).a(66);
    return NameServer::Answers{MessageWriter(query).id(id).a(66).bytes(), forged.bytes()};
  };
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::TimedOut);
}

TEST_F(BadServer, SendsWhatCannotBeRead) {
  server_.by_datagram = [](const Bytes& query) {
    Bytes answer = MessageWriter(query).a(1).bytes();
    answer.pop_back();
    return NameServer::Answers{answer};
  };
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::Malformed);
  EXPECT_EQ(services_of("a.test").outcome, Outcome::Malformed);
}

TEST_F(BadServer, TruncatesAndIsAskedByStream) {
  server_.by_datagram = [](const Bytes& query) {
    return NameServer::Answers{MessageWriter(query).truncated().bytes()};
  };
  server_.by_stream = [](const Bytes& query) {
    MessageWriter message(query);
    for (int i = 0; i < 400; ++i)
      message.service(1, 1, static_cast<std::uint16_t>(i + 1), "a.test");
    return NameServer::Answers{message.bytes()};
  };
  const Services answer = services_of("many.test");
  EXPECT_EQ(answer.outcome, Outcome::Found);
  EXPECT_EQ(answer.found.size(), MostRecords);
}

TEST_F(BadServer, TruncatesAndClosesTheStream) {
  server_.by_datagram = [](const Bytes& query) {
    return NameServer::Answers{MessageWriter(query).truncated().bytes()};
  };
  EXPECT_EQ(services_of("many.test").outcome, Outcome::Refused);
}

TEST_F(BadServer, DoesNotKnowTheExtension) {
  server_.by_datagram = [](const Bytes& query) {
    const bool extended = query[11] != 0;
    MessageWriter message(query);
    if (extended) return NameServer::Answers{message.code(1).bytes()};
    return NameServer::Answers{message.a(1).bytes()};
  };
  EXPECT_EQ(addresses_of("a.test").outcome, Outcome::Found);
}

}  // namespace
}  // namespace portico::loop::dns
