// SPDX-License-Identifier: Apache-2.0
#include "tls/socket_bio.h"

#include <cerrno>
#include <cstddef>

#include <sys/socket.h>

namespace portico::tls {

namespace {

SocketState& state_of(BIO* bio) noexcept { return *static_cast<SocketState*>(BIO_get_data(bio)); }

bool would_block(int error) noexcept { return error == EAGAIN || error == EWOULDBLOCK; }

int read_socket(BIO* bio, char* into, std::size_t room, std::size_t* filled) noexcept {
  BIO_clear_retry_flags(bio);
  SocketState& state = state_of(bio);
  *filled = 0;
  if (state.ended) return 0;
  ssize_t got = -1;
  if (!state.dry) {
    do got = ::recv(state.descriptor, into, room, 0);
    while (got < 0 && errno == EINTR);
  }
  if (got > 0) {
    *filled = static_cast<std::size_t>(got);
    state.dry = *filled < room;
    return 1;
  }
  if (state.dry || (got < 0 && would_block(errno))) {
    state.dry = true;
    BIO_set_retry_read(bio);
    return 0;
  }
  state.ended = true;
  if (got < 0) state.error = errno;
  return 0;
}

int write_socket(BIO* bio, const char* bytes, std::size_t size, std::size_t* taken) noexcept {
  BIO_clear_retry_flags(bio);
  SocketState& state = state_of(bio);
  *taken = 0;
  ssize_t sent = 0;
  do sent = ::send(state.descriptor, bytes, size, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent >= 0) {
    *taken = static_cast<std::size_t>(sent);
    return 1;
  }
  if (would_block(errno)) {
    BIO_set_retry_write(bio);
  } else {
    state.error = errno;
  }
  return 0;
}

/// Says nothing of an end of the stream (BIO_CTRL_EOF): OpenSSL would take it for an attack, send
/// an alert and refuse to write. The session knows by `ended`, and whoever half-closed still reads.
long control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) noexcept {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

int create(BIO* bio) noexcept {
  BIO_set_init(bio, 1);
  return 1;
}

/// Lives as long as the process: sessions may end after static objects do.
const BIO_METHOD* method() noexcept {
  static const BIO_METHOD* const made = [] {
    BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
    if (method == nullptr) return method;
    BIO_meth_set_read_ex(method, read_socket);
    BIO_meth_set_write_ex(method, write_socket);
    BIO_meth_set_ctrl(method, control);
    BIO_meth_set_create(method, create);
    return method;
  }();
  return made;
}

}  // namespace

BioHandle make_socket_bio(SocketState& state) noexcept {
  if (method() == nullptr) return nullptr;
  BioHandle bio(BIO_new(method()));
  if (bio) BIO_set_data(bio.get(), &state);
  return bio;
}

}  // namespace portico::tls
