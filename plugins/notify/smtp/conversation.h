// SPDX-License-Identifier: Apache-2.0
// Commands and their replies, over one channel. Throws ConnectionFault as Channel and ReplyReader
// do, and std::invalid_argument rather than saying a command that is more than one line. One thread
// at a time.
#pragma once

#include "smtp/channel.h"
#include "smtp/deadline.h"
#include "smtp/outcome.h"
#include "smtp/reply.h"

#include <chrono>
#include <string>
#include <string_view>

namespace portico::notify::smtp {

class Conversation {
 public:
  /// `timeout`: for each reply and each write.
  Conversation(Channel channel, std::chrono::milliseconds timeout, const Deadline& whole) noexcept;

  /// No wait from now on is longer than until `whole`.
  void limit(const Deadline& whole) noexcept { whole_ = whole; }
  /// What is under way, for whoever has to say where it ended.
  void enter(SmtpOutcome::Step step) noexcept { step_ = step; }
  [[nodiscard]] SmtpOutcome::Step step() const noexcept { return step_; }

  /// What `command` gives goes into one write. Without line ends; they are put behind each.
  void command(std::string_view line);
  void flush();
  /// As it is: a message.
  void write(std::string_view bytes);
  [[nodiscard]] Reply hear();
  [[nodiscard]] Reply ask(std::string_view line);

  void secure(const TlsContext& context);
  [[nodiscard]] const Channel& channel() const noexcept { return channel_; }
  /// Whether the server has said nothing that nobody asked for, and is there.
  [[nodiscard]] bool quiet() const noexcept;
  /// Says QUIT and does not wait.
  void leave() noexcept;

 private:
  [[nodiscard]] Deadline soon() const noexcept { return whole_.within(timeout_); }

  Channel channel_;
  ReplyReader replies_;
  std::chrono::milliseconds timeout_;
  Deadline whole_;
  SmtpOutcome::Step step_ = SmtpOutcome::Step::Greeting;
  std::string commands_;
};

/// Of a reply that is not what it should have been.
[[nodiscard]] SmtpOutcome refusal(const Reply& reply, SmtpOutcome::Step step);
/// Where no reply says more.
[[nodiscard]] SmtpOutcome unreachable(SmtpOutcome::Step step, std::string_view sentence);

}  // namespace portico::notify::smtp
