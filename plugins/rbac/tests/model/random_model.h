// SPDX-License-Identifier: Apache-2.0
// Roles, assignments and questions that chance makes, small enough that they meet each other.
#pragma once

#include "tests/condition/facts.h"
#include "tests/model/reference.h"
#include "tests/model/roles.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace portico::rbac::model::test {

class RandomModel {
 public:
  explicit RandomModel(std::uint64_t seed) : engine_(seed) {}

  [[nodiscard]] std::vector<Role> roles();
  [[nodiscard]] std::vector<Assignment> assignments(std::size_t roles);
  [[nodiscard]] Reference::Question question();
  [[nodiscard]] Facts facts();

 private:
  /// Below `end`.
  std::uint32_t dice(std::size_t end) { return static_cast<std::uint32_t>(engine_() % end); }
  bool percent(std::uint32_t of) { return dice(100) < of; }
  template <class T, std::size_t Size>
  T one_of(const T (&values)[Size]) {
    return values[dice(Size)];
  }

  std::string permission(std::size_t least);
  std::string pattern();
  std::string condition();
  Grant grant();
  std::vector<std::int64_t> parents(std::size_t place, std::size_t roles, bool circles);

  std::mt19937_64 engine_;
};

}  // namespace portico::rbac::model::test
