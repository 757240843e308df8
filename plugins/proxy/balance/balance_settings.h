// SPDX-License-Identifier: Apache-2.0
// How an upstream's requests are shared out.
#pragma once

#include <portico/cookie.h>
#include <portico/schema.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace portico::proxy {

enum class Method : std::uint8_t { RoundRobin, LeastConnections, Random, Hash };

struct BalanceSettings {
  Method method = Method::RoundRobin;
  std::optional<Template> key;

  static void describe(Schema<BalanceSettings>& s);
};

struct StickySettings {
  std::string cookie;
  std::optional<std::chrono::seconds> max_age;
  std::string path = "/";
  SameSite same_site = SameSite::Lax;
  bool secure = true;

  static void describe(Schema<StickySettings>& s);
};

}  // namespace portico::proxy
