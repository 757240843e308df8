// SPDX-License-Identifier: Apache-2.0
// One connection to a Redis that comes about, introduces itself and, when it breaks, comes about
// again: at once the first time, then after pauses that grow to half a second. Nothing in it
// blocks. For one loop's thread.
#pragma once

#include "loop/dns/lookup.h"
#include "loop/loop.h"
#include "loop/output.h"
#include "loop/timer.h"
#include "redis/reply_reader.h"
#include "redis/store.h"
#include "redis/surroundings.h"
#include "tls/stream.h"
#include "upstream/socket_address.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace portico::redis {

class Channel final : loop::Watch, loop::Timer, loop::Task {
 public:
  /// Who uses it. No function throws. It may write from each, and close it from `received` and
  /// `lost`.
  class User {
   public:
    virtual void opened() noexcept = 0;
    virtual void received(const ReplyReader& reply) noexcept = 0;
    /// It broke, or did not come about; it will be tried again.
    virtual void lost(std::string_view why) noexcept = 0;

   protected:
    ~User() = default;
  };

  /// Throws std::bad_alloc.
  Channel(Surroundings& surroundings, const std::shared_ptr<Store>& store, Figures& figures,
          User& user);
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  /// Not in a turn in which the loop had events for it.
  ~Channel();

  /// Requires that it was not opened before, or was closed.
  void open() noexcept;
  /// For good, and the user is not told.
  void close() noexcept;
  /// It is of no use any more, says the user, who is told that it was lost.
  void fail(std::string_view why) noexcept;
  [[nodiscard]] bool stands() const noexcept { return state_ == State::Open; }
  /// Of a connection that was lost: it stood long enough to be sought again at once.
  [[nodiscard]] bool was_steady() const noexcept { return failures_ <= 1; }

  /// Sends at the end of the turn, together with what else was written. Requires that it stands, or
  /// that `opened` is being called.
  void write(std::string_view bytes);
  [[nodiscard]] std::size_t unsent() const noexcept { return out_.waiting(); }

 private:
  enum class State : std::uint8_t {
    Closed,
    Resting,  ///< Until the next try.
    Resolving,
    Connecting,
    Greeting,     ///< TLS is being agreed on.
    Introducing,  ///< Who we are, and which database.
    Open,
  };
  enum class Courtesy : std::uint8_t { Auth, Select, Name, Ping };

  static void on_ready(loop::Watch& watch, std::uint32_t events) noexcept;
  static void on_time(loop::Timer& timer) noexcept;
  static void on_task(loop::Task& task) noexcept;

  void set_out() noexcept;
  void resolve();
  void connect_next() noexcept;
  [[nodiscard]] int connect(const upstream::SocketAddress& where);
  void settle() noexcept;
  void greet() noexcept;
  void introduce();
  void be_courteous(Courtesy courtesy, Redis::GivenWords words);
  void take_courtesy() noexcept;
  void try_next(std::string_view why) noexcept;
  void receive() noexcept;
  [[nodiscard]] bool take(std::string_view bytes) noexcept;
  void flush() noexcept;
  void drop_socket() noexcept;
  [[nodiscard]] std::chrono::nanoseconds pause() noexcept;

  Surroundings& surroundings_;
  const std::shared_ptr<Store> store_;
  Figures& figures_;
  User& user_;
  State state_ = State::Closed;
  std::uint32_t failures_ = 0;
  std::chrono::nanoseconds opened_at_{0};
  loop::dns::Lookup lookup_;
  std::vector<upstream::SocketAddress> addresses_;
  std::size_t next_address_ = 0;
  tls::Resumption resumption_;
  tls::Stream stream_;
  bool readable_ = false;
  bool writable_ = false;
  bool hung_up_ = false;
  std::array<Courtesy, 4> courtesies_{};
  std::size_t courtesies_said_ = 0;
  std::size_t courtesies_answered_ = 0;
  ReplyReader reader_;
  loop::Output out_;
};

}  // namespace portico::redis
