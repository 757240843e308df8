// SPDX-License-Identifier: Apache-2.0
// The holdings of one thread, each once, for as long as somebody is known to have it.
#pragma once

#include "gate/holding.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portico::rbac {

class Holdings {
 public:
  struct Shared {
    Holding holding;
    std::size_t holders = 0;
    std::string_view text{};  ///< What it is found by.
  };

  explicit Holdings(std::size_t questions) : questions_(questions) {}
  Holdings(const Holdings&) = delete;
  Holdings& operator=(const Holdings&) = delete;

  /// One more holder; `release` takes it back.
  [[nodiscard]] Shared& hold(const std::vector<Assignment>& assignments);
  void release(Shared& shared) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };

  const std::size_t questions_;
  std::unordered_map<std::string, std::unique_ptr<Shared>, TextHash, std::equal_to<>> all_;
};

}  // namespace portico::rbac
