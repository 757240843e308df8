// SPDX-License-Identifier: Apache-2.0
// Bytes to and from a mail server, in clear or in TLS. Blocks, never longer than the deadline that
// it is given; throws ConnectionFault where the connection is of no more use. One thread at a time.
#pragma once

#include "smtp/deadline.h"
#include "smtp/dialing.h"
#include "smtp/tls.h"
#include "smtp/waiting.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portico::notify::smtp {

class Channel {
 public:
  /// `interrupt` must outlive it.
  Channel(Dialed dialed, const Interrupt& interrupt) noexcept;

  /// From here on all is TLS. Requires that nothing was read that is not used up.
  void secure(const TlsContext& context, const Deadline& deadline);
  [[nodiscard]] bool secured() const noexcept { return tls_.has_value(); }
  /// Whether whoever listens in between would have to be on this machine.
  [[nodiscard]] bool stays_here() const noexcept { return peer_.is_loopback(); }

  /// At least one byte.
  [[nodiscard]] std::size_t read(std::span<char> room, const Deadline& deadline);
  void write(std::string_view bytes, const Deadline& deadline);
  /// As polite as can be without a wait.
  void close() noexcept;

  /// Whether nothing has come, not even the end, since the last read.
  [[nodiscard]] bool silent() const noexcept;
  /// Our end's address.
  [[nodiscard]] SocketAddress own_address() const noexcept;

 private:
  [[nodiscard]] std::size_t receive(std::span<char> room, const Deadline& deadline);
  void send(std::string_view bytes, const Deadline& deadline);
  void send_output(const Deadline& deadline);
  void feed(const Deadline& deadline);

  Descriptor socket_;
  SocketAddress peer_;
  const Interrupt* interrupt_;
  std::optional<TlsEngine> tls_;
};

}  // namespace portico::notify::smtp
