// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Choice`. On the stack of the call that chooses.
#pragma once

#include "http/request_state.h"
#include "upstream/local.h"
#include <portico/upstream.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace portico::detail {

struct ChoiceState final : Choice {
  ChoiceState(const http::RequestState& its_request, const upstream::LocalEdition& its_edition,
              std::span<const std::size_t> its_tried, std::uint64_t its_turn,
              upstream::Outbound& its_outbound) noexcept
      : asked(its_request),
        edition(its_edition),
        before(its_tried),
        number(its_turn),
        outbound(its_outbound) {}

  static ChoiceState& of(Choice& choice) noexcept { return static_cast<ChoiceState&>(choice); }
  static const ChoiceState& of(const Choice& choice) noexcept {
    return static_cast<const ChoiceState&>(choice);
  }

  /// By the policy, or by turns. `None` when nobody is left, and when the policy throws.
  [[nodiscard]] std::size_t made() noexcept;

  const http::RequestState& asked;
  const upstream::LocalEdition& edition;
  const std::span<const std::size_t> before;
  const std::uint64_t number;
  upstream::Outbound& outbound;
};

}  // namespace portico::detail
