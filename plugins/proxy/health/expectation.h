// SPDX-License-Identifier: Apache-2.0
// What the answer to a check must look like.
#pragma once

#include "health/check_settings.h"
#include <portico/fetch.h>

#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>

namespace portico::proxy {

class Expectation {
 public:
  /// Of settings whose statuses `fault_of_statuses` has nothing against.
  explicit Expectation(const CheckSettings& settings);

  /// Why the target is not well; empty when it is.
  [[nodiscard]] std::string fault(const Fetched& answer) const;

 private:
  static constexpr std::size_t Statuses = 600;

  bool connects_;  // That is all.
  std::bitset<Statuses> statuses_;
  std::string body_;
};

/// What is wrong with one entry of `status`; empty when nothing is.
[[nodiscard]] std::string fault_of_statuses(std::string_view text);

}  // namespace portico::proxy
