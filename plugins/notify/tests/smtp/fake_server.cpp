// SPDX-License-Identifier: Apache-2.0
#include "smtp/fake_server.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <utility>

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portico::notify::test {
namespace {

constexpr int Patience = 20'000;

int listening_socket() {
  const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const void* const bytes = &address;
  if (::bind(listening, static_cast<const sockaddr*>(bytes), sizeof address) != 0 ||
      ::listen(listening, 16) != 0) {
    throw std::runtime_error("no port");
  }
  return listening;
}

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  void* const bytes = &address;
  ::getsockname(socket, static_cast<sockaddr*>(bytes), &size);
  return ntohs(address.sin_port);
}

}  // namespace

void Peer::Release::operator()(ssl_st* session) const noexcept { SSL_free(session); }

Peer::Peer(int socket) : socket_(socket) {}
Peer::~Peer() = default;

void Peer::say(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                              : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw Gone();
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Peer::fill(int milliseconds) {
  if (!tls_ || SSL_pending(tls_.get()) == 0) {
    pollfd polled{socket_, POLLIN, 0};
    if (::poll(&polled, 1, milliseconds) != 1) throw Gone();
  }
  std::array<char, 4096> buffer;
  const ssize_t got = tls_ ? SSL_read(tls_.get(), buffer.data(), buffer.size())
                           : ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (got <= 0) throw Gone();
  held_.append(buffer.data(), static_cast<std::size_t>(got));
  heard_.append(buffer.data(), static_cast<std::size_t>(got));
}

std::string Peer::hear_up_to(std::string_view end) {
  while (held_.find(end) == std::string::npos) fill(Patience);
  const std::size_t size = held_.find(end) + end.size();
  std::string heard = held_.substr(0, size);
  held_.erase(0, size);
  return heard;
}

std::string Peer::hear() {
  std::string line = hear_up_to("\r\n");
  line.resize(line.size() - 2);
  return line;
}

std::string Peer::hear_rest(int milliseconds) {
  try {
    while (true) fill(milliseconds);
  } catch (const Gone&) {
    return std::exchange(held_, {});
  }
}

void Peer::secure(const Certificate& certificate) {
  const std::unique_ptr<SSL_CTX, ReleasedBy<&SSL_CTX_free>> context(
      SSL_CTX_new(TLS_server_method()));
  SSL_CTX_use_certificate(context.get(), certificate.x509.get());
  SSL_CTX_use_PrivateKey(context.get(), certificate.key.get());
  tls_.reset(SSL_new(context.get()));
  SSL_set_fd(tls_.get(), socket_);
  if (SSL_accept(tls_.get()) != 1) throw Gone();
}

void Peer::end() { ::shutdown(socket_, SHUT_WR); }

void Peer::reset() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

void Peer::hesitate(int milliseconds) const {
  pollfd client{socket_, POLLRDHUP, 0};
  ::poll(&client, 1, milliseconds);
}

void Peer::wait_for_end() {
  while (true) fill(Patience);
}

FakeServer::FakeServer(std::vector<Script> scripts)
    : scripts_(std::move(scripts)), listening_(listening_socket()), port_(port_of(listening_)) {
  accepting_ = std::thread([this] { accept(); });
}

FakeServer::~FakeServer() {
  ::shutdown(listening_, SHUT_RDWR);
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  ::close(listening_);
}

void FakeServer::accept() {
  while (true) {
    const int socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const std::size_t index = std::min<std::size_t>(connections_++, scripts_.size() - 1);
    {
      const std::lock_guard lock(mutex_);
      sockets_.push_back(socket);
    }
    threads_.emplace_back([this, socket, index] { serve(socket, scripts_[index]); });
  }
}

void FakeServer::serve(int socket, const Script& script) {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  Peer peer(socket);
  try {
    script(peer);
  } catch (const Gone&) {
    // Most scripts end so.
  }
  const std::lock_guard lock(mutex_);
  std::erase(sockets_, socket);
  ::close(socket);
  heard_.push_back(peer.heard());
  ended_.notify_all();
}

std::vector<std::string> FakeServer::heard(std::size_t connections) {
  std::unique_lock lock(mutex_);
  const auto all = [&] { return heard_.size() >= connections; };
  if (ended_.wait_for(lock, std::chrono::milliseconds(Patience), all)) return heard_;
  throw std::runtime_error("the connections have no end");
}

namespace {

bool answer(Peer& peer, const Manners& manners, const std::string& line) {
  const std::string verb = line.substr(0, 4);
  if (verb == "EHLO") peer.say(manners.ehlo);
  if (verb == "HELO" || verb == "NOOP") peer.say("250 fake\r\n");
  if (verb == "RSET") peer.say(manners.rset);
  if (verb == "MAIL") peer.say(manners.mail);
  if (verb == "RCPT") peer.say(manners.rcpt);
  if (verb == "AUTH") peer.say(manners.auth);
  if (verb == "QUIT") peer.say("221 2.0.0 Bye\r\n");
  if (line == "STARTTLS") {
    peer.say("220 2.0.0 Go on\r\n");
    peer.secure(*manners.certificate);
  }
  return verb != "QUIT";
}

}  // namespace

FakeServer::Script well_mannered(const Manners& manners) {
  return [manners](Peer& peer) {
    if (manners.implicit_tls) peer.secure(*manners.certificate);
    peer.say(manners.greeting);
    int messages = 0;
    while (messages < manners.most_messages) {
      const std::string line = peer.hear();
      if (line != "DATA") {
        if (!answer(peer, manners, line)) return;
        continue;
      }
      peer.say(manners.data);
      if (!manners.data.starts_with("354")) continue;
      static_cast<void>(peer.hear_up_to("\r\n.\r\n"));
      peer.say(manners.message);
      ++messages;
    }
  };
}

}  // namespace portico::notify::test
