// SPDX-License-Identifier: Apache-2.0
#include "balance/turns.h"

#include <cstddef>
#include <numeric>

namespace portico::proxy {

std::vector<std::uint32_t> smooth_turns(std::span<const std::uint32_t> weights) {
  std::uint32_t divisor = 0;
  std::int64_t total = 0;
  for (const std::uint32_t weight : weights) {
    divisor = std::gcd(divisor, weight);
    total += weight;
  }
  std::vector<std::uint32_t> turns;
  if (divisor == 0) return turns;
  std::vector<std::int64_t> credit(weights.size(), 0);
  for (std::int64_t left = total / divisor; left > 0; --left) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      credit[i] += weights[i];
      if (credit[i] > credit[best]) best = i;
    }
    credit[best] -= total;
    turns.push_back(static_cast<std::uint32_t>(best));
  }
  return turns;
}

}  // namespace portico::proxy
