// SPDX-License-Identifier: Apache-2.0
#include "cli/run/control_socket.h"

#include "base/state_directory.h"

#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::cli {
namespace {

/// Whoever may connect is trusted not to keep us waiting for long.
constexpr timeval Patience{1, 0};

[[nodiscard]] std::string read_line(int descriptor) {
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &Patience, sizeof Patience);
  std::array<char, 8192> space;
  std::string line;
  while (line.find('\n') == std::string::npos && line.size() < space.size()) {
    const ssize_t got = ::recv(descriptor, space.data(), space.size(), 0);
    if (got <= 0) return {};
    line.append(space.data(), static_cast<std::size_t>(got));
  }
  return line.substr(0, line.find('\n'));
}

}  // namespace

void Asker::answer(std::string_view text) noexcept {
  if (!socket_.open()) return;
  const ssize_t ignored = ::send(socket_.descriptor(), text.data(), text.size(), MSG_NOSIGNAL);
  static_cast<void>(ignored);
  socket_.close();
}

config::ListenAddress ControlSocket::address() {
  config::ListenAddress where;
  where.family = config::ListenAddress::Family::Unix;
  where.path = (base::state_directory() / "control.sock").string();
  return where;
}

ControlSocket::ControlSocket(loop::Loop& loop, server::InheritedSockets& inherited, Heard heard)
    : loop_(loop), heard_(std::move(heard)) {
  ready = [](loop::Watch& watch, std::uint32_t) noexcept {
    static_cast<ControlSocket&>(watch).accept_one();
  };
  const config::ListenAddress where = address();
  sockets_ = inherited.take(where);
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(where.path).parent_path(), ignored);
  try {
    if (sockets_.empty()) sockets_ = server::open_listener(where, 1, server::Neighbours::None);
  } catch (const std::system_error&) {
    return;
  }
  ::chmod(where.path.c_str(), 0600);
  if (!loop_.watch_listener(sockets_.front().descriptor(), *this, false)) sockets_.clear();
}

ControlSocket::~ControlSocket() { close(); }

void ControlSocket::add_to(std::vector<server::Belonging>& belongings) const {
  for (const server::ListeningSocket& socket : sockets_) belongings.push_back(socket.belonging());
}

void ControlSocket::own_file() noexcept {
  for (server::ListeningSocket& socket : sockets_) socket.own_file();
}

void ControlSocket::leave_file() noexcept {
  for (server::ListeningSocket& socket : sockets_) socket.leave_file();
}

void ControlSocket::close() noexcept {
  if (!sockets_.empty()) loop_.forget(sockets_.front().descriptor());
  sockets_.clear();
}

void ControlSocket::accept_one() noexcept {
  loop::Socket asker(::accept4(sockets_.front().descriptor(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!asker.open()) return;
  std::string line = read_line(asker.descriptor());
  if (!line.empty()) heard_(std::move(line), Asker(std::move(asker)));
}

}  // namespace portico::cli
