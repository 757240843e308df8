// SPDX-License-Identifier: Apache-2.0
#include "smtp/channel.h"

#include "smtp/connection_fault.h"

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

namespace portico::notify::smtp {
namespace {

constexpr std::size_t BufferSize = 16 * 1024;

bool would_block() noexcept { return errno == EAGAIN || errno == EWOULDBLOCK; }

[[noreturn]] void lost() {
  throw ConnectionFault("The connection to the mail server was lost: " +
                        std::generic_category().message(errno) + ".");
}

[[noreturn]] void closed() { throw ConnectionFault("The mail server closed the connection."); }

}  // namespace

Channel::Channel(Dialed dialed, const Interrupt& interrupt) noexcept
    : socket_(std::move(dialed.socket)), peer_(dialed.peer), interrupt_(&interrupt) {}

std::size_t Channel::receive(std::span<char> room, const Deadline& deadline) {
  while (true) {
    const ssize_t got = ::recv(socket_.number(), room.data(), room.size(), 0);
    if (got > 0) return static_cast<std::size_t>(got);
    if (got == 0) closed();
    if (errno == EINTR) continue;
    if (!would_block()) lost();
    wait_for(socket_.number(), POLLIN, deadline, *interrupt_);
  }
}

void Channel::send(std::string_view bytes, const Deadline& deadline) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno == EINTR) continue;
    if (!would_block()) lost();
    wait_for(socket_.number(), POLLOUT, deadline, *interrupt_);
  }
}

void Channel::send_output(const Deadline& deadline) { send(tls_->output(), deadline); }

void Channel::feed(const Deadline& deadline) {
  std::array<char, BufferSize> buffer;
  const std::size_t got = receive(buffer, deadline);
  tls_->feed({buffer.data(), got});
}

void Channel::secure(const TlsContext& context, const Deadline& deadline) {
  tls_.emplace(context);
  while (true) {
    const TlsEngine::Io io = tls_->handshake();
    // An alert too: the server may log why we go.
    send_output(deadline);
    if (io == TlsEngine::Io::Done) return;
    if (io == TlsEngine::Io::Closed) closed();
    if (io == TlsEngine::Io::Broken) throw ConnectionFault(tls_->fault());
    feed(deadline);
  }
}

std::size_t Channel::read(std::span<char> room, const Deadline& deadline) {
  if (!tls_) return receive(room, deadline);
  while (true) {
    const TlsEngine::Got got = tls_->read(room);
    send_output(deadline);
    if (got.io == TlsEngine::Io::Done) return got.bytes;
    if (got.io == TlsEngine::Io::Closed) closed();
    if (got.io == TlsEngine::Io::Broken) throw ConnectionFault(tls_->fault());
    feed(deadline);
  }
}

void Channel::write(std::string_view bytes, const Deadline& deadline) {
  if (!tls_) {
    send(bytes, deadline);
    return;
  }
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, BufferSize);
    if (!tls_->write(piece)) throw ConnectionFault(tls_->fault());
    send_output(deadline);
    bytes.remove_prefix(piece.size());
  }
}

void Channel::close() noexcept {
  if (!tls_ || !socket_) return;
  tls_->shut_down();
  try {
    send_output(Deadline::after(std::chrono::milliseconds(0)));
  } catch (const std::exception&) {
    // Then it is gone without a word.
  }
}

bool Channel::silent() const noexcept {
  pollfd polled{socket_.number(), POLLIN | POLLRDHUP, 0};
  return ::poll(&polled, 1, 0) == 0;
}

SocketAddress Channel::own_address() const noexcept {
  SocketAddress address;
  address.size = sizeof address.storage;
  void* const storage = &address.storage;
  ::getsockname(socket_.number(), static_cast<sockaddr*>(storage), &address.size);
  return address;
}

}  // namespace portico::notify::smtp
