// SPDX-License-Identifier: Apache-2.0
#include "delivery/settling.h"

#include "message/delivery_job.h"
#include "message/ways.h"
#include "store/deliveries.h"
#include "store/wishes.h"

namespace portico::notify {
namespace {

constexpr std::string_view Attempts = "attempts_total";
constexpr std::string_view Help = "Attempts at deliveries, by what they came to.";

/// A job that threw, or was lost with its node, says nothing.
Report report_of(const JobReport& job) {
  if (!job.result.empty()) return from_json<Report>(job.result);
  Report report;
  report.outcome = job.end == JobEnd::Dead ? "never" : "later";
  report.said = job.error;
  return report;
}

std::optional<std::string_view> unless_empty(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

Settling::Settling(Host& host, After after)
    : host_(host),
      after_(std::move(after)),
      sent_(host.counter(Attempts, Help, {{"outcome", "sent"}})),
      later_(host.counter(Attempts, Help, {{"outcome", "later"}})),
      dead_(host.counter(Attempts, Help, {{"outcome", "dead"}})),
      left_(host.counter(Attempts, Help, {{"outcome", "left"}})) {}

void Settling::settle(Transaction& db, std::span<const JobReport> reports) {
  for (const JobReport& job : reports) settle_one(db, job);
}

void Settling::settle_one(Transaction& db, const JobReport& job) {
  const std::string delivery = from_json<DeliveryJob>(job.payload).delivery;
  const Report report = report_of(job);
  const Time now = host_.unix_time();
  const bool over = job.end != JobEnd::Again;
  const bool attempted = !report.outcome.empty();
  if (over && job.end == JobEnd::Done && report.status.empty()) return;
  const std::string_view status = job.end == JobEnd::Again  ? status::Queued
                                  : job.end == JobEnd::Dead ? status::Dead
                                                            : std::string_view(report.status);
  if (attempted) {
    attempts::add(db, {.delivery = delivery,
                       .started = report.started == 0 ? now : Time(report.started),
                       .took = Time(report.took),
                       .outcome = report.outcome,
                       .code = report.code,
                       .snippet = report.said});
  }
  deliveries::change(db, {.id = delivery,
                          .status = status,
                          .attempts = job.attempt,
                          .next = over ? std::nullopt : std::optional(job.next),
                          .code = unless_empty(report.code),
                          .error = unless_empty(job.error),
                          .provider = unless_empty(report.provider),
                          .done = over ? std::optional(now) : std::nullopt});
  (job.end == JobEnd::Again  ? later_
   : job.end == JobEnd::Dead ? dead_
   : attempted               ? sent_
                             : left_)
      .add();
  const auto row = deliveries::find(db, delivery);
  if (!row) return;
  if (report.gone) bounced(db, *row);
  after_(db, *row, report);
  if (!over) return;
  messages::conclude(db, row->message);
  if (job.end == JobEnd::Dead && row->channel != way::Webhook) {
    host_.publish(db, "notify.message_failed", row->message,
                  {{"message", row->message},
                   {"delivery", delivery},
                   {"channel", row->channel},
                   {"code", report.code}});
  }
}

/// Nothing goes to that address any more.
void Settling::bounced(Transaction& db, const DeliveryRow& row) {
  suppressions::add(db, {.digest = row.digest,
                         .address_sealed = host_.seal("suppressed address", row.address),
                         .reason = "bounced",
                         .source = "smtp",
                         .created = host_.unix_time()});
}

}  // namespace portico::notify
