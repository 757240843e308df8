// SPDX-License-Identifier: Apache-2.0
// The mail server that everything is handed to, as the settings name it. A value.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace portico::notify {

struct SmtpServer {
  enum class Tls : std::uint8_t {
    Never,
    IfOffered,  ///< In clear where the server offers none: no secret travels so, but who listens
                ///< reads.
    Required,   ///< By STARTTLS, before anything is said that matters.
    Implicit,   ///< From the first byte on, as on port 465.
  };

  std::string host{};  ///< A name, or an address of the network without brackets.
  std::uint16_t port = 587;
  Tls tls = Tls::Required;
  /// Whether its certificate must be of an authority that is trusted and for `host`.
  bool verify = true;
  std::string ca_file{};  ///< PEM file of the authorities to trust; the system's when empty.
  std::string user{};     ///< Empty: nobody logs in.
  std::string password{};
  std::string helo{};  ///< How we are called; our address of the network when empty.
  /// To look the host up and to connect, all its addresses together.
  std::chrono::milliseconds connect_timeout{10'000};
  /// For each answer, the handshake of TLS, and each 64 KiB of a message.
  std::chrono::milliseconds timeout{30'000};
  /// For a message from beginning to end: the wait for a connection and what goes on with it.
  std::chrono::milliseconds total_timeout{60'000};
};

/// A sentence that says what to write; empty where there is no fault. Reads no file.
[[nodiscard]] std::string fault_of(const SmtpServer& server);

}  // namespace portico::notify
