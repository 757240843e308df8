// SPDX-License-Identifier: Apache-2.0
// How the targets of an upstream are asked whether they are well.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace portico::proxy {

struct CheckSettings {
  std::string path{};  ///< None: a connection is enough.
  std::string method = "GET";
  std::string host{};
  std::vector<std::string> status{"2xx", "3xx"};
  std::string body{};
  std::chrono::milliseconds every{5'000};
  std::chrono::milliseconds timeout{2'000};
  std::uint32_t down = 3;
  std::uint32_t up = 2;

  static void describe(Schema<CheckSettings>& s);
};

}  // namespace portico::proxy
