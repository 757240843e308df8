// SPDX-License-Identifier: Apache-2.0
#include "upstream/mirror.h"

#include "upstream/target_url.h"

#include <cmath>

namespace portico::proxy {
namespace {

constexpr std::uint64_t All = 1'000'000;

}  // namespace

void MirrorSettings::describe(Schema<MirrorSettings>& s) {
  using Self = MirrorSettings;
  s.summary("Requests are copied to another upstream, and its answers are thrown away.");
  s.field("upstream", &Self::upstream, "As that of the route.")
      .required()
      .check(fault_of_upstream)
      .example("bookings_next");
  s.field("percent", &Self::percent, "So many percent of the requests are copied.")
      .min(0.0001)
      .max(100);
  s.field("requests", &Self::requests,
          "So many copies may be under way there at once; a request beyond them is not copied.")
      .min(1)
      .max(100'000);
  s.field("body", &Self::body, "A request with a larger body is not copied.").max(Bytes{All * 100});
  s.shorthand("upstream");
}

Mirror::Mirror(const MirrorSettings& settings, const Group& group)
    : group_(group),
      requests_(static_cast<std::uint32_t>(settings.requests)),
      body_(settings.body.count),
      share_(static_cast<std::uint64_t>(std::llround(settings.percent * All / 100))) {}

void Mirror::add_to(Target& target) const noexcept {
  if (!group_.takes_copies() || !takes_next()) return;
  target.mirror = &group_.upstream();
  target.mirror_requests = requests_;
  target.mirror_body = body_;
}

/// Evenly spread, and exactly so many.
bool Mirror::takes_next() const noexcept {
  if (share_ == All) return true;
  const std::uint64_t turn = turn_.fetch_add(1, std::memory_order_relaxed) % All;
  return (turn + 1) * share_ / All != turn * share_ / All;
}

}  // namespace portico::proxy
