// SPDX-License-Identifier: Apache-2.0
#include "redis/link.h"

#include <algorithm>
#include <new>
#include <utility>

namespace portico::redis {
namespace {

constexpr std::string_view Ping = "*1\r\n$4\r\nPING\r\n";
constexpr std::string_view NoMemory = "no memory is left";
constexpr std::string_view TooLate = "no answer in time";
/// A Redis that takes nothing is not filled up for ever.
constexpr std::size_t MostUnsent = std::size_t{8} * 1024 * 1024;

}  // namespace

Link::Link(Surroundings& surroundings, std::shared_ptr<Store> store)
    : surroundings_(surroundings),
      store_(std::move(store)),
      figures_(store_->new_figures()),
      channel_(surroundings_, store_, *figures_, *this) {
  Timer::fire = on_time;
  beat_.answered = [](Asker&, RedisReply) noexcept {};
  channel_.open();
}

Link::~Link() {
  channel_.close();
  surroundings_.loop.timers().disarm(*this);
  answer_all(Away::NotConnected);
  if (broken_) store_->forgotten();
}

void Link::answer(Asker& asker, Away why) noexcept {
  figures_->count(why);
  asker.link = nullptr;
  asker.answered(asker, away(why));
}

void Link::ask(const Command& command, Asker& asker, std::chrono::nanoseconds patience) noexcept {
  if (broken_) return answer(asker, Away::NotConnected);
  if (waiting_.size() >= store_->options.most_waiting || channel_.unsent() > MostUnsent) {
    return answer(asker, Away::Overloaded);
  }
  const auto now = surroundings_.now();
  try {
    asker.place = waiting_.push(
        {.asker = &asker, .command = command, .asked = now, .deadline = now + patience});
    asker.link = this;
    if (channel_.stands()) channel_.write(command.bytes);
  } catch (const std::bad_alloc&) {
    if (asker.link == nullptr) return answer(asker, Away::Overloaded);
    return channel_.fail(NoMemory);  // Replies would go to the wrong askers from here on.
  }
  watch(now + patience);
}

void Link::give_up(Asker& asker) noexcept {
  if (std::exchange(asker.link, nullptr) != nullptr) waiting_.at(asker.place).asker = nullptr;
}

void Link::opened() noexcept {
  stood_ = true;
  heard_ = surroundings_.now();
  close_circuit();
  try {
    // What nobody wants any more was never sent, so no reply will come for it.
    for (std::size_t left = waiting_.size(); left != 0; --left) {
      const Waiting waiting = waiting_.pop();
      if (waiting.asker == nullptr) continue;
      waiting.asker->place = waiting_.push(waiting);
      channel_.write(waiting.command.bytes);
    }
  } catch (const std::bad_alloc&) {
    channel_.fail(NoMemory);
  }
}

void Link::received(const ReplyReader& reply) noexcept {
  if (waiting_.empty()) return channel_.fail("it answered what nobody asked");
  heard_ = surroundings_.now();
  const Waiting waiting = waiting_.pop();
  if (waiting.overdue && --overdue_ == 0) close_circuit();
  if (!wanted(waiting) || send_by_text(waiting, reply)) return;
  (reply.kind() == RedisValue::Kind::Error ? figures_->refused : figures_->answered).add();
  figures_->latency.add(heard_ - waiting.asked);
  Asker& asker = *waiting.asker;
  asker.link = nullptr;
  try {
    asker.answered(asker, reply.make(asker.arena));
  } catch (const std::bad_alloc&) {
    answer(asker, Away::Overloaded);
  }
}

bool Link::wanted(const Waiting& waiting) noexcept {
  if (waiting.asker == &beat_) beat_.link = nullptr;
  return waiting.asker != nullptr && waiting.asker != &beat_;
}

/// A script that Redis does not know, because it was started anew or its scripts were flushed.
bool Link::send_by_text(const Waiting& waiting, const ReplyReader& reply) noexcept {
  const bool unknown = waiting.command.script != nullptr && !waiting.by_text &&
                       reply.kind() == RedisValue::Kind::Error &&
                       reply.text().starts_with("NOSCRIPT");
  if (!unknown) return false;
  Waiting again = waiting;
  again.by_text = true;
  try {
    const std::string head = eval_head(waiting.command);
    waiting.asker->place = waiting_.push(again);
    channel_.write(head);
    channel_.write(waiting.command.bytes.substr(waiting.command.rest));
  } catch (const std::bad_alloc&) {
    return false;
  }
  return true;
}

void Link::lost(std::string_view why) noexcept {
  const bool stood = std::exchange(stood_, false);
  overdue_ = 0;
  // A connection that broke is sought again at once. Only when that fails too is Redis away.
  if (!stood || !channel_.was_steady() || broken_) break_circuit(why);
  answer_all(stood ? Away::Broken : Away::NotConnected);
}

void Link::break_circuit(std::string_view why) noexcept {
  if (std::exchange(broken_, true)) return store_->still_lost(why);
  store_->lost(why);
}

void Link::close_circuit() noexcept {
  if (std::exchange(broken_, false)) store_->found();
}

/// Who is answered may ask again at once.
void Link::answer_all(Away why) noexcept {
  for (std::size_t left = waiting_.size(); left != 0; --left) {
    const Waiting waiting = waiting_.pop();
    if (waiting.asker != nullptr) answer(*waiting.asker, why);
  }
}

void Link::watch(std::chrono::nanoseconds moment) noexcept {
  if (!armed || moment < deadline) surroundings_.loop.timers().move(*this, moment);
}

void Link::on_time(loop::Timer& timer) noexcept { static_cast<Link&>(timer).expire(); }

void Link::expire() noexcept {
  answer_overdue();
  if (overdue_ != 0 && surroundings_.now() - silent_since() >= LongestSilence) {
    return channel_.fail(TooLate);
  }
  const auto moment = next_deadline();
  if (moment != loop::TimerWheel::Never) watch(moment);
}

/// Each keeps its place, for its reply will come, unless it was never sent.
void Link::answer_overdue() noexcept {
  const auto now = surroundings_.now();
  for (std::uint64_t place = waiting_.first(); place != waiting_.end(); ++place) {
    Waiting& waiting = waiting_.at(place);
    if (waiting.asker == nullptr || waiting.deadline > now) continue;
    Asker& asker = *std::exchange(waiting.asker, nullptr);
    waiting.overdue = stood_;
    if (stood_) ++overdue_;
    if (!broken_) break_circuit(TooLate);  // Before somebody asks again.
    answer(asker, Away::TimedOut);
  }
}

/// Requires that something is overdue.
std::chrono::nanoseconds Link::silent_since() noexcept {
  return std::max(heard_, waiting_.at(waiting_.first()).asked);
}

std::chrono::nanoseconds Link::next_deadline() noexcept {
  auto first = overdue_ == 0 ? loop::TimerWheel::Never : silent_since() + LongestSilence;
  for (std::uint64_t place = waiting_.first(); place != waiting_.end(); ++place) {
    const Waiting& waiting = waiting_.at(place);
    if (waiting.asker != nullptr) first = std::min(first, waiting.deadline);
  }
  return first;
}

void Link::beat() noexcept {
  if (!stood_ || !waiting_.empty() || surroundings_.now() - heard_ < Idle) return;
  ask({.bytes = Ping}, beat_, store_->options.timeout);
}

}  // namespace portico::redis
