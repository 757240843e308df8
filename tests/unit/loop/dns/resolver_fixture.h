// SPDX-License-Identifier: Apache-2.0
// A resolver and the name server of its test, on one loop.
#pragma once

#include "base/clock.h"
#include "loop/dns/resolver.h"
#include "loop/loop.h"
#include "unit/loop/dns/name_server.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <unistd.h>

namespace portico::loop::dns {

using namespace std::chrono_literals;

[[nodiscard]] inline Address four(std::uint8_t last) {
  return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, last};
}

/// The machine's clock, and as much later as a test wants.
class MovedClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override {
    return base::system_clock().now() + ahead;
  }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override {
    return base::system_clock().unix_time();
  }
  std::chrono::nanoseconds ahead{0};
};

class ResolverFixture : public ::testing::Test {
 protected:
  ResolverFixture()
      : folder_(std::filesystem::path(::testing::TempDir()) /
                ("dns." + std::to_string(::getpid()) + "." +
                 ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(folder_);
    options_.servers = {server_.address()};
    options_.resolv_conf = write("resolv.conf", "options ndots:1\nsearch .\n");
    options_.patience = 2s;
  }
  ~ResolverFixture() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }

  /// Answers each query for an address by one, other queries by nothing.
  void serve_one_address() {
    server_.by_datagram = [](const Bytes& query) {
      MessageWriter message(query);
      if (asked_for(query).type == 1) message.a(1);
      return NameServer::Answers{message.bytes()};
    };
  }

  Resolver& resolver() {
    if (!resolver_) resolver_.emplace(loop_, options_);
    return *resolver_;
  }
  template <class T>
  Answer<T> until(const std::optional<Answer<T>>& answer) {
    const auto end = base::system_clock().now() + 10s;
    while (!answer && base::system_clock().now() < end) loop_.turn(100ms);
    return answer.value_or(Answer<T>{.outcome = Outcome::TimedOut, .ttl = -1s, .found = {}});
  }
  Addresses addresses_of(std::string_view name) {
    std::optional<Addresses> got;
    const Lookup lookup =
        resolver().addresses(name, [&got](Addresses answer) { got = std::move(answer); });
    return until(got);
  }
  Services services_of(std::string_view name) {
    std::optional<Services> got;
    const Lookup lookup =
        resolver().services(name, [&got](Services answer) { got = std::move(answer); });
    return until(got);
  }

  MovedClock clock_;
  Loop loop_{clock_};
  NameServer server_{loop_};
  std::filesystem::path folder_;
  Options options_;
  std::optional<Resolver> resolver_;
};

}  // namespace portico::loop::dns
