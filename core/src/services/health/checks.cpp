// SPDX-License-Identifier: Apache-2.0
#include "services/health/checks.h"

#include "base/json_writer.h"

#include <exception>
#include <utility>
#include <vector>

namespace portico::services {
namespace {

[[nodiscard]] std::string_view word(Finding::State state) noexcept {
  switch (state) {
    case Finding::State::Well: return "ok";
    case Finding::State::Warning: return "warning";
    case Finding::State::Failed: break;
  }
  return "failed";
}

[[nodiscard]] std::string_view word(HealthChecks::Phase phase) noexcept {
  switch (phase) {
    case HealthChecks::Phase::Starting: return "starting";
    case HealthChecks::Phase::Serving: return "ready";
    case HealthChecks::Phase::Draining: break;
  }
  return "draining";
}

/// What it threw may name what is nobody's business.
[[nodiscard]] Finding asked(const HealthChecks::Check& check) {
  try {
    return check();
  } catch (...) {
    return {Finding::State::Failed, "the check itself failed"};
  }
}

}  // namespace

std::shared_ptr<void> HealthChecks::add(std::string name, Check check) {
  auto entry = std::make_shared<Entry>();
  entry->check = std::move(check);
  {
    const std::lock_guard lock(mutex_);
    entries_[name] = entry;
    write();
  }
  const auto forget = [this, name = std::move(name), entry](void*) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end() || found->second != entry) return;
    entries_.erase(found);
    write();
  };
  return {entry.get(), forget};
}

void HealthChecks::run() {
  std::vector<std::shared_ptr<Entry>> entries;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, entry] : entries_) entries.push_back(entry);
  }
  for (const auto& entry : entries) {
    Finding finding = asked(entry->check);
    const std::lock_guard lock(mutex_);
    entry->finding = std::move(finding);
    entry->found = true;
  }
  const std::lock_guard lock(mutex_);
  ran_ = clock_.now();
  write();
}

void HealthChecks::enter(Phase phase) {
  const std::lock_guard lock(mutex_);
  phase_ = phase;
  write();
}

void HealthChecks::write() {
  auto report = std::make_shared<Report>();
  std::string_view status = word(phase_);
  std::string checks;
  base::JsonWriter list(checks);
  list.begin_object();
  for (const auto& [name, entry] : entries_) {
    const bool failed = entry->found && entry->finding.state == Finding::State::Failed;
    if (phase_ == Phase::Serving && failed) status = "failing";
    if (phase_ == Phase::Serving && !entry->found && status == "ready") status = "starting";
    list.key(name).begin_object();
    list.member("status", entry->found ? word(entry->finding.state) : "pending");
    if (!entry->finding.note.empty()) {
      list.member("note", std::string_view(entry->finding.note));
    }
    list.end_object();
  }
  list.end_object();
  report->ready = status == "ready";
  base::JsonWriter json(report->json);
  json.begin_object().member("status", status).key("checks").raw(checks).end_object();
  report_ = std::move(report);
}

std::shared_ptr<const HealthChecks::Report> HealthChecks::report() const {
  const std::lock_guard lock(mutex_);
  if (!report_->ready || entries_.empty() || clock_.now() - ran_ < Stale) return report_;
  return std::make_shared<const Report>(Report{false, R"({"status":"stuck","checks":{}})"});
}

}  // namespace portico::services
