// SPDX-License-Identifier: Apache-2.0
// Accounts behind the real chain, in process, with a database that is given; and what an operation
// of them takes, by the clock on the wall, for most of it is waiting for the disk.
#pragma once

#include "auth.h"
#include <portico/testing.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace portico::bench {

inline constexpr std::string_view Password = "correct horse battery";
/// Settings of the plugin's: the least that a hash may cost.
inline constexpr std::string_view CheapHashes = "password: {argon2: {memory: 7MiB, passes: 1}}, ";

[[nodiscard]] inline std::string member(const std::string& json, const std::string& name) {
  const std::size_t at = json.find('"' + name + "\":\"") + name.size() + 4;
  return json.substr(at, json.find('"', at) - at);
}

/// A login that is refreshed.
struct Login {
  std::string session;
  std::string token;
};

class Site {
 public:
  /// `settings` are members of the plugin's, each with a comma behind it.
  Site(std::string_view url, std::string_view settings) {
    gateway_.sql("main", url);
    gateway_.load<auth::AuthPlugin>(
        "{database: main, issuer: \"https://api.example.com\", verification: none, " +
        std::string(settings) +
        "throttle: {sign_ups_per_address: 100000, sign_ups_in_all: 10000000}}");
    gateway_.start();
  }

  void sign_up(const std::string& email) {
    require(post("/auth/signup", credentials(email)), Status::Created);
  }
  [[nodiscard]] Login log_in(const std::string& email) {
    const auto reply = require(post("/auth/login", credentials(email)), Status::Ok);
    return {.session = member(reply.body, "session_id"),
            .token = member(reply.body, "refresh_token")};
  }
  void refresh(Login& login) {
    const std::string body = R"({"refresh_token":")" + login.token + "\"}";
    const auto reply = require(post("/auth/refresh", body), Status::Ok);
    login.token = member(reply.body, "refresh_token");
  }

 private:
  static std::string credentials(const std::string& email) {
    return R"({"email":")" + email + R"(","password":")" + std::string(Password) + "\"}";
  }
  static testing::Reply require(testing::Reply reply, Status status) {
    if (reply.status != status) throw std::runtime_error(reply.body);
    return reply;
  }
  testing::Reply post(std::string_view path, const std::string& body) {
    return gateway_.request("POST", path, {{"Content-Type", "application/json"}}, body);
  }

  testing::Gateway gateway_;
};

[[nodiscard]] inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// Of that many operations, one after the other: how many go into a second, and the median of what
/// each takes, in microseconds.
struct Pace {
  double per_second;
  double median;
};
template <class Work>
[[nodiscard]] Pace pace_of(std::size_t times, Work work) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> taken;
  taken.reserve(times);
  const auto begin = Clock::now();
  auto last = begin;
  for (std::size_t i = 0; i < times; ++i) {
    work(i);
    const auto now = Clock::now();
    taken.push_back(std::chrono::duration<double, std::micro>(now - last).count());
    last = now;
  }
  const double seconds = std::chrono::duration<double>(last - begin).count();
  return {static_cast<double>(times) / seconds, median(taken)};
}

}  // namespace portico::bench
