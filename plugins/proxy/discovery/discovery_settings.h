// SPDX-License-Identifier: Apache-2.0
// Where the targets of an upstream are found, when the file does not list them.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace portico::proxy {

struct DiscoverySettings {
  enum class Kind : std::uint8_t { Address, Service };

  std::string dns{};
  Kind record = Kind::Address;
  std::uint16_t port = 0;
  std::string file{};
  std::string scheme = "http";
  std::chrono::milliseconds least{5'000};
  std::chrono::milliseconds longest{300'000};

  static void describe(Schema<DiscoverySettings>& s);
};

}  // namespace portico::proxy
