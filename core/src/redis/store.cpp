// SPDX-License-Identifier: Apache-2.0
#include "redis/store.h"

#include "base/text.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace portico::redis {
namespace {

/// A Redis that comes and goes many times a second is logged once in this time.
constexpr std::chrono::seconds BetweenLines{1};
constexpr std::size_t LongestReason = 200;

[[nodiscard]] std::shared_ptr<const tls::ClientContext> context_of(const Options& options) {
  if (!options.tls) return nullptr;
  auto made = tls::ClientContext::make(
      {.ca = options.ca, .own = {.certificate = options.certificate, .key = options.key}});
  if (!made) throw std::runtime_error(made.error());
  return *std::move(made);
}

}  // namespace

Store::Store(std::string its_name, Options how, services::LogSink& log, const base::Clock& clock)
    : name(std::move(its_name)),
      options(std::move(how)),
      tls(context_of(options)),
      log_(log),
      clock_(clock) {}

Store::~Store() = default;

void Store::tell(Level level, std::string_view message, std::string_view reason) const noexcept {
  const std::array<services::Field, 2> fields{services::Field{"redis", name},
                                              services::Field{"reason", reason}};
  log_.write(level, "core", message, std::span(fields).first(reason.empty() ? 1 : 2));
}

void Store::lost(std::string_view why) noexcept {
  if (lost_.fetch_add(1, std::memory_order_relaxed) == 0) tell_once(why);
}

void Store::still_lost(std::string_view why) noexcept { tell_once(why); }

void Store::tell_once(std::string_view why) noexcept {
  const std::lock_guard lock(mutex_);
  if (told_) return;
  reason_ = base::escape_control(base::shorten(why, LongestReason));
  const auto now = clock_.now();
  if (told_at_.count() != 0 && now - told_at_ < BetweenLines) return;
  told_ = true;
  told_at_ = now;
  tell(Level::Warning, "a Redis is away", reason_);
}

void Store::found() noexcept {
  if (lost_.fetch_sub(1, std::memory_order_relaxed) != 1) return;
  const std::lock_guard lock(mutex_);
  reason_.clear();
  if (!std::exchange(told_, false)) return;
  tell(Level::Info, "a Redis is back", {});
}

std::string Store::reason() const {
  const std::lock_guard lock(mutex_);
  return reason_;
}

std::shared_ptr<Figures> Store::new_figures() {
  auto made = std::make_shared<Figures>();
  const std::lock_guard lock(mutex_);
  figures_.push_back(made);
  return made;
}

Sums Store::sums() const {
  Sums sums;
  const std::lock_guard lock(mutex_);
  for (const auto& each : figures_) {
    sums.answered += each->answered.value();
    sums.refused += each->refused.value();
    for (std::size_t i = 0; i < Figures::Reasons; ++i) sums.away[i] += each->away[i].value();
    each->latency.add_to(sums.latency);
    sums.opened += each->opened.value();
    sums.closed += each->closed.value();
    sums.messages += each->messages.value();
  }
  return sums;
}

}  // namespace portico::redis
