// SPDX-License-Identifier: Apache-2.0
#include "unit/loop/dns/name_server.h"

#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portico::loop::dns {
namespace {

int bound(int type, int port) {
  const int descriptor = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return descriptor;
  ::close(descriptor);
  return -1;
}

int port_of(int descriptor) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

Bytes read_exactly(int descriptor, std::size_t size) {
  Bytes bytes(size);
  if (::recv(descriptor, bytes.data(), size, MSG_WAITALL) != static_cast<ssize_t>(size))
    throw std::runtime_error("the stream ended early");
  return bytes;
}

}  // namespace

NameServer::NameServer(Loop& loop) : loop_(loop) {
  // The port that the kernel chose for datagrams may be taken for streams.
  for (int attempt = 0; attempt < 20 && listener_ < 0; ++attempt) {
    if (datagrams_ >= 0) ::close(datagrams_);
    datagrams_ = bound(SOCK_DGRAM, 0);
    port_ = port_of(datagrams_);
    listener_ = bound(SOCK_STREAM, port_);
  }
  if (listener_ < 0 || ::listen(listener_, 8) != 0) throw std::runtime_error("no port");
  datagram_ear_.server = listener_ear_.server = this;
  datagram_ear_.ready = [](Watch& watch, std::uint32_t) noexcept {
    static_cast<Ear&>(watch).server->take_datagram();
  };
  listener_ear_.ready = [](Watch& watch, std::uint32_t) noexcept {
    static_cast<Ear&>(watch).server->take_stream();
  };
  if (!loop_.watch_listener(datagrams_, datagram_ear_, false) ||
      !loop_.watch_listener(listener_, listener_ear_, false)) {
    throw std::runtime_error("epoll_ctl");
  }
}

NameServer::~NameServer() {
  for (const int descriptor : {datagrams_, listener_}) {
    loop_.forget(descriptor);
    ::close(descriptor);
  }
}

void NameServer::take_datagram() {
  Bytes query(4096);
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  auto* sender = reinterpret_cast<sockaddr*>(&from);
  const ssize_t got = ::recvfrom(datagrams_, query.data(), query.size(), 0, sender, &size);
  if (got <= 0) return;
  query.resize(static_cast<std::size_t>(got));
  asked.push_back(asked_for(query).name);
  if (!by_datagram) return;
  for (const Bytes& answer : by_datagram(query)) {
    ::sendto(datagrams_, answer.data(), answer.size(), 0, sender, size);
  }
}

void NameServer::take_stream() {
  auto ear = std::make_unique<Ear>();
  ear->server = this;
  ear->descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  ear->ready = [](Watch& watch, std::uint32_t) noexcept {
    auto& stream = static_cast<Ear&>(watch);
    stream.server->answer(stream);
  };
  if (!loop_.watch_listener(ear->descriptor, *ear, false)) throw std::runtime_error("epoll_ctl");
  streams_.push_back(std::move(ear));
}

/// One stream, one query.
void NameServer::answer(Ear& stream) {
  const Bytes length = read_exactly(stream.descriptor, 2);
  const Bytes query =
      read_exactly(stream.descriptor, static_cast<std::size_t>(length[0] << 8 | length[1]));
  for (const Bytes& message : by_stream ? by_stream(query) : Answers{}) {
    Bytes whole{static_cast<std::uint8_t>(message.size() >> 8),
                static_cast<std::uint8_t>(message.size() & 0xff)};
    whole.insert(whole.end(), message.begin(), message.end());
    ::send(stream.descriptor, whole.data(), whole.size(), MSG_NOSIGNAL);
  }
  loop_.forget(stream.descriptor);
  ::close(stream.descriptor);
}

}  // namespace portico::loop::dns
