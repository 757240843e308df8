// SPDX-License-Identifier: Apache-2.0
// One loop's connection to a Redis for commands, with those that wait for their replies.
//
// The circuit: while the connection does not come about, and while a reply is overdue, every
// command is answered `away` at once. It closes by itself: with the connection, and with the last
// overdue reply. Before the first failure, and while a connection that broke is sought again for
// the first time, commands wait for it as long as for a reply.
#pragma once

#include "redis/channel.h"
#include "redis/line.h"
#include "redis/waiting.h"

#include <chrono>
#include <cstddef>
#include <memory>

namespace portico::redis {

class Link final : Channel::User, loop::Timer {
 public:
  /// A connection that says nothing for so long while replies are overdue is given up.
  static constexpr std::chrono::nanoseconds LongestSilence = std::chrono::seconds(1);
  /// One that nobody uses is tried this often.
  static constexpr std::chrono::nanoseconds Idle = std::chrono::seconds(5);

  Link(Surroundings& surroundings, std::shared_ptr<Store> store);
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  /// In a task.
  ~Link();

  void ask(const Command& command, Asker& asker, std::chrono::nanoseconds patience) noexcept;
  void give_up(Asker& asker) noexcept;

  /// Every few seconds: tries a connection that nobody uses.
  void beat() noexcept;
  /// Nobody waits, and nobody will.
  [[nodiscard]] bool idle_for_good() const noexcept {
    return !store_->in_use() && waiting_.empty();
  }
  [[nodiscard]] const std::shared_ptr<Store>& store() const noexcept { return store_; }

 private:
  void opened() noexcept override;
  void received(const ReplyReader& reply) noexcept override;
  void lost(std::string_view why) noexcept override;
  static void on_time(loop::Timer& timer) noexcept;

  void answer(Asker& asker, Away why) noexcept;
  void answer_all(Away why) noexcept;
  [[nodiscard]] bool wanted(const Waiting& waiting) noexcept;
  [[nodiscard]] bool send_by_text(const Waiting& waiting, const ReplyReader& reply) noexcept;
  void expire() noexcept;
  void answer_overdue() noexcept;
  [[nodiscard]] std::chrono::nanoseconds silent_since() noexcept;
  [[nodiscard]] std::chrono::nanoseconds next_deadline() noexcept;
  void watch(std::chrono::nanoseconds moment) noexcept;
  void break_circuit(std::string_view why) noexcept;
  void close_circuit() noexcept;

  Surroundings& surroundings_;
  const std::shared_ptr<Store> store_;
  const std::shared_ptr<Figures> figures_;
  Channel channel_;
  WaitingLine waiting_;
  bool stood_ = false;
  bool broken_ = false;      // The circuit.
  std::size_t overdue_ = 0;  // Given up by us; Redis has not answered them yet.
  std::chrono::nanoseconds heard_{0};
  Asker beat_;
};

}  // namespace portico::redis
