// SPDX-License-Identifier: Apache-2.0
// What the keys of one limit come to, with what they leave out filled in.
#pragma once

#include "limits/limit.h"
#include "settings.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace portico::ratelimit {

/// At one place.
inline constexpr std::size_t MostLimits = 8;

struct SettledLimit {
  Limit limit;
  std::string name;      ///< "100-in-1m"
  std::string identity;  ///< The same for limits whose buckets mean the same.
  std::uint32_t quota;
  std::uint32_t units_at_once;  ///< The most that one request can take.
  std::int64_t window;          ///< Seconds; 0: none.
};

/// Requires settings that the rules of `ListedLimit` accept.
[[nodiscard]] SettledLimit settle(const LimitSettings& settings);
/// Those of a set, whichever way they are written.
[[nodiscard]] std::vector<SettledLimit> settle_all(const LimitSet& set);

// For the rules of settings.
[[nodiscard]] bool names_differ(const LimitSet& set);
[[nodiscard]] bool refills_in_time(const LimitSettings& settings);

}  // namespace portico::ratelimit
