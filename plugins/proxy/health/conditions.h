// SPDX-License-Identifier: Apache-2.0
// Kinds of failure, as the file lists them: `[connect, timeout, lost, 503, 5xx]`.
#pragma once

#include <portico/upstream.h>

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::proxy {

class Conditions {
 public:
  Conditions() = default;
  /// Of words that `fault_of_condition` has nothing against.
  explicit Conditions(const std::vector<std::string>& words);

  [[nodiscard]] bool hold(const Try& made) const noexcept;

 private:
  static constexpr std::size_t Statuses = 100;

  bool connect_ = false;
  bool timeout_ = false;
  bool lost_ = false;
  std::bitset<Statuses> statuses_;  // From 500 on.
};

/// What is wrong with a word; empty when nothing is.
[[nodiscard]] std::string fault_of_condition(std::string_view word);

}  // namespace portico::proxy
