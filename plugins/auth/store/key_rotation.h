// SPDX-License-Identifier: Apache-2.0
// When keys that sign access tokens come and go. A key is published before it signs, so that
// everybody has fetched it by then, and it verifies for as long as a token that it signed may live.
// Pure: rows and the time go in, what is to be done comes out.
#pragma once

#include "shared/time.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

enum class KeyState : std::uint8_t { Published, Active, VerifyOnly, Retired };
[[nodiscard]] std::string_view name_of(KeyState state) noexcept;

struct KeyTimes {
  Time rotate = std::chrono::days(90);         ///< How long a key signs.
  Time publish_ahead = std::chrono::hours(1);  ///< At least twice the max-age of the JWKS.
  Time verify = std::chrono::seconds(630);     ///< The life of access tokens, and the leeway.
};

struct KeyRow {
  std::string kid;
  KeyState state{};
  Time not_before{0};             ///< When it signs, or began to.
  std::optional<Time> retire_at;  ///< Of one that verifies only.
};

/// What is to be done now. All of it may be nothing.
struct KeyStep {
  enum class Make : std::uint8_t { Nothing, Published, Active };
  Make make = Make::Nothing;            ///< A new key, in this state.
  std::optional<std::string> activate;  ///< This one signs from now on, and none before it.
  std::vector<std::string> retire;      ///< These verify nothing any more.

  [[nodiscard]] bool nothing() const noexcept {
    return make == Make::Nothing && !activate && retire.empty();
  }
};

[[nodiscard]] KeyStep next_step(std::span<const KeyRow> rows, Time now, const KeyTimes& times);

}  // namespace portico::auth
