// SPDX-License-Identifier: Apache-2.0
// Messages that were accepted, and their deliveries: one for each way and address. Within
// somebody's transaction.
#pragma once

#include "shared/time.h"
#include <portico/jobs.h>
#include <portico/sql.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

/// The words of `status`. A message is queued until its last delivery is over; then it is failed
/// where one is dead, else sent where one was, else suppressed or cancelled.
namespace status {
inline constexpr std::string_view Queued = "queued";
inline constexpr std::string_view Held = "held";  ///< For a digest.
inline constexpr std::string_view Sent = "sent";
inline constexpr std::string_view Failed = "failed";
inline constexpr std::string_view Dead = "dead";
inline constexpr std::string_view Cancelled = "cancelled";
inline constexpr std::string_view Suppressed = "suppressed";
inline constexpr std::string_view Expired = "expired";
}  // namespace status

struct MessageRow {
  std::string id;
  std::string recipient;
  std::optional<std::string> user;
  std::string template_key;
  std::int64_t template_version = 0;
  std::string locale;
  std::string data;
  bool sealed = false;
  std::string category;
  JobPriority priority = JobPriority::Normal;
  std::optional<std::string> dedupe;
  std::string status{status::Queued};
  Time send_at{0};
  std::optional<Time> expires;
  std::optional<std::string> created_by;
  Time created{0};
};

struct DeliveryRow {
  std::string id;
  std::string message;
  std::string channel;
  std::string address;
  std::string digest;
  std::optional<std::string> endpoint{};
  std::optional<std::string> job{};
  std::string status{status::Queued};
  std::int64_t attempts = 0;
  std::optional<Time> next{};
  std::optional<std::string> code{};
  std::optional<std::string> error{};
  std::optional<std::string> provider{};
  Time created{0};
  std::optional<Time> done{};
};

namespace messages {

/// The id of one with the same `dedupe` to the same recipient since then, instead of adding it.
[[nodiscard]] std::optional<std::string> add(Transaction& db, const MessageRow& row, Time since);
[[nodiscard]] std::optional<MessageRow> find(Reader& db, std::string_view id);
/// The newest first, from behind that id; of those that say so.
struct Page {
  std::optional<std::string> before{};
  std::optional<std::string> status{};
  std::optional<std::string> recipient{};
  std::optional<std::string> template_key{};
  std::size_t limit = 0;
};
[[nodiscard]] std::vector<MessageRow> page(Reader& db, const Page& page);
/// Says what its deliveries have come to; nothing while one is not over.
void conclude(Transaction& db, std::string_view id);
/// It is to be sent now, once more.
void reopen(Transaction& db, std::string_view id, Time now);
/// Those that are over and were made before that.
std::uint64_t purge(Transaction& db, Time before, Time dead_before, std::size_t most);

}  // namespace messages

namespace deliveries {

void add(Transaction& db, const DeliveryRow& row);
[[nodiscard]] std::optional<DeliveryRow> find(Reader& db, std::string_view id);
[[nodiscard]] std::vector<DeliveryRow> of_message(Reader& db, std::string_view message);
[[nodiscard]] std::vector<DeliveryRow> dead(Reader& db, const std::optional<std::string>& before,
                                            std::size_t limit);
struct Range {
  Time from{0};
  Time until{0};
  std::string status;  ///< "dead", "sent" ...
  std::optional<std::string> endpoint{};
  std::size_t limit = 0;
};
[[nodiscard]] std::vector<DeliveryRow> within(Reader& db, const Range& range);
[[nodiscard]] std::vector<DeliveryRow> of_endpoint(Reader& db, std::string_view endpoint,
                                                   const std::optional<std::string>& before,
                                                   std::size_t limit);
/// Those of a recipient that wait for a digest which is due by then.
[[nodiscard]] std::vector<DeliveryRow> held(Reader& db, std::string_view channel,
                                            std::string_view digest, std::string_view category,
                                            Time due);
/// Whose digests should have been made by then.
struct Held {
  std::string recipient;  ///< Whose wishes count.
  std::string digest;     ///< Of the address.
  std::string category;
};
[[nodiscard]] std::vector<Held> overdue(Reader& db, Time due, std::size_t most);

struct Change {
  std::string_view id;
  std::string_view status;
  std::int64_t attempts = 0;
  std::optional<Time> next{};
  std::optional<std::string_view> code{};
  std::optional<std::string_view> error{};
  std::optional<std::string_view> provider{};
  std::optional<Time> done{};
};
void change(Transaction& db, const Change& change);
/// It waits again, for that job.
void requeue(Transaction& db, std::string_view id, std::string_view job, Time next);
void remove(Transaction& db, std::string_view id);

}  // namespace deliveries

struct AttemptRow {
  std::string_view delivery;
  Time started{0};
  std::chrono::microseconds took{0};
  std::string_view outcome;
  std::string_view code{};
  std::string_view snippet{};
};
namespace attempts {

struct Shown {
  std::int64_t n;
  Time started;
  std::chrono::microseconds took;
  std::string outcome;
  std::string code;
  std::string snippet;
};
[[nodiscard]] std::vector<Shown> of(Reader& db, std::string_view delivery);

}  // namespace attempts
}  // namespace portico::notify
