// SPDX-License-Identifier: Apache-2.0
// One upstream of the file.
#pragma once

#include "balance/balance_settings.h"
#include "discovery/discovery_settings.h"
#include "health/check_settings.h"
#include "health/health_settings.h"
#include "upstream/target_url.h"
#include <portico/schema.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::proxy {

struct TargetSettings {
  std::string url;
  std::uint32_t weight = 1;
  std::uint32_t priority = 0;
  std::string name{};

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

struct TlsSettings {
  std::string ca;
  std::string certificate;
  std::string key;
  std::string server_name;

  static void describe(Schema<TlsSettings>& s);
};

struct UpstreamSettings {
  std::vector<TargetSettings> targets;
  std::optional<DiscoverySettings> discover;
  std::optional<CheckSettings> health;
  TlsSettings tls;
  BalanceSettings balance;
  std::optional<StickySettings> sticky;
  TimeoutSettings timeouts;
  RetrySettings retries;
  EjectionSettings ejection;
  std::optional<BreakerSettings> breaker;
  std::chrono::milliseconds slow_start{0};
  std::optional<FallbackSettings> fallback;
  std::uint32_t connections = 0;
  std::uint32_t queue = 0;
  std::chrono::milliseconds queue_timeout{1'000};
  std::uint32_t idle_connections = 64;
  std::chrono::milliseconds idle_timeout{60'000};

  static void describe(Schema<UpstreamSettings>& s);
};

/// What its servers speak.
[[nodiscard]] Scheme scheme_of(const UpstreamSettings& upstream);

}  // namespace portico::proxy
