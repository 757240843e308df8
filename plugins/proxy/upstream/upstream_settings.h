// SPDX-License-Identifier: Apache-2.0
// One upstream of the file.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace portico::proxy {

struct TargetSettings {
  std::string url;

  static void describe(Schema<TargetSettings>& s);
};

struct TimeoutSettings {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds first_byte{60'000};
  std::chrono::milliseconds between_bytes{60'000};
  std::chrono::milliseconds each_try{0};
  std::chrono::milliseconds total{0};
  std::chrono::milliseconds tunnel{3'600'000};

  static void describe(Schema<TimeoutSettings>& s);
};

struct UpstreamSettings {
  std::vector<TargetSettings> targets;
  TimeoutSettings timeouts;
  std::uint32_t idle_connections = 64;
  std::chrono::milliseconds idle_timeout{60'000};

  static void describe(Schema<UpstreamSettings>& s);
};

}  // namespace portico::proxy
