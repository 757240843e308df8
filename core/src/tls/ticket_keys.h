// SPDX-License-Identifier: Apache-2.0
// The keys that seal session tickets, made from the gateway's `secret` and the wall clock: every
// node with the same secret has the same ones, before and after a restart. They change every twelve
// hours. Tickets of the period before are accepted (and renewed), and of the next one, because
// another node's clock may be ahead. Any thread.
#pragma once

#include "base/clock.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>

namespace portico::tls {

struct TicketKey {
  static constexpr std::size_t NameSize = 16;
  std::array<unsigned char, NameSize> name;  ///< Stands at the front of a ticket, in clear.
  std::array<unsigned char, 32> cipher;      ///< AES-256.
  std::array<unsigned char, 32> mac;         ///< HMAC-SHA256.
};

class TicketKeys {
 public:
  static constexpr std::chrono::hours Period{12};

  /// Throws std::runtime_error when OpenSSL refuses to derive keys. `clock` must live as long.
  TicketKeys(std::string_view secret, const base::Clock& clock);
  TicketKeys(const TicketKeys&) = delete;
  TicketKeys& operator=(const TicketKeys&) = delete;
  ~TicketKeys();

  /// What seals a ticket now.
  [[nodiscard]] TicketKey current() const;

  struct Opened {
    TicketKey key;
    bool current = false;
  };
  /// What opens a ticket with this name, or nothing.
  [[nodiscard]] std::optional<Opened> find(
      std::span<const unsigned char, TicketKey::NameSize> name) const;

 private:
  static constexpr std::size_t Present = 1;

  bool turn(std::int64_t period) const;  // With the lock held.

  std::array<unsigned char, 32> root_{};
  const base::Clock& clock_;
  // A handshake costs a thousand times what this lock does.
  mutable std::mutex mutex_;
  mutable std::int64_t period_ = -1;
  mutable std::array<TicketKey, 3> keys_{};  // Of the period before, the present and the next one.
};

}  // namespace portico::tls
