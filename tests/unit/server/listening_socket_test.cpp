// SPDX-License-Identifier: Apache-2.0
// Who may listen where, and what becomes of those who come when there is no descriptor for them.
#include "server/listening_socket.h"

#include "unit/allocations.h"
#include "unit/server/harness.h"

#include <optional>
#include <string>
#include <system_error>

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace portico::server {
namespace {

[[nodiscard]] config::ListenAddress loopback(std::uint16_t port) {
  config::ListenAddress where;
  where.host = "127.0.0.1";
  where.port = port;
  return where;
}

/// The error's text, or nothing when it was to be had.
[[nodiscard]] std::optional<std::string> refusal(const config::ListenAddress& where) {
  try {
    const AddressLock lock(where);
    return std::nullopt;
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), EADDRINUSE);
    return error.what();
  }
}

/// The same for each process of this machine, so the numbers are this one's.
[[nodiscard]] std::uint16_t own_port() {
  return static_cast<std::uint16_t>(1 + ::getpid() % 60'000);
}

TEST(AddressLock, IsHeldByOneAtATime) {
  const config::ListenAddress here = loopback(own_port());
  std::optional<AddressLock> first(std::in_place, here);
  const auto said = refusal(here);
  ASSERT_TRUE(said);
  EXPECT_TRUE(has(*said, here.text() + ": another Portico is starting or listens here")) << *said;
  first.reset();
  EXPECT_FALSE(refusal(here));
}

TEST(AddressLock, KeepsNobodyFromOtherAddresses) {
  const AddressLock first(loopback(own_port()));
  EXPECT_FALSE(refusal(loopback(static_cast<std::uint16_t>(own_port() + 1))));
  config::ListenAddress v6 = loopback(own_port());
  v6.family = config::ListenAddress::Family::V6;
  v6.host = "::1";
  EXPECT_FALSE(refusal(v6));
}

/// Nobody in this process gets another descriptor as long as this lives.
class NoDescriptors {
 public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int lowest_free = ::dup(0);
    ::close(lowest_free);
    const rlimit none{static_cast<rlim_t>(lowest_free), before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;
  ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

using Accepting = ServerTest;

TEST_F(Accepting, PausesWhileThereAreNoDescriptors) {
#ifdef PORTICO_TEST_SANITIZED
  GTEST_SKIP() << "the sanitizer needs a descriptor to look at an object";
#endif
  start();
  // One that is open already when there are no more.
  const int early = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  address.sin_port = ::htons(server_->port(0));
  {
    const NoDescriptors none;
    ASSERT_EQ(::connect(early, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_TRUE(eventually([this] { return log_.saw("accepts no connections for the moment"); }));
    EXPECT_EQ(server_->connections(), 0U);
  }
  // Who waited is served, and who comes later.
  EXPECT_TRUE(eventually([this] { return server_->connections() == 1; }));
  EXPECT_EQ(status_of(ask(get("/ok"))), 200);
  EXPECT_EQ(log_.records().size(), 1U);  // It was told once.
  ::close(early);
}

}  // namespace
}  // namespace portico::server
