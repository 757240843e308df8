// SPDX-License-Identifier: Apache-2.0
// What is done about a key that an issuer does not have, so far as we know: perhaps its keys have
// been changed, perhaps somebody makes names up. One fetch is worth it, but not more than one in
// half a minute, whatever comes; and a name that was missing after its own fetch gets no other for
// a while. Pure; its owner guards it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace portico::auth {

class UnknownKeys {
 public:
  static constexpr std::chrono::seconds CoolDown{30};
  static constexpr std::chrono::minutes Memory{2};
  static constexpr std::size_t MostNames = 64;

  /// Whether to fetch for this name now. Then it has had its fetch.
  [[nodiscard]] bool grant_fetch(std::string_view name, std::chrono::nanoseconds now) {
    if (const auto known = names_.find(name); known != names_.end() && now < known->second) {
      return false;
    }
    if (now < next_) return false;
    next_ = now + CoolDown;
    std::erase_if(names_, [now](const auto& item) { return item.second <= now; });
    if (names_.size() < MostNames) names_.emplace(name, now + Memory);
    return true;
  }
  /// The keys have changed: what was not there may be there now.
  void forget() noexcept { names_.clear(); }
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };

  std::unordered_map<std::string, std::chrono::nanoseconds, Hash, std::equal_to<>> names_;
  std::chrono::nanoseconds next_ = std::chrono::nanoseconds::min();
};

}  // namespace portico::auth
