// SPDX-License-Identifier: Apache-2.0
#include "jobs/client.h"

#include "jobs/job_rows.h"
#include "sql/work.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace portico {
namespace {

bool is_word(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

jobs::NewJob new_job(const jobs::Client& client, const JobOrder& order) {
  const std::chrono::microseconds now = client.parts().clock.unix_time();
  return {.id = client.parts().ids.next(),
          .kind = client.kind(order.kind),
          .key = order.key,
          .unique = order.unique,
          .payload = order.payload,
          .priority = order.priority,
          .created = now,
          .at = std::max(order.at, now)};
}

}  // namespace

std::string jobs::Client::kind(std::string_view its_name) const {
  if (!is_word(its_name)) {
    throw std::logic_error("\"" + std::string(its_name) +
                           "\" is no kind of jobs; write small letters, digits and '_'");
  }
  return parts_.plugin + "." + std::string(its_name);
}

void jobs::Client::withdraw() noexcept {
  if (parts_.dispatcher != nullptr) parts_.dispatcher->withdraw(parts_.owner);
}

void jobs::Client::disband() noexcept {
  if (parts_.dispatcher != nullptr) parts_.dispatcher->disband(parts_.owner);
}

std::optional<std::string> Jobs::enqueue(Transaction& within, const JobOrder& order) {
  jobs::NewJob job = new_job(jobs::Client::of(*this), order);
  if (!jobs::write_job(within, job)) return std::nullopt;
  sql::Work::of(within).note_work(job.at);
  return std::move(job.id);
}

std::vector<std::string> Jobs::enqueue(Transaction& within, std::span<const JobOrder> orders) {
  const jobs::Client& client = jobs::Client::of(*this);
  std::vector<jobs::NewJob> jobs;
  jobs.reserve(orders.size());
  for (const JobOrder& order : orders) {
    if (!order.unique.empty()) throw std::logic_error("many jobs at once cannot be `unique`");
    jobs.push_back(new_job(client, order));
    sql::Work::of(within).note_work(jobs.back().at);
  }
  if (!jobs.empty()) jobs::write_jobs(within, client.parts().sql.engine(), jobs);
  std::vector<std::string> ids;
  ids.reserve(jobs.size());
  for (jobs::NewJob& job : jobs) ids.push_back(std::move(job.id));
  return ids;
}

bool Jobs::cancel(Transaction& within, std::string_view id) {
  return jobs::delete_job(within, jobs::Client::of(*this).parts().plugin, id);
}

bool Jobs::revive(Transaction& within, std::string_view id) {
  const auto& parts = jobs::Client::of(*this).parts();
  const std::chrono::microseconds now = parts.clock.unix_time();
  if (!jobs::revive_job(within, parts.plugin, id, now)) return false;
  sql::Work::of(within).note_work(now);
  return true;
}

void Jobs::handle(std::string_view kind, const JobPolicy& policy, Callable<void(Job)> work,
                  Settled settled) {
  const auto& parts = jobs::Client::of(*this).parts();
  const std::string name = jobs::Client::of(*this).kind(kind);
  if (!work || policy.threads == 0 || policy.attempts == 0 || policy.lease <= policy.lease.zero()) {
    throw std::logic_error("jobs need a function, a thread, an attempt and a lease");
  }
  if (parts.dispatcher == nullptr) return;
  parts.dispatcher->handle(std::make_shared<jobs::Kind>(parts.owner, name, policy, std::move(work),
                                                        std::move(settled),
                                                        parts.service->figures(name)));
}

void Jobs::rest(std::string_view kind, std::chrono::milliseconds time) {
  const jobs::Client& client = jobs::Client::of(*this);
  const auto& parts = client.parts();
  if (parts.dispatcher == nullptr) return;
  parts.dispatcher->rest(parts.owner, client.kind(kind), parts.clock.unix_time() + time);
}

void Jobs::on(std::string_view pattern, Callable<void(Transaction&, const Event&)> told) {
  const auto& parts = jobs::Client::of(*this).parts();
  if (parts.dispatcher == nullptr) return;
  parts.dispatcher->on(parts.owner, std::string(pattern), std::move(told));
}

}  // namespace portico
