// SPDX-License-Identifier: Apache-2.0
// Where a Redis is, who we are there, and how long we wait.
#pragma once

#include "config/settings.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace portico::redis {

struct Options {
  std::string host;  ///< A name or an address; empty for a socket's path.
  std::uint16_t port = 0;
  std::string path;  ///< Of a unix socket.
  bool tls = false;
  std::string ca;
  std::string certificate;
  std::string key;
  std::string user;
  std::string password;
  std::uint32_t database = 0;
  std::chrono::milliseconds timeout{50};
  std::chrono::milliseconds connect_timeout{1'000};
  std::size_t most_waiting = 4096;  ///< Commands of one loop.
  bool required = false;
  std::vector<std::string> name_servers;  ///< None: as the system resolves.

  friend bool operator==(const Options&, const Options&) = default;
};

[[nodiscard]] Options options_of(const config::RedisStore& settings,
                                 const std::vector<std::string>& name_servers);

}  // namespace portico::redis
