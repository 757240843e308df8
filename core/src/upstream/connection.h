// SPDX-License-Identifier: Apache-2.0
// One connection to a backend: a socket, what the kernel said of it, and the call that it serves.
// One that serves none rests in its pool; a word from the backend then can only mean that it ends.
#pragma once

#include "loop/loop.h"
#include "tls/stream.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace portico::upstream {

class Call;
class Pool;

class Connection final : loop::Watch {
 public:
  enum class State : std::uint8_t {
    Connecting,
    Greeting,  ///< TLS is being agreed on.
    Open,
    Failed,  ///< It never came about; `fault` says why.
    Closed,
  };

  Connection(Pool& pool, tls::Stream stream) noexcept;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() = default;

  [[nodiscard]] State state() const noexcept { return state_; }
  [[nodiscard]] Pool& pool() const noexcept { return pool_; }
  /// A static text.
  [[nodiscard]] std::string_view fault() const noexcept { return fault_; }
  /// How many calls were answered over it.
  [[nodiscard]] std::uint32_t served() const noexcept { return served_; }

  /// From now on it is this call's, which is told of every event by `Call::stirred`.
  void lend(Call& call) noexcept { call_ = &call; }
  /// Whether it may be lent: a server that says something before it is asked is not to be trusted
  /// with where its next answer begins.
  [[nodiscard]] bool quiet() noexcept;
  /// The call is done with it, and it can serve another.
  void rest() noexcept;
  /// Nobody will use it any more. It dies at the end of the turn.
  void close() noexcept;

  /// Goes on with what connecting needs. Harmless when it is open.
  void proceed() noexcept;
  /// Both do nothing while an event is waited for; Closed and Broken end it, but for `close`.
  [[nodiscard]] tls::Moved send(loop::Output& output) noexcept;
  [[nodiscard]] tls::Moved receive(std::span<char> room) noexcept;
  /// Requires that bytes go as they are; how many came. What ends it is for the other `receive` to
  /// find.
  [[nodiscard]] std::size_t receive(loop::Pipe& pipe, std::size_t most) noexcept;
  /// Nothing more will be sent.
  void end_sending() noexcept { stream_.shut_down(); }

  [[nodiscard]] tls::Stream& stream() noexcept { return stream_; }
  [[nodiscard]] bool watch() noexcept;
  /// It never will be open.
  void fail(std::string_view why) noexcept;

  // The pool's, and of what is closed, the loop's.
  Connection* next = nullptr;
  Connection* previous = nullptr;
  std::chrono::nanoseconds rests_until{0};

 private:
  static void on_ready(loop::Watch& watch, std::uint32_t events) noexcept;
  void settle_connect() noexcept;
  void greet() noexcept;

  Pool& pool_;
  tls::Stream stream_;
  Call* call_ = nullptr;
  std::string_view fault_;
  std::uint32_t served_ = 0;
  State state_ = State::Connecting;
  bool watched_ = false;
  bool readable_ = false;
  bool writable_ = false;
  bool hung_up_ = false;
};

}  // namespace portico::upstream
