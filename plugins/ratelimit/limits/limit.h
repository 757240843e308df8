// SPDX-License-Identifier: Apache-2.0
// One limit of any kind.
#pragma once

#include "limits/concurrency.h"
#include "limits/fixed.h"
#include "limits/gcra.h"
#include "limits/sliding.h"

#include <cstdint>
#include <limits>
#include <utility>
#include <variant>

namespace portico::ratelimit {

class Limit {
 public:
  using Kind = std::variant<Gcra, Fixed, Sliding, Concurrency>;
  /// What `memory` says where nothing is ever forgotten.
  static constexpr std::int64_t Forever = std::numeric_limits<std::int64_t>::max();

  explicit Limit(Kind kind) noexcept : kind_(std::move(kind)) {}

  [[nodiscard]] const Kind& kind() const noexcept { return kind_; }
  /// What was taken is given back when the request is over.
  [[nodiscard]] bool is_concurrency() const noexcept {
    return std::holds_alternative<Concurrency>(kind_);
  }

  [[nodiscard]] Taken take(Word word, const Moment& moment, std::uint32_t cost) const noexcept {
    switch (kind_.index()) {
      case 0: return std::get_if<Gcra>(&kind_)->take(word, moment, cost);
      case 1: return std::get_if<Fixed>(&kind_)->take(word, moment, cost);
      case 2: return std::get_if<Sliding>(&kind_)->take(word, moment, cost);
      default: return std::get_if<Concurrency>(&kind_)->take(word, cost);
    }
  }

  /// `receipt` is the word that `take` left.
  [[nodiscard]] Word give_back(Word word, Word receipt, std::uint32_t cost) const noexcept {
    switch (kind_.index()) {
      case 0: return std::get_if<Gcra>(&kind_)->give_back(word, cost);
      case 1: return Fixed::give_back(word, receipt, cost);
      case 2: return std::get_if<Sliding>(&kind_)->give_back(word, receipt, cost);
      default: return Concurrency::give_back(word, cost);
    }
  }

  /// Microseconds after its last use until a bucket says nothing any more.
  [[nodiscard]] std::int64_t memory() const noexcept {
    switch (kind_.index()) {
      case 0: return std::get_if<Gcra>(&kind_)->memory();
      case 1: return std::get_if<Fixed>(&kind_)->memory();
      case 2: return std::get_if<Sliding>(&kind_)->memory();
      default: return Forever;
    }
  }

 private:
  Kind kind_;
};

}  // namespace portico::ratelimit
