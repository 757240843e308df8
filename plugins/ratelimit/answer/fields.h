// SPDX-License-Identifier: Apache-2.0
// The fields by which a client learns what it may still ask for, in one of the forms that are in
// use. Seconds are rounded up: who waits that long has waited long enough.
#pragma once

#include "limits/bucket.h"
#include "policy/policy.h"
#include "settings.h"
#include <portico/http.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace portico::ratelimit {

/// What a client is told of one limit.
struct Told {
  std::uint32_t remaining = 0;
  std::uint32_t seconds = 0;
};
using AllTold = std::array<Told, MostLimits>;

[[nodiscard]] constexpr std::uint32_t seconds_up(std::int64_t microseconds) noexcept {
  return static_cast<std::uint32_t>((microseconds + Second - 1) / Second);
}

/// Of an answer that was refused: a client that waits as long as it says is to be served.
[[nodiscard]] AllTold told_of(const Decision& decision, std::size_t limits) noexcept;

/// Must outlive the answers that it was written to.
class Fields {
 public:
  Fields(HeaderForm form, const Policy& policy);

  [[nodiscard]] bool any() const noexcept { return form_ != HeaderForm::None; }
  /// `now` is seconds since 1970. Beside what an upstream or a limit further in has said, the list
  /// of draft-8 goes on; the older forms have room for one limit, and leave it.
  void write(Headers& headers, const AllTold& told, std::int64_t now) const;

 private:
  struct Entry {
    std::string begin;  // `"100-in-1m";r=`
    std::uint32_t quota;
    bool has_window;
  };

  void write_list(Headers& headers, const AllTold& told) const;
  void write_single(Headers& headers, const AllTold& told, std::int64_t now) const;
  [[nodiscard]] std::size_t tightest(const AllTold& told) const noexcept;

  HeaderForm form_;
  std::vector<Entry> entries_;
  std::string policy_;
  FixedHeaders fixed_;
};

}  // namespace portico::ratelimit
