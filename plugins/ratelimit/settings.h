// SPDX-License-Identifier: Apache-2.0
// `plugins.ratelimit`, and what a place of use says of its own.
#pragma once

#include "limits/period.h"
#include <portico/schema.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace portico::ratelimit {

enum class Algorithm : std::uint8_t { Gcra, Fixed, Sliding, Concurrency };
enum class Source : std::uint8_t { Client, User, ApiKey, Route, Upstream, Host };
enum class OnStoreFailure : std::uint8_t { Deny, Allow, Local };
enum class HeaderForm : std::uint8_t { Draft8, Draft7, Draft6, Legacy, None };

/// One limit, as its keys stand in the file. What is absent is decided by `limit_of`.
struct LimitSettings {
  std::optional<std::uint32_t> limit;
  std::optional<std::chrono::seconds> per;
  std::optional<Calendar> calendar;
  std::optional<Algorithm> algorithm;
  std::optional<std::uint32_t> burst;
  std::string name;
};

/// An item of `limits`.
struct ListedLimit : LimitSettings {
  static void describe(Schema<ListedLimit>& s);
};

/// One limit in place, or several in a list.
struct LimitSet : LimitSettings {
  std::vector<ListedLimit> limits;

  /// Whether it says any.
  [[nodiscard]] bool says() const noexcept { return limit || !limits.empty(); }
};

/// A part of what tells one bucket from another.
struct KeyPart {
  std::optional<Source> source{};
  std::string header{};
  std::string cookie{};
  std::string query{};
  Template value{};

  static void describe(Schema<KeyPart>& s);
};

struct Tier : LimitSet {
  std::string role;
  std::string user;
  bool unlimited = false;

  static void describe(Schema<Tier>& s);
};

/// Whose requests are counted together, and against what.
struct Counting : LimitSet {
  std::vector<KeyPart> by{KeyPart{.source = Source::Client}};
  std::uint32_t ipv6_prefix = 64;
  std::string api_key_header = "X-API-Key";
  std::vector<Tier> tiers;
};

struct Group : Counting {
  static void describe(Schema<Group>& s);
};

/// What the plugin and each place of use can say.
struct Shared : Counting {
  std::vector<Cidr> allow;
  bool skip_successful = false;
  bool skip_failed = false;
  OnStoreFailure on_store_failure = OnStoreFailure::Deny;
  HeaderForm headers = HeaderForm::Draft8;
  std::uint16_t status = 429;
  std::string code = "rate_limited";
  std::string message = "Too many requests; try again later.";
};

struct Config : Shared {
  std::map<std::string, Group> groups;
  std::string store = "memory";
  std::string key_prefix = "portico:limit:";
  std::size_t max_keys = 100'000;
  bool show_keys = false;

  static void describe(Schema<Config>& s);
};

struct Use : Shared {
  std::string group;
  std::uint32_t cost = 1;

  static void describe(Schema<Use>& s);
};

}  // namespace portico::ratelimit
