// SPDX-License-Identifier: Apache-2.0
// The client's side of TLS, without a socket: bytes go in and come out. OpenSSL's error queue of
// the thread is left empty.
#pragma once

#include "smtp/server.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;

namespace portico::notify::smtp {

/// What all sessions with a server have in common. Any thread.
class TlsContext {
 public:
  /// Throws std::invalid_argument where the file of authorities cannot be read.
  explicit TlsContext(const SmtpServer& server);

 private:
  friend class TlsEngine;
  struct Release {
    void operator()(ssl_ctx_st* context) const noexcept;
  };

  /// The system's authorities, which take some 30 ms to read: with the first
  /// session.
  void trust_the_system() const;

  std::unique_ptr<ssl_ctx_st, Release> handle_;
  std::string host_;
  bool trusts_the_system_;
  mutable std::once_flag read_;
};

/// One session. One thread at a time.
class TlsEngine {
 public:
  enum class Io : std::uint8_t { Done, NeedsInput, Closed, Broken };

  /// Throws std::bad_alloc.
  explicit TlsEngine(const TlsContext& context);

  Io handshake() noexcept;
  /// Done: `bytes`, which are never none, are in `room`.
  struct Got {
    Io io;
    std::size_t bytes;
  };
  Got read(std::span<char> room) noexcept;
  /// Whether all of it is in `output`. Requires a handshake that is done.
  bool write(std::string_view bytes) noexcept;
  /// Says that nothing more will come from us.
  void shut_down() noexcept;

  /// What the server has sent.
  void feed(std::string_view bytes);
  /// What is to be sent now; it is gone from here.
  [[nodiscard]] std::string output();
  /// Why Broken: a sentence.
  [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

 private:
  struct Release {
    void operator()(ssl_st* session) const noexcept;
  };

  [[nodiscard]] Io outcome_of(int result) noexcept;

  std::unique_ptr<ssl_st, Release> session_;
  std::string fault_;
};

}  // namespace portico::notify::smtp
