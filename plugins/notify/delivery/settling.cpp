// SPDX-License-Identifier: Apache-2.0
#include "delivery/settling.h"

#include "message/delivery_job.h"
#include "message/ways.h"
#include "store/wishes.h"

#include <unordered_map>
#include <utility>

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

/// Nobody was to be told: the job found nothing to do.
bool says_nothing(const JobReport& job, const Report& report) {
  return job.end == JobEnd::Done && report.status.empty();
}

}  // namespace

Settling::Settling(Host& host, const Sql& sql, After after)
    : host_(host),
      sql_(sql),
      after_(std::move(after)),
      sent_(host.counter(Attempts, Help, {{"outcome", "sent"}})),
      later_(host.counter(Attempts, Help, {{"outcome", "later"}})),
      dead_(host.counter(Attempts, Help, {{"outcome", "dead"}})),
      left_(host.counter(Attempts, Help, {{"outcome", "left"}})) {}

/// A few statements for all of them, however many they are.
void Settling::settle(Transaction& db, std::span<const JobReport> reports) {
  std::vector<Ended> all;
  all.reserve(reports.size());
  for (const JobReport& job : reports) {
    Report report = report_of(job);
    if (says_nothing(job, report)) continue;
    all.push_back({job, from_json<DeliveryJob>(job.payload).delivery, std::move(report)});
  }
  add_attempts(db, all);
  const std::vector<settled::Changed> changed = change(db, all);
  std::unordered_map<std::string_view, const settled::Changed*> rows;
  for (const settled::Changed& row : changed) rows.emplace(row.id, &row);
  std::vector<std::string> concluded;
  for (const Ended& one : all) {
    const auto row = rows.find(one.delivery);
    if (one.over() && row != rows.end()) concluded.push_back(row->second->message);
  }
  settled::conclude(db, sql_.engine(), concluded);
  for (const Ended& one : all) {
    count(one);
    const auto row = rows.find(one.delivery);
    if (row != rows.end()) tell(db, one, *row->second);
  }
}

void Settling::add_attempts(Transaction& db, std::span<const Ended> all) const {
  const Time now = host_.unix_time();
  std::vector<AttemptRow> rows;
  rows.reserve(all.size());
  for (const Ended& one : all) {
    if (!one.attempted()) continue;
    rows.push_back({.delivery = one.delivery,
                    .started = one.report.started == 0 ? now : Time(one.report.started),
                    .took = Time(one.report.took),
                    .outcome = one.report.outcome,
                    .code = one.report.code,
                    .snippet = one.report.said});
  }
  settled::add_attempts(db, sql_.engine(), rows);
}

std::vector<settled::Changed> Settling::change(Transaction& db, std::span<const Ended> all) const {
  const Time now = host_.unix_time();
  std::vector<deliveries::Change> changes;
  changes.reserve(all.size());
  for (const auto& [job, delivery, report] : all) {
    const bool over = job.end != JobEnd::Again;
    changes.push_back({.id = delivery,
                       .status = job.end == JobEnd::Again  ? status::Queued
                                 : job.end == JobEnd::Dead ? status::Dead
                                                           : std::string_view(report.status),
                       .attempts = job.attempt,
                       .next = over ? std::nullopt : std::optional(job.next),
                       .code = unless_empty(report.code),
                       .error = unless_empty(job.error),
                       .provider = unless_empty(report.provider),
                       .done = over ? std::optional(now) : std::nullopt});
  }
  return settled::change(db, sql_.engine(), changes);
}

void Settling::count(const Ended& one) {
  (one.job.end == JobEnd::Again  ? later_
   : one.job.end == JobEnd::Dead ? dead_
   : one.attempted()             ? sent_
                                 : left_)
      .add();
}

void Settling::tell(Transaction& db, const Ended& one, const settled::Changed& row) {
  if (one.report.gone) bounced(db, row);
  if (row.endpoint) after_(db, *row.endpoint, one.report);
  if (one.job.end == JobEnd::Dead && row.channel != way::Webhook) {
    host_.publish(db, "notify.message_failed", row.message,
                  {{"message", row.message},
                   {"delivery", row.id},
                   {"channel", row.channel},
                   {"code", one.report.code}});
  }
}

/// Nothing goes to that address any more.
void Settling::bounced(Transaction& db, const settled::Changed& row) {
  suppressions::add(db, {.digest = row.digest,
                         .address_sealed = host_.seal("suppressed address", row.address),
                         .reason = "bounced",
                         .source = "smtp",
                         .created = host_.unix_time()});
}

}  // namespace portico::notify
