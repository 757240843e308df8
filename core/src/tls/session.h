// SPDX-License-Identifier: Apache-2.0
// One connection's TLS, of either side, on a non-blocking socket that someone else owns and closes.
// For one loop's thread. Nothing here blocks, throws or raises SIGPIPE, and OpenSSL's error queue
// of the thread is left empty.
//
// Made for edge-triggered events. A session reads ahead of what it gives out, so after `handshake`
// says Done, and whenever `read` says Done, more may lie in it that no event will tell of: `read`
// until WantRead. A read from the socket that came short counts as the last one, without asking the
// kernel again; whoever sees EPOLLRDHUP therefore calls `read` once more than it seems to need.
//
// An idle session holds 14 KiB (TLS 1.3, AES-256, measured), of which 7.5 KiB are OpenSSL's SSL
// itself; its two buffers of 16 KiB live only while a record is under way.
//
// WantRead and WantWrite say what the same call waits for, whichever call it was.
#pragma once

#include "tls/client_certificate.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <sys/uio.h>

struct ssl_st;

namespace portico::tls {

enum class Io : std::uint8_t {
  Done,
  WantRead,
  WantWrite,
  Closed,  ///< The peer is gone: close_notify, end of the stream, or a reset.
  Broken,  ///< What came was no good; `fault` says why. Nothing but closing is left.
};

struct Moved {
  Io io = Io::Broken;
  std::size_t bytes = 0;  ///< What moved before `io` happened.
};

/// Where small pieces become one record. One for each loop, not one for each connection: nothing
/// stays in it between two calls.
struct RecordBuffer {
  static constexpr std::size_t Size = 16 * 1024;
  std::array<char, Size> bytes;
};

class Session {
 public:
  /// None.
  Session() noexcept;
  Session(Session&& other) noexcept;
  Session& operator=(Session&& other) noexcept;
  ~Session();

  explicit operator bool() const noexcept { return ssl_ != nullptr; }

  Io handshake() noexcept;
  /// Fills `room`. Done: it is full. `bytes` may be more than 0 with any other outcome too.
  Moved read(std::span<char> room) noexcept;
  /// Sends the pieces in order, small ones gathered into one record. Done: all of it. After
  /// WantWrite or WantRead the next write begins where `bytes` ended, with the same bytes and at
  /// least as many.
  Moved write(std::span<const iovec> pieces, RecordBuffer& scratch) noexcept;
  Moved write(std::string_view bytes) noexcept;
  /// Sends close_notify; does not wait for the peer's. Done: it is sent, or cannot be. Requires
  /// that no write waits.
  Io shut_down() noexcept;

  /// What ALPN chose: "h2", "http/1.1", or empty.
  [[nodiscard]] std::string_view protocol() const noexcept;
  /// What the client asked for by SNI, as it wrote it, or empty.
  [[nodiscard]] std::string_view server_name() const noexcept;
  /// "TLSv1.3", and the cipher's name in OpenSSL's spelling: for logs. Static texts.
  [[nodiscard]] std::string_view version() const noexcept;
  [[nodiscard]] std::string_view cipher() const noexcept;
  [[nodiscard]] bool resumed() const noexcept;
  /// What the client proved to be, or null where it showed no certificate. Made at the first call.
  [[nodiscard]] const ClientCertificate* client() noexcept;
  /// Why Broken, for a log. Empty otherwise. A static text.
  [[nodiscard]] std::string_view fault() const noexcept;

 private:
  friend class Context;
  friend class ClientContext;
  enum class Side : std::uint8_t { Server, Client };
  struct Wire;
  struct Release {
    void operator()(ssl_st* ssl) const noexcept;
  };

  Session(ssl_st* ssl, int descriptor, Side side) noexcept;
  void begin() noexcept;
  Io outcome(int result) noexcept;
  Io broken(const char* why) noexcept;
  [[nodiscard]] bool inside_record() const noexcept;
  Moved send(const char* bytes, std::size_t size) noexcept;

  std::unique_ptr<ssl_st, Release> ssl_;
  std::unique_ptr<Wire> wire_;  // Stays in its place, however the session moves.
};

}  // namespace portico::tls
