// SPDX-License-Identifier: Apache-2.0
// c-ares on a loop: one question, one reply. Answers larger than a datagram come by TCP, all by
// itself; servers that stay silent are asked again.
#pragma once

#include "loop/dns/message.h"
#include "loop/dns/name.h"
#include "loop/dns/options.h"
#include "loop/dns/socket_set.h"
#include "loop/loop.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

struct ares_channeldata;

namespace portico::loop::dns {

struct Reply {
  Outcome outcome{};
  std::span<const std::uint8_t> message;  ///< Where it is `Found`; for the time of the call.
};

class Channel;

/// Stays until it was answered.
struct Question {
  void (*answered)(Question&, const Reply&) noexcept = nullptr;
  Channel* channel = nullptr;  ///< The channel's.
};

class Channel final : SocketSet::Owner, Timer {
 public:
  /// Throws std::runtime_error, and std::invalid_argument for a server that is none.
  Channel(Loop& loop, const Options& options);
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  /// Answers what is open: `TimedOut`.
  ~Channel();

  /// `question.answered` runs once, perhaps within the call.
  void ask(const std::string& name, RecordType type, Question& question) noexcept;
  [[nodiscard]] bool idle() const noexcept { return open_questions_ == 0; }
  [[nodiscard]] const Search& search() const noexcept { return search_; }

  /// What the hosts file says; nothing when it does not know the name.
  [[nodiscard]] std::optional<Addresses> in_hosts(const std::string& name);

 private:
  static void hear(void* question, int status, int timeouts, unsigned char* message, int size);
  void open(const Options& options);
  void set_servers(const Options& options);
  void read_search();
  void rearm() noexcept;

  Loop& loop_;
  SocketSet sockets_;
  ares_channeldata* ares_ = nullptr;
  Search search_;
  std::size_t open_questions_ = 0;
};

}  // namespace portico::loop::dns
