// SPDX-License-Identifier: Apache-2.0
// The statements that a session has prepared, by their text.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace portico::sql {

template <class Prepared>
class Statements {
 public:
  /// Nobody writes so many: then somebody makes them from data.
  static constexpr std::size_t Most = 512;

  [[nodiscard]] Prepared* find(std::string_view text) {
    const auto found = all_.find(text);
    return found == all_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] Prepared& add(std::string_view text, Prepared prepared) {
    return all_.emplace(std::string(text), std::move(prepared)).first->second;
  }
  [[nodiscard]] bool full() const noexcept { return all_.size() >= Most; }
  void clear() noexcept { all_.clear(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };
  std::unordered_map<std::string, Prepared, Hash, std::equal_to<>> all_;
};

}  // namespace portico::sql
