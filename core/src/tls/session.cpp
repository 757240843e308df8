// SPDX-License-Identifier: Apache-2.0
#include "tls/session.h"

#include "tls/openssl.h"
#include "tls/socket_bio.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

#include <openssl/err.h>

namespace portico::tls {

struct Session::Wire {
  SocketState socket;
  const char* fault = nullptr;
  std::unique_ptr<const ClientCertificate> client;

  [[nodiscard]] bool broken() const noexcept { return fault != nullptr; }
};

void Session::Release::operator()(ssl_st* ssl) const noexcept { SSL_free(ssl); }

Session::Session() noexcept = default;
Session::Session(Session&& other) noexcept = default;
Session& Session::operator=(Session&& other) noexcept = default;
Session::~Session() = default;

Session::Session(ssl_st* ssl, int descriptor, Side side) noexcept
    : ssl_(ssl), wire_(new(std::nothrow) Wire) {
  if (wire_) wire_->socket.descriptor = descriptor;
  BioHandle bio = wire_ ? make_socket_bio(wire_->socket) : nullptr;
  if (!bio) {
    ssl_.reset();
    return;
  }
  BIO* both_ways = bio.release();
  SSL_set_bio(ssl, both_ways, both_ways);
  if (side == Side::Server) {
    SSL_set_accept_state(ssl);
  } else {
    SSL_set_connect_state(ssl);
  }
}

void Session::begin() noexcept {
  clear_errors();
  wire_->socket.dry = false;
}

Io Session::handshake() noexcept {
  if (!ssl_ || wire_->broken()) return Io::Broken;
  begin();
  const int result = SSL_do_handshake(ssl_.get());
  return result == 1 ? Io::Done : outcome(result);
}

Moved Session::read(std::span<char> room) noexcept {
  if (!ssl_ || wire_->broken()) return {};
  begin();
  std::size_t filled = 0;
  while (filled < room.size()) {
    std::size_t got = 0;
    const int result = SSL_read_ex(ssl_.get(), room.data() + filled, room.size() - filled, &got);
    if (result != 1) return {outcome(result), filled};
    filled += got;
  }
  return {Io::Done, filled};
}

Moved Session::write(std::string_view bytes) noexcept {
  if (!ssl_ || wire_->broken()) return {};
  begin();
  return send(bytes.data(), bytes.size());
}

Moved Session::send(const char* bytes, std::size_t size) noexcept {
  std::size_t sent = 0;
  while (sent < size) {
    std::size_t taken = 0;
    const int result = SSL_write_ex(ssl_.get(), bytes + sent, size - sent, &taken);
    if (result != 1) return {outcome(result), sent};
    sent += taken;
  }
  return {Io::Done, sent};
}

namespace {

/// A place in a list of pieces.
class Cursor {
 public:
  explicit Cursor(std::span<const iovec> pieces) noexcept : pieces_(pieces) { skip_empty(); }

  [[nodiscard]] bool at_end() const noexcept { return pieces_.empty(); }
  /// What is left of the piece. Requires that it is not at the end.
  [[nodiscard]] std::string_view piece() const noexcept {
    return {static_cast<const char*>(pieces_[0].iov_base) + offset_, pieces_[0].iov_len - offset_};
  }
  /// Within the piece.
  void advance(std::size_t bytes) noexcept {
    offset_ += bytes;
    skip_empty();
  }

 private:
  void skip_empty() noexcept {
    while (!pieces_.empty() && offset_ == pieces_[0].iov_len) {
      pieces_ = pieces_.subspan(1);
      offset_ = 0;
    }
  }

  std::span<const iovec> pieces_;
  std::size_t offset_ = 0;
};

/// Fills a record from the pieces, as far as they go.
std::size_t gather(Cursor& cursor, RecordBuffer& record) noexcept {
  std::size_t filled = 0;
  while (!cursor.at_end() && filled < RecordBuffer::Size) {
    const std::string_view piece = cursor.piece();
    const std::size_t part = std::min(piece.size(), RecordBuffer::Size - filled);
    std::memcpy(record.bytes.data() + filled, piece.data(), part);
    filled += part;
    cursor.advance(part);
  }
  return filled;
}

}  // namespace

// A record that waits for the socket is offered again by the same rule from the same place: it
// comes out with the same bytes, as OpenSSL demands.
Moved Session::write(std::span<const iovec> pieces, RecordBuffer& scratch) noexcept {
  if (!ssl_ || wire_->broken()) return {};
  begin();
  std::size_t total = 0;
  for (Cursor cursor(pieces); !cursor.at_end();) {
    Moved moved;
    std::string_view piece = cursor.piece();
    if (piece.size() >= RecordBuffer::Size) {
      // Whole records; the rest goes with what follows.
      piece = piece.substr(0, piece.size() - piece.size() % RecordBuffer::Size);
      cursor.advance(piece.size());
      moved = send(piece.data(), piece.size());
    } else {
      const std::size_t size = gather(cursor, scratch);
      moved = send(scratch.bytes.data(), size);
    }
    total += moved.bytes;
    if (moved.io != Io::Done) return {moved.io, total};
  }
  return {Io::Done, total};
}

Io Session::shut_down() noexcept {
  if (!ssl_ || wire_->broken() || wire_->socket.error != 0 || SSL_in_init(ssl_.get()) != 0)
    return Io::Done;
  begin();
  const int result = SSL_shutdown(ssl_.get());
  if (result >= 0) return Io::Done;
  return outcome(result) == Io::WantWrite ? Io::WantWrite : Io::Done;
}

Io Session::outcome(int result) noexcept {
  const int kind = SSL_get_error(ssl_.get(), result);
  const SocketState& socket = wire_->socket;
  if (kind == SSL_ERROR_WANT_READ) return Io::WantRead;
  if (kind == SSL_ERROR_WANT_WRITE) return Io::WantWrite;
  if (kind == SSL_ERROR_ZERO_RETURN) return Io::Closed;
  if (kind == SSL_ERROR_SYSCALL) {
    clear_errors();
    if (socket.error == EPIPE || socket.error == ECONNRESET) return Io::Closed;
    if (socket.error != 0) return broken(strerrordesc_np(socket.error));
    if (!socket.ended) return broken("OpenSSL failed without a reason");
    return inside_record() ? broken("the stream ended inside a record") : Io::Closed;
  }
  const bool unverified = ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_CERTIFICATE_VERIFY_FAILED;
  const char* reason = take_error();
  return broken(unverified ? X509_verify_cert_error_string(SSL_get_verify_result(ssl_.get()))
                           : reason);
}

Io Session::broken(const char* why) noexcept {
  wire_->fault = why;
  return Io::Broken;
}

bool Session::inside_record() const noexcept {
  // "RB": the header of a record was read and its body was not.
  return SSL_has_pending(ssl_.get()) != 0 || std::strcmp(SSL_rstate_string(ssl_.get()), "RB") == 0;
}

std::string_view Session::protocol() const noexcept {
  if (!ssl_) return {};
  const unsigned char* name = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &name, &size);
  return {reinterpret_cast<const char*>(name), size};
}

std::string_view Session::server_name() const noexcept {
  const char* name = ssl_ ? SSL_get_servername(ssl_.get(), TLSEXT_NAMETYPE_host_name) : nullptr;
  return name == nullptr ? std::string_view() : name;
}

std::string_view Session::version() const noexcept {
  return ssl_ ? SSL_get_version(ssl_.get()) : std::string_view();
}

std::string_view Session::cipher() const noexcept {
  return ssl_ ? SSL_get_cipher_name(ssl_.get()) : std::string_view();
}

bool Session::resumed() const noexcept { return ssl_ && SSL_session_reused(ssl_.get()) != 0; }

const ClientCertificate* Session::client() noexcept {
  if (!ssl_ || wire_->broken() || SSL_is_init_finished(ssl_.get()) == 0) return nullptr;
  if (wire_->client) return wire_->client.get();
  const X509* shown = SSL_get0_peer_certificate(ssl_.get());
  if (shown == nullptr || SSL_get_verify_result(ssl_.get()) != X509_V_OK) return nullptr;
  wire_->client = std::make_unique<const ClientCertificate>(ClientCertificate::of(*shown));
  return wire_->client.get();
}

std::string_view Session::fault() const noexcept {
  return wire_ && wire_->broken() ? wire_->fault : std::string_view();
}

}  // namespace portico::tls
