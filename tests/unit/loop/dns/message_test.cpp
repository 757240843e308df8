// SPDX-License-Identifier: Apache-2.0
#include "loop/dns/message.h"

#include "unit/loop/dns/message_writer.h"

#include <gtest/gtest.h>

namespace portico::loop::dns {
namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t A = 1;
constexpr std::uint16_t Alias = 5;
constexpr std::uint16_t Aaaa = 28;
constexpr std::uint16_t Srv = 33;

Address four(std::uint8_t last) {
  return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, last};
}

const Bytes AskedA = written_query("a.test", A);
const Bytes AskedSrv = written_query("_http._tcp.a.test", Srv);

TEST(DnsMessage, ReadsAddressesWithTheSmallestTtl) {
  const auto answer =
      read_addresses(MessageWriter(AskedA).a(1, 60).a(2, 20).a(3, 40).bytes(), RecordType::A);
  EXPECT_EQ(answer.outcome, Outcome::Found);
  EXPECT_EQ(answer.found, (std::vector<Address>{four(1), four(2), four(3)}));
  EXPECT_EQ(answer.ttl, 20s);
}

TEST(DnsMessage, ReadsAddressesOfVersionSix) {
  const Bytes bytes{0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  const Bytes message = MessageWriter(written_query("a.test", Aaaa)).record(Aaaa, 5, bytes).bytes();
  const auto answer = read_addresses(message, RecordType::Aaaa);
  ASSERT_EQ(answer.found.size(), 1U);
  EXPECT_TRUE(std::ranges::equal(answer.found[0], bytes));
}

TEST(DnsMessage, FollowsAliasesAndTheirTtl) {
  const auto answer = read_addresses(
      MessageWriter(AskedA).record(Alias, 5, written_name("B.test")).a(1, 60, "b.TEST").bytes(),
      RecordType::A);
  EXPECT_EQ(answer.found, std::vector<Address>{four(1)});
  EXPECT_EQ(answer.ttl, 5s);
}

TEST(DnsMessage, IgnoresWhatBelongsToAnotherName) {
  const auto answer = read_addresses(
      MessageWriter(AskedA).a(1, 60, "bank.test").record(16, 60, {1, 'x'}).bytes(), RecordType::A);
  EXPECT_EQ(answer.outcome, Outcome::NoData);
  EXPECT_TRUE(answer.found.empty());
}

TEST(DnsMessage, TakesATtlWithTheHighestBitForZero) {
  EXPECT_EQ(read_addresses(MessageWriter(AskedA).a(1, 0x80000001).bytes(), RecordType::A).ttl, 0s);
}

TEST(DnsMessage, ReadsServices) {
  const auto answer = read_services(MessageWriter(AskedSrv)
                                        .service(10, 60, 8080, "One.test", 90)
                                        .service(20, 0, 8081, "two.test", 30)
                                        .bytes());
  EXPECT_EQ(answer.outcome, Outcome::Found);
  EXPECT_EQ(answer.found, (std::vector<Service>{{10, 60, 8080, "one.test"},  //
                                                {20, 0, 8081, "two.test"}}));
  EXPECT_EQ(answer.ttl, 30s);
}

TEST(DnsMessage, KnowsThatAServiceIsNotOffered) {
  EXPECT_EQ(read_services(MessageWriter(AskedSrv).service(0, 0, 0, "").bytes()).outcome,
            Outcome::NoData);
}

TEST(DnsMessage, RefusesATargetThatNoHostIsCalled) {
  const Bytes message = MessageWriter(AskedSrv).service(0, 0, 80, "a b.test").bytes();
  EXPECT_EQ(read_services(message).outcome, Outcome::Malformed);
}

TEST(DnsMessage, RefusesAnAnswerThatIsCutOffAnywhere) {
  const Bytes whole = MessageWriter(AskedSrv).service(1, 2, 3, "one.test").bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(read_services(part).outcome, Outcome::Malformed) << size;
  }
}

TEST(DnsMessage, RefusesAddressesOfAnotherSize) {
  const Bytes message = MessageWriter(AskedA).record(A, 60, {10, 0, 0}).bytes();
  EXPECT_EQ(read_addresses(message, RecordType::A).outcome, Outcome::Malformed);
}

TEST(DnsMessage, RefusesANameThatRefersToItself) {
  Bytes message = MessageWriter(AskedA).record(Alias, 60, {0xc0, 0}).bytes();
  message.back() = static_cast<std::uint8_t>(message.size() - 2);
  EXPECT_EQ(read_addresses(message, RecordType::A).outcome, Outcome::Malformed);
}

TEST(DnsMessage, LeavesOutWhatIsTooMuch) {
  MessageWriter message(AskedA);
  for (int i = 0; i < 300; ++i) message.a(static_cast<std::uint8_t>(i));
  EXPECT_EQ(read_addresses(message.bytes(), RecordType::A).found.size(), MostRecords);
}

}  // namespace
}  // namespace portico::loop::dns
