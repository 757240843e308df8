// SPDX-License-Identifier: Apache-2.0
#include "stopgap/loop.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace portico::stopgap {
namespace {

constexpr std::chrono::seconds LastWords{1};  // For the answers of exchanges that were given up.
constexpr std::chrono::seconds OutOfDescriptors{1};
constexpr int AcceptedAtOnce = 64;
constexpr std::size_t WakeUps = 2;  // Entries of the poll set before the listeners.

}  // namespace

Loop::Loop(Options options, const Parts& parts, std::shared_ptr<const Application> application)
    : options_(std::move(options)), parts_(parts), application_(std::move(application)) {
  timers_.next = timers_.previous = &timers_;
}

Loop::~Loop() = default;

void Loop::listen() {
  std::vector<ListeningSocket> bound;
  bound.reserve(options_.listeners.size());
  for (const Listener& listener : options_.listeners) bound.emplace_back(listener.where);
  listeners_ = std::move(bound);
  for (const ListeningSocket& listener : listeners_) ports_.push_back(listener.port());
}

void Loop::run() {
  for (;;) {
    for (const auto& connection : connections_) connection->advance();
    sweep();
    if (stage_ != Stage::Serving && connections_.empty()) break;
    wait();
  }
  inbox_.close();
}

/// One poll, and everything that it was woken for.
void Loop::wait() {
  polled_.clear();
  polled_.push_back({inbox_.descriptor(), POLLIN, 0});
  polled_.push_back({mail_wakeup_.descriptor(), POLLIN, 0});
  const Time before = clock().now();
  const bool accepting =
      connections_.size() < options_.limits.connections && before >= accept_again_;
  for (const ListeningSocket& listener : listeners_) {
    polled_.push_back({accepting ? listener.descriptor() : -1, POLLIN, 0});
  }
  const std::size_t first = polled_.size();
  // poll passes over negative descriptors: connections that are closed but still held by a worker.
  for (const auto& connection : connections_) {
    polled_.push_back({connection->descriptor(), connection->interest(), 0});
  }
  if (::poll(polled_.data(), polled_.size(), patience(before)) < 0) return;
  const std::size_t count = connections_.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (polled_[first + i].revents != 0) connections_[i]->ready(polled_[first + i].revents);
  }
  if (polled_[1].revents != 0) deliver_mail();
  const Time now = clock().now();
  fire_timers(now);
  for (const auto& connection : connections_) {
    if (connection->deadline() <= now) connection->time_is_up(now);
  }
  for (std::size_t i = 0; i < listeners_.size(); ++i) {
    if (polled_[WakeUps + i].revents != 0) accept_all(i);
  }
  go_on_draining(now);
  if (polled_[0].revents != 0) inbox_.run();
}

int Loop::patience(Time now) const noexcept {
  Time next = Time::max();
  for (const pipeline::Timer* timer = timers_.next; timer != &timers_; timer = timer->next) {
    next = std::min(next, timer->deadline);
  }
  for (const auto& connection : connections_) next = std::min(next, connection->deadline());
  if (stage_ == Stage::Draining || stage_ == Stage::GivingUp) next = std::min(next, next_stage_);
  if (accept_again_ > now) next = std::min(next, accept_again_);
  if (next == Time::max()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(std::max(next - now, Time(0)));
  return static_cast<int>(std::min<std::int64_t>(left.count(), 60'000));
}

void Loop::accept_all(std::size_t listener) {
  for (int i = 0; i < AcceptedAtOnce && connections_.size() < options_.limits.connections; ++i) {
    Accepted accepted = accept_from(listeners_[listener]);
    if (accepted.socket.open()) {
      add(std::move(accepted), options_.listeners[listener]);
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      accept_again_ = clock().now() + OutOfDescriptors;
      const std::array fields{services::Field{"error", std::strerror(errno)}};
      return parts_.log.write(Level::Error, "core", "cannot accept connections", fields);
    } else if (errno != ECONNABORTED && errno != EINTR) {
      return;
    }
  }
}

void Loop::add(Accepted accepted, const Listener& listener) {
  if (listener.where.family != config::ListenAddress::Family::Unix) {
    std::size_t& count = per_client_[accepted.peer.text];
    if (count >= options_.limits.connections_per_client) return;
    ++count;
  }
  connections_.push_back(std::make_unique<Connection>(*this, std::move(accepted.socket),
                                                      std::move(accepted.peer), listener));
}

void Loop::sweep() {
  std::erase_if(connections_, [this](const std::unique_ptr<Connection>& connection) {
    if (!connection->finished()) return false;
    const auto count = per_client_.find(connection->peer().text);
    if (count != per_client_.end() && --count->second == 0) per_client_.erase(count);
    return true;
  });
  open_.store(connections_.size());
}

void Loop::replace(std::shared_ptr<const Application> application) {
  // The old one goes outside the lock: its end may take a while.
  const std::lock_guard lock(application_mutex_);
  application_.swap(application);
}

std::shared_ptr<const Application> Loop::application() const {
  const std::lock_guard lock(application_mutex_);
  return application_;
}

void Loop::drain(std::chrono::milliseconds patience) {
  const Time until = clock().now() + patience;
  inbox_.post([this, until] { begin_drain(until); });
}

void Loop::begin_drain(Time until) {
  if (stage_ != Stage::Serving) return;
  stage_ = Stage::Draining;
  next_stage_ = until;
  listeners_.clear();
  for (const auto& connection : connections_) connection->close_idle();
  go_on_draining(clock().now());
}

void Loop::go_on_draining(Time now) {
  if (stage_ == Stage::Draining && now >= next_stage_) {
    stage_ = Stage::GivingUp;
    next_stage_ = now + LastWords;
    for (const auto& connection : connections_) {
      if (connection->busy()) graceful_ = false;
      connection->give_up();
    }
  } else if (stage_ == Stage::GivingUp && now >= next_stage_) {
    stage_ = Stage::Cutting;
    for (const auto& connection : connections_) connection->cut();
  }
}

void Loop::post(pipeline::Mail& mail) noexcept {
  mail.next = nullptr;
  // Signalled under the lock: once the loop can see the mail, it may deliver it and be gone.
  const std::lock_guard lock(mail_mutex_);
  if (first_mail_ == nullptr) {
    first_mail_ = &mail;
    mail_wakeup_.signal();
  } else {
    last_mail_->next = &mail;
  }
  last_mail_ = &mail;
}

void Loop::deliver_mail() noexcept {
  mail_wakeup_.clear();
  pipeline::Mail* mail = nullptr;
  {
    const std::lock_guard lock(mail_mutex_);
    mail = std::exchange(first_mail_, nullptr);
  }
  // Delivered mail may be posted again at once.
  while (mail != nullptr) {
    pipeline::Mail& delivered = *std::exchange(mail, mail->next);
    delivered.deliver(delivered);
  }
}

void Loop::arm(pipeline::Timer& timer) noexcept {
  disarm(timer);
  timer.armed = true;
  timer.next = &timers_;
  timer.previous = timers_.previous;
  timers_.previous->next = &timer;
  timers_.previous = &timer;
}

void Loop::disarm(pipeline::Timer& timer) noexcept {
  if (!std::exchange(timer.armed, false)) return;
  timer.previous->next = timer.next;
  timer.next->previous = timer.previous;
}

pipeline::Timer* Loop::due_timer(Time now) const noexcept {
  for (pipeline::Timer* timer = timers_.next; timer != &timers_; timer = timer->next) {
    if (timer->deadline <= now) return timer;
  }
  return nullptr;
}

void Loop::fire_timers(Time now) noexcept {
  while (pipeline::Timer* timer = due_timer(now)) {
    disarm(*timer);
    timer->fire(*timer);
  }
}

}  // namespace portico::stopgap
