// SPDX-License-Identifier: Apache-2.0
#include "smtp/addresses.h"

#include "smtp/connection_fault.h"
#include "smtp/dialing.h"
#include "smtp/sending.h"

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <thread>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace portico::notify::test {
namespace {

using namespace smtp;
using namespace std::chrono_literals;

SocketAddress address(const std::string& text, std::uint16_t port = 25) {
  return resolve_by_system(text, port).front();
}

TEST(SocketAddress, KnowsThisMachine) {
  for (const char* here : {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(address(here).is_loopback()) << here;
  }
  for (const char* away :
       {"128.0.0.1", "10.0.0.1", "0.0.0.0", "::", "2001:db8::1", "::ffff:10.0.0.1"}) {
    EXPECT_FALSE(address(away).is_loopback()) << away;
  }
  EXPECT_FALSE(SocketAddress{}.is_loopback());
}

TEST(SocketAddress, WritesItself) {
  EXPECT_EQ(address("192.0.2.7").text(), "192.0.2.7");
  EXPECT_EQ(address("2001:DB8:0::7").text(), "2001:db8::7");
}

TEST(AddressLookup, DoesNotWaitForASlowResolver) {
  // The resolver's thread outlives the lookup, and the test.
  const auto release = std::make_shared<std::latch>(1);
  const Interrupt interrupt;
  {
    AddressLookup lookup("mail.example", 25, [release](const auto&, auto) {
      release->wait();
      return std::vector{address("127.0.0.1")};
    });
    EXPECT_THROW(static_cast<void>(lookup.find(Deadline::after(50ms), interrupt)), ConnectionFault);
  }
  release->count_down();
}

TEST(AddressLookup, AsksOnceForAllWhoWait) {
  std::atomic<int> asked = 0;
  std::promise<void> again;
  std::latch release(1);
  const Interrupt interrupt;
  AddressLookup lookup("mail.example", 25, [&](const auto&, auto) {
    if (++asked == 2) again.set_value();
    release.wait();
    return std::vector{address("127.0.0.1")};
  });
  std::atomic<int> found = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        try {
          static_cast<void>(lookup.find(Deadline::after(100ms), interrupt));
        } catch (const ConnectionFault&) {
          found += static_cast<int>(lookup.find(Deadline::after(20s), interrupt).size());
        }
      });
    }
    EXPECT_EQ(again.get_future().wait_for(300ms), std::future_status::timeout);
    EXPECT_EQ(asked, 1);
    release.count_down();
  }
  EXPECT_EQ(found, 4);
  // Nothing is remembered: addresses change.
  static_cast<void>(lookup.find(Deadline::after(20s), interrupt));
  EXPECT_EQ(asked, 2);
}

TEST(AddressLookup, TellsWhatTheResolverSays) {
  const Interrupt interrupt;
  AddressLookup failing("mail.example", 25, [](const auto&, auto) -> std::vector<SocketAddress> {
    throw ConnectionFault("no such host");
  });
  AddressLookup empty("mail.example", 25,
                      [](const auto&, auto) { return std::vector<SocketAddress>(); });
  const auto deadline = Deadline::after(20s);
  EXPECT_THROW(static_cast<void>(failing.find(deadline, interrupt)), ConnectionFault);
  EXPECT_THROW(static_cast<void>(empty.find(deadline, interrupt)), ConnectionFault);
}

/// Accepts nothing: its backlog is full, so the network drops what comes.
class DeafPort {
 public:
  DeafPort() : listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_storage storage = address("127.0.0.1", 0).storage;
    void* const bytes = &storage;
    auto* const name = static_cast<sockaddr*>(bytes);
    socklen_t size = sizeof storage;
    EXPECT_EQ(::bind(listening_.number(), name, sizeof(sockaddr_in)), 0);
    ::listen(listening_.number(), 0);
    ::getsockname(listening_.number(), name, &size);
    for (int i = 0; i < 4; ++i) {
      callers_.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
      ::connect(callers_.back().number(), name, size);
    }
    self_.storage = storage;
    self_.size = size;
  }

  [[nodiscard]] const SocketAddress& self() const noexcept { return self_; }

 private:
  Descriptor listening_;
  std::vector<Descriptor> callers_;
  SocketAddress self_;
};

TEST(Dialing, TriesEachAddress) {
  FakeServer server({well_mannered(Manners())});
  std::uint16_t closed = 0;
  {
    const FakeServer gone({well_mannered(Manners())});
    closed = gone.port();
  }
  const DeafPort deaf;
  SmtpPool::Options options;
  options.resolve = [&](const auto&, auto) {
    return std::vector{address("127.0.0.1", closed), deaf.self(),
                       address("127.0.0.1", server.port())};
  };
  SmtpServer settings = at(server);
  settings.host = "mail.example";
  settings.connect_timeout = 3s;
  SmtpPool pool(settings, 1, options);
  const auto began = Deadline::Clock::now();
  const SmtpOutcome outcome = send_one(pool);
  EXPECT_EQ(outcome.kind, Kind::Sent) << outcome.said;
  // The silent one has not had all of the time.
  EXPECT_LT(Deadline::Clock::now() - began, 3s);
}

TEST(Dialing, DoesNotWaitForAPortThatIsDeaf) {
  const DeafPort deaf;
  const Interrupt interrupt;
  const auto began = Deadline::Clock::now();
  EXPECT_THROW(static_cast<void>(dial({deaf.self()}, Deadline::after(100ms), interrupt)),
               ConnectionFault);
  EXPECT_LT(Deadline::Clock::now() - began, 10s);
}

TEST(SmtpPool, SaysThatAHostHasNoAddress) {
  SmtpPool pool({.host = "mail.invalid"}, 1,
                {.resolve = [](const auto&, auto) -> std::vector<SocketAddress> {
                  throw ConnectionFault("The mail server's host mail.invalid has no address.");
                }});
  const SmtpOutcome outcome = send_one(pool);
  EXPECT_EQ(outcome.kind, Kind::Unreachable);
  EXPECT_EQ(outcome.step, Step::Connection);
  EXPECT_EQ(outcome.said, "The mail server's host mail.invalid has no address.");
}

}  // namespace
}  // namespace portico::notify::test
