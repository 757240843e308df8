// SPDX-License-Identifier: Apache-2.0
#include "cli/run/upgrade.h"

#include "cli/run/predecessor.h"

#include <array>
#include <utility>

#include <unistd.h>

namespace portico::cli {

Upgrade::Upgrade(loop::Loop& loop, Done done) : loop_(loop), done_(std::move(done)) {
  fire = [](loop::Timer& timer) noexcept {
    auto& self = static_cast<Upgrade&>(timer);
    self.late_ = true;
    self.successor_->kill();
  };
  report_ear_.upgrade = end_ear_.upgrade = this;
  report_ear_.ready = [](loop::Watch& watch, std::uint32_t) noexcept {
    static_cast<Ear&>(watch).upgrade->hear();
  };
  end_ear_.ready = [](loop::Watch& watch, std::uint32_t) noexcept {
    static_cast<Ear&>(watch).upgrade->find_ended();
  };
}

Upgrade::~Upgrade() { abandon(); }

void Upgrade::begin(const std::vector<std::string>& words,
                    std::vector<server::Belonging> belongings) {
  report_.clear();
  late_ = false;
  auto started = Successor::start(words, std::move(belongings));
  if (!started) return done_({.reason = words.front() + " cannot be started: " + started.error()});
  successor_ = *std::move(started);
  const bool heard = loop_.watch_listener(successor_->report(), report_ear_, false) &&
                     loop_.watch_listener(successor_->end(), end_ear_, false);
  if (!heard) {
    abandon();
    return done_({.reason = "the new process cannot be watched"});
  }
  loop_.timers().move(*this, loop_.clock().now() + Patience);
}

void Upgrade::abandon() noexcept {
  loop_.timers().disarm(*this);
  if (!successor_) return;
  successor_->kill();
  static_cast<void>(successor_->reap());
  successor_.reset();
}

void Upgrade::hear() noexcept {
  if (!successor_) return;
  std::array<char, 4096> space;
  const ssize_t got = ::read(successor_->report(), space.data(), space.size());
  if (got > 0) report_.append(space.data(), static_cast<std::size_t>(got));
  // Its end tells the rest.
  if (got == 0) loop_.forget(successor_->report());
  if (report_ == Predecessor::Ready) finish({.process = successor_->pid()});
}

void Upgrade::find_ended() noexcept {
  if (!successor_) return;
  std::array<char, 4096> space;
  for (ssize_t got = 0; (got = ::read(successor_->report(), space.data(), space.size())) > 0;) {
    report_.append(space.data(), static_cast<std::size_t>(got));
  }
  const Successor::End end = successor_->reap();
  std::string reason = "the new process " + end.text;
  if (late_) reason = "the new process did not serve within 60 seconds";
  if (!report_.empty()) reason += ":\n" + report_;
  finish({.reason = std::move(reason), .code = end.code});
}

void Upgrade::finish(Outcome outcome) {
  loop_.timers().disarm(*this);
  successor_.reset();
  done_(std::move(outcome));
}

}  // namespace portico::cli
