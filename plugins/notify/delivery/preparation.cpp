// SPDX-License-Identifier: Apache-2.0
#include "delivery/preparation.h"

#include "delivery/report.h"
#include "message/delivery_job.h"
#include "message/variables.h"
#include "message/ways.h"
#include "schedule/quiet_hours.h"
#include "store/deliveries.h"
#include "store/wishes.h"
#include "template/json.h"

#include <array>
#include <cstdio>

namespace portico::notify {
namespace {

std::string clock_text(std::int64_t minutes) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(minutes / 60 % 24),
                static_cast<int>(minutes % 60));
  return text.data();
}

}  // namespace

std::optional<Prepared> Preparation::prepare(Job& job) const {
  const std::string id = job.payload_as<DeliveryJob>().delivery;
  std::optional<Prepared> prepared;
  sql_.read_main([&](Reader& db) {
    prepared.reset();
    auto outgoing = outgoing::find(db, id, config_.per_recipient);
    // One that was purged, or cancelled meanwhile.
    if (!outgoing || outgoing->status != status::Queued) return leave(job, {});
    if (!may_go(db, job, *outgoing)) return;
    const auto opened =
        outgoing->sealed ? host_.unseal(SealedData, outgoing->data) : outgoing->data;
    if (!opened) return job.fail("its data was sealed with another secret");
    auto data = read_json(*opened);
    if (std::holds_alternative<JsonFault>(data)) return job.fail("its data is no JSON");
    const std::string link =
        optional(outgoing->category) && outgoing->channel != way::Inbox
            ? unsubscribing_.link(outgoing->whose(), outgoing->category, outgoing->channel)
            : std::string();
    const Value all =
        with_surroundings(std::get<Value>(data), {.site = config_.site, .unsubscribe = link});
    auto words = wordings_.render(db, outgoing->template_key, outgoing->locale,
                                  outgoing->template_version, all);
    if (const auto* const fault = std::get_if<RenderFault>(&words)) {
      return job.fail("its template does not take it: " + fault->sentence);
    }
    prepared.emplace(Prepared{std::move(*outgoing), std::get<Value>(std::move(data)),
                              std::get<RenderedMail>(std::move(words)), link});
  });
  return prepared;
}

/// Whether its recipient may turn it off.
bool Preparation::optional(const std::string& category) const {
  if (category.empty()) return false;
  const auto found = config_.categories.find(category);
  return found == config_.categories.end() || !found->second.critical;
}

bool Preparation::may_go(Reader& db, Job& job, const Outgoing& outgoing) const {
  if (outgoing.expires && *outgoing.expires <= host_.unix_time()) {
    leave(job, status::Expired);
    return false;
  }
  const auto most = static_cast<std::int64_t>(config_.per_recipient);
  if (outgoing.lately >= most || outgoing.suppressed ||
      (optional(outgoing.category) && !outgoing.wanted)) {
    leave(job, status::Suppressed);
    return false;
  }
  return !optional(outgoing.category) || !is_quiet(db, job, outgoing);
}

bool Preparation::is_quiet(Reader& db, Job& job, const Outgoing& outgoing) const {
  const auto habits = wishes::habits(db, outgoing.whose());
  if (!habits || !habits->quiet_from || !habits->quiet_to) return false;
  const auto hours = QuietHours::parse(clock_text(*habits->quiet_from),
                                       clock_text(*habits->quiet_to), habits->timezone);
  const auto* const quiet = std::get_if<QuietHours>(&hours);
  const Time now = host_.unix_time();
  if (quiet == nullptr || quiet->allows(now)) return false;
  job.postpone(std::chrono::ceil<std::chrono::milliseconds>(quiet->next_allowed(now) - now));
  return true;
}

}  // namespace portico::notify
