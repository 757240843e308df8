// SPDX-License-Identifier: Apache-2.0
// What an upstream's failures lead to.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace portico::proxy {

struct EjectionSettings {
  std::uint32_t failures = 5;
  std::vector<std::string> on{"connect", "timeout", "lost"};
  std::chrono::milliseconds first{10'000};
  std::chrono::milliseconds longest{300'000};
  std::uint32_t most = 50;
  std::uint32_t panic = 50;

  static void describe(Schema<EjectionSettings>& s);
};

struct BreakerSettings {
  std::uint32_t errors = 50;
  std::vector<std::string> on{"connect", "timeout", "lost", "5xx"};
  std::chrono::milliseconds slow{0};
  std::chrono::milliseconds window{10'000};
  std::uint32_t requests = 20;
  std::chrono::milliseconds open{5'000};
  std::uint32_t trials = 3;

  static void describe(Schema<BreakerSettings>& s);
};

struct RetrySettings {
  std::uint32_t tries = 2;
  std::vector<std::string> on{"connect"};
  std::uint32_t budget = 20;

  static void describe(Schema<RetrySettings>& s);
};

struct FallbackSettings {
  int status = 503;
  std::string body;
  std::string content_type = "text/plain; charset=utf-8";
  std::map<std::string, std::string> headers;

  static void describe(Schema<FallbackSettings>& s);
};

}  // namespace portico::proxy
