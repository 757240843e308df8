// SPDX-License-Identifier: Apache-2.0
// Sends messages through one mail server, over a few connections that are kept for the next
// message. Any thread; every call comes back within the server's total timeout.
#pragma once

#include "mail/address.h"
#include "smtp/addresses.h"
#include "smtp/outcome.h"
#include "smtp/server.h"
#include "smtp/session.h"
#include "smtp/tls.h"
#include "smtp/waiting.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace portico::notify {

class SmtpPool {
 public:
  using Clock = std::chrono::steady_clock;

  struct Options {
    std::size_t messages = 100;     ///< Over one connection.
    std::chrono::seconds idle{30};  ///< After which a connection is not used again.
    std::function<Clock::time_point()> now = &Clock::now;  ///< For `idle` alone.
    smtp::Resolve resolve = &smtp::resolve_by_system;
  };

  /// At most so many connections at once. Throws std::invalid_argument with a sentence where
  /// `fault_of` finds a fault in the server or its file of authorities cannot be read.
  SmtpPool(SmtpServer server, std::size_t connections);
  SmtpPool(SmtpServer server, std::size_t connections, Options options);
  SmtpPool(const SmtpPool&) = delete;
  SmtpPool& operator=(const SmtpPool&) = delete;
  /// No `send` may be under way.
  ~SmtpPool();

  /// `wire` as `wire_text` gives it; std::invalid_argument for what is no such thing. Later too
  /// where no connection became free in time.
  [[nodiscard]] SmtpOutcome send(const Address& envelope_from, const Address& to,
                                 std::string_view wire);

  /// Closes the connections that were idle too long. They would else stay until somebody sends.
  void close_idle();
  /// Ends what is under way: every `send` comes back soon, from now on at once.
  void stop() noexcept;

 private:
  struct Idle {
    std::unique_ptr<smtp::Session> session;
    Clock::time_point since;
  };
  class Place;

  [[nodiscard]] std::optional<Place> take_place(const smtp::Deadline& deadline);
  [[nodiscard]] SmtpOutcome no_place() const;
  [[nodiscard]] std::unique_ptr<smtp::Session> take_idle();
  [[nodiscard]] std::vector<Idle> take_expired();
  void keep(std::unique_ptr<smtp::Session> session);
  [[nodiscard]] SmtpOutcome send_anew(const smtp::Envelope& envelope, std::string_view wire,
                                      const smtp::Deadline& deadline);

  const SmtpServer server_;
  const std::size_t connections_;
  const Options options_;
  const smtp::TlsContext context_;
  smtp::AddressLookup lookup_;
  smtp::Interrupt interrupt_;

  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t busy_ = 0;    // Places that are taken.
  std::vector<Idle> idle_;  // The latest used at the end.
  bool stopped_ = false;
};

}  // namespace portico::notify
