// SPDX-License-Identifier: Apache-2.0
// The bytes of a connection: what comes before the first request, and the way to the socket, with
// and without TLS.
#include "http/proxy_header.h"
#include "server/connection.h"
#include "server/lane.h"

#include <array>
#include <cerrno>
#include <utility>

#include <sys/socket.h>

namespace portico::server {
namespace {

constexpr std::size_t DiscardSize = 16 * 1024;

/// Not now, but later. Signals are blocked in every lane; EINTR is tried again all the same.
[[nodiscard]] bool for_later() noexcept { return errno == EAGAIN || errno == EINTR; }

}  // namespace

/// The header is looked at where it lies and then taken to its end and no further: what follows is
/// for TLS, which reads from the socket by itself.
void Connection::hear_announcement() {
  std::array<char, http::ProxyHeader::MostBytes> space;
  const ssize_t there = ::recv(stream_.descriptor(), space.data(), space.size(), MSG_PEEK);
  if (there < 0 && for_later()) return;
  if (there <= 0) return close();
  const std::string_view bytes(space.data(), static_cast<std::size_t>(there));
  const http::ProxyHeader header = http::parse_proxy_header(bytes);
  switch (header.state) {
    case http::h1::Parsed::More:
      if (hung_up_) close();
      return;
    case http::h1::Parsed::Refused: {
      const std::array fields{services::Field{"client", peer_.text}};
      lane_.parts().log.write(Level::Debug, "core", "no header of the PROXY protocol", fields);
      return close();
    }
    case http::h1::Parsed::Done: break;
  }
  if (::recv(stream_.descriptor(), space.data(), header.size, 0) < 0) return close();
  if (header.source) peer_ = peer_at(header.source->address);
  if (!lane_.charge(*this)) return cut();
  phase_ = after_announcement();
}

void Connection::greet() {
  switch (stream_.session().handshake()) {
    case tls::Io::Done:
      lane_.meter().greeted.add();
      phase_ = Phase::Serving;
      certificate_ = stream_.session().client();
      readable_ = true;  // What came behind the handshake lies in the session already.
      break;
    case tls::Io::WantRead:
      if (hung_up_) close();
      break;
    case tls::Io::WantWrite: break;
    case tls::Io::Closed: close(); break;
    case tls::Io::Broken: {
      lane_.meter().broken.add();
      const std::array fields{services::Field{"client", peer_.text},
                              services::Field{"reason", stream_.session().fault()}};
      lane_.parts().log.write(Level::Debug, "core", "a TLS handshake failed", fields);
      close();
    }
  }
}

/// Whether the client's side took something, or the client is lost.
bool Connection::flush() {
  if (!writable_ || lost() || exchange_->output().waiting() == 0) return false;
  const tls::Moved moved = stream_.send(exchange_->output(), lane_.record_buffer());
  exchange_->sent(moved.bytes);
  writable_ = moved.io == tls::Io::Done;
  if (moved.io == tls::Io::Closed || moved.io == tls::Io::Broken) close();
  return moved.bytes > 0 || lost();
}

/// Whether something came, or the client is lost.
bool Connection::receive() {
  if (!readable_ || lost()) return false;
  if (exchange_->input().flows()) {
    if (receive_by_pipe()) return true;
    if (!readable_) return false;
  }
  const tls::Moved moved = stream_.receive(exchange_->input().room());
  if (moved.bytes > 0) exchange_->received(moved.bytes);
  switch (moved.io) {
    case tls::Io::Done: break;
    case tls::Io::WantRead:
    case tls::Io::WantWrite:
      // A short read has emptied the socket; what comes now is told by an edge of its own. But the
      // end of the stream was told already.
      readable_ = hung_up_ && moved.bytes > 0;
      break;
    case tls::Io::Closed:
      readable_ = false;
      ended_ = true;
      break;
    case tls::Io::Broken: close(); break;
  }
  return moved.bytes > 0 || lost();
}

/// Whether something came that way. What ends the connection is found by memory.
bool Connection::receive_by_pipe() {
  const std::size_t most = stream_.plain() ? exchange_->takes_pipe() : 0;
  if (most == 0) return false;
  loop::Pipes::Lent pipe = lane_.outbound().pipes().lend();
  if (pipe == nullptr) return false;
  const tls::Moved moved = stream_.receive(*pipe, most);
  if (moved.io == tls::Io::WantRead) readable_ = false;
  exchange_->received(std::move(pipe));
  return moved.bytes > 0;
}

/// Closing with unread bytes would reset the connection, and the client might lose the answer.
void Connection::discard() noexcept {
  std::array<char, DiscardSize> space;
  while (readable_ && !lost()) {
    const ssize_t got = ::recv(stream_.descriptor(), space.data(), space.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    readable_ = got > 0;
    if (got > 0) discarded_ += static_cast<std::size_t>(got);
    const bool ended = got == 0 || (got < 0 && !for_later());
    if (ended || discarded_ > lane_.options().limits.linger_bytes) close();
  }
}

}  // namespace portico::server
