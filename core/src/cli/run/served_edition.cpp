// SPDX-License-Identifier: Apache-2.0
#include "cli/run/served_edition.h"

#include "base/guard.h"
#include "plugin/dispatch.h"

#include <utility>

namespace portico::cli {

namespace {

std::optional<services::AccessForm> access_form(const config::LogSettings& settings) {
  using services::AccessFormat;
  if (settings.access == config::AccessLog::Off) return std::nullopt;
  const bool combined = settings.access == config::AccessLog::Combined;
  return services::AccessForm{combined ? AccessFormat::Combined : AccessFormat::Json,
                              services::QueryMask(settings.redact_query)};
}

}  // namespace

Graveyard::Graveyard() : thread_([this] { work(); }) {}

Graveyard::~Graveyard() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wanted_.notify_one();
  thread_.join();
}

void Graveyard::bury(std::unique_ptr<plugin::Edition> edition) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(edition));
  }
  wanted_.notify_one();
}

void Graveyard::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wanted_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::vector<std::unique_ptr<plugin::Edition>> ended = std::exchange(waiting_, {});
    lock.unlock();
    const std::size_t gone = ended.size();
    ended.clear();
    living_ -= gone;
    lock.lock();
  }
}

ServedEdition::ServedEdition(std::unique_ptr<plugin::Edition> edition, Graveyard& graveyard,
                             services::LogSink& log)
    : edition_(std::move(edition)),
      graveyard_(graveyard),
      log_(log),
      redirect_(edition_->settings()),
      access_(access_form(edition_->settings().log)) {
  graveyard_.expect();
}

const pipeline::Chain& ServedEdition::route(http::RequestState& request) const {
  if (const pipeline::Chain* redirect = redirect_.chain_for(request)) return *redirect;
  return plugin::find_chain(edition_->site(), request);
}

void ServedEdition::call_up(redis::Lines& lines) const noexcept {
  for (const auto& instance : edition_->generation().instances()) instance->call_up(lines);
}

void ServedEdition::decorate_early(Response& response, const Headers& received) const {
  for (const plugin::Site::Early& early : edition_->site().early()) {
    const auto failure = base::guarded([&] { (*early.decorate)(response, received); });
    if (failure) log_.write(Level::Error, early.plugin, "`early` failed: " + *failure);
  }
}

}  // namespace portico::cli
