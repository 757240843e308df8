// SPDX-License-Identifier: Apache-2.0
// Which origins are allowed. Ten thousand cost the same as one: those that are named are looked up
// by hash, without an allocation; patterns are few and tried in turn.
#pragma once

#include "origin.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace portico::cors {

class Origins {
 public:
  /// Requires origins without faults.
  explicit Origins(const std::vector<std::string>& written);

  /// Every origin, by "*".
  [[nodiscard]] bool any() const noexcept { return any_; }
  /// The comparison is exact, as in the Fetch standard: browsers send an origin in one form.
  [[nodiscard]] bool allow(std::string_view origin) const noexcept;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };

  std::unordered_set<std::string, Hash, std::equal_to<>> named_;
  std::vector<OriginRule> patterns_;
  bool any_ = false;
  bool null_ = false;
};

}  // namespace portico::cors
