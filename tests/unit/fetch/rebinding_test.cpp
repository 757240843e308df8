// SPDX-License-Identifier: Apache-2.0
// Names that lead to another place each time they are asked for.
#include "fetch/errands.h"
#include "services/log/capture.h"
#include "unit/loop/dns/message_writer.h"
#include "unit/loop/dns/name_server.h"
#include "unit/server/origin.h"

#include <algorithm>
#include <cstdint>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::fetch {
namespace {

using loop::dns::asked_for;
using loop::dns::Bytes;
using loop::dns::MessageWriter;
using loop::dns::NameServer;
using namespace std::chrono_literals;

constexpr std::uint16_t A = 1;
/// Public, and nobody answers there: AS112 throws away what comes.
const Bytes Outside{192, 175, 48, 255};
const Bytes Inside{127, 0, 0, 1};

class RebindingTest : public testing::Test {
 protected:
  /// `answers` are given in turn, each to one question for addresses of version 4.
  Fetched fetch(const std::vector<std::vector<Bytes>>& answers) {
    loop::Loop loop(base::system_clock());
    NameServer server(loop);
    server.by_datagram = [this, &answers](const Bytes& query) {
      MessageWriter message(query);
      if (asked_for(query).type != A) return NameServer::Answers{message.bytes()};
      const std::size_t turn = std::min(asked_++, answers.size() - 1);
      for (const Bytes& address : answers[turn]) message.record(A, 0, address);
      return NameServer::Answers{message.bytes()};
    };
    std::jthread serving([&loop] { loop.run(); });
    std::promise<Fetched> told;
    Fetched fetched;
    {
      Errands errands(base::system_clock(), log_, {.servers = {server.address()}});
      const std::string port = origin_.address().substr(origin_.address().rfind(':'));
      errands.fetch(this, {.url = "http://rebound.example" + port + "/", .timeout = 200ms},
                    [&told](const Fetched& answer) { told.set_value(answer); });
      fetched = told.get_future().get();
    }
    loop.stop();
    serving.join();
    EXPECT_FALSE(origin_.waits(0));
    return fetched;
  }

  services::CapturingSink log_;
  server::Origin origin_;
  std::size_t asked_ = 0;
};

TEST_F(RebindingTest, LeadsToNoAddressThatWasNotLookedAt) {
  const Fetched fetched = fetch({{Outside}, {Inside}});
  EXPECT_NE(fetched.error, "");
  EXPECT_EQ(asked_, 1U);
}

TEST_F(RebindingTest, LeadsNowhereWhenOneOfTheAddressesIsInside) {
  EXPECT_EQ(fetch({{Outside, Inside}}).error, "its host has an address that is not public");
  EXPECT_EQ(asked_, 1U);
}

}  // namespace
}  // namespace portico::fetch
