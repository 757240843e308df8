// SPDX-License-Identifier: Apache-2.0
#include "server/route_series.h"

namespace portico::server {

using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;

services::Tally& RouteSeries::tally_of(unsigned code) noexcept {
  constexpr unsigned Least = 100;
  constexpr unsigned Most = 599;
  if (code < Least || code > Most) return others_;
  for (std::size_t i = 0; i < MostCodes; ++i) {
    const unsigned known = codes_[i].load(memory_order_relaxed);
    if (known == code) return counts_[i];
    if (known != 0) continue;
    codes_[i].store(static_cast<std::uint16_t>(code), memory_order_release);
    return counts_[i];
  }
  return others_;
}

void RouteSeries::ended(const Ended& exchange) noexcept {
  tally_of(exchange.code).add();
  durations_.add(exchange.duration);
  received_.add(exchange.received);
  sent_.add(exchange.sent);
}

void RouteSeries::refused(unsigned code) noexcept { tally_of(code).add(); }

void RouteSeries::add_to(Sums& sums) const {
  for (std::size_t i = 0; i < MostCodes; ++i) {
    const unsigned code = codes_[i].load(memory_order_acquire);
    if (code == 0) break;
    sums.codes[code] += counts_[i].value();
  }
  if (const std::uint64_t others = others_.value(); others != 0) sums.codes[0] += others;
  durations_.add_to(sums.durations);
  sums.received += received_.value();
  sums.sent += sent_.value();
}

}  // namespace portico::server
