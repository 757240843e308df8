// SPDX-License-Identifier: Apache-2.0
// A socket that accepts. For TCP each loop has one of its own on the same address (SO_REUSEPORT),
// so that the kernel spreads connections without a shared queue; a unix one is shared. Two
// processes must not share an address by mistake: `open_listener` first binds without SO_REUSEPORT,
// which fails where anybody listens, and `AddressLock` keeps out who does the same at the same
// moment.
#pragma once

#include "config/address.h"
#include "loop/socket.h"
#include "server/belonging.h"

#include <cstdint>
#include <string>
#include <vector>

namespace portico::server {

class ListeningSocket {
 public:
  /// `path`: the file of a unix one, if it is ours or is to become ours.
  ListeningSocket(loop::Socket socket, std::string path, std::uint16_t port) noexcept
      : socket_(std::move(socket)), path_(std::move(path)), port_(port) {}
  ListeningSocket(ListeningSocket&& other) noexcept = default;
  ListeningSocket& operator=(ListeningSocket&&) = delete;
  /// Removes the file, if it is ours.
  ~ListeningSocket();

  [[nodiscard]] int descriptor() const noexcept { return socket_.descriptor(); }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// The file goes with this object from now on, or stays for another process.
  void own_file() noexcept { owns_file_ = !path_.empty(); }
  void leave_file() noexcept { owns_file_ = false; }
  /// For another process.
  [[nodiscard]] Belonging belonging() const noexcept;

 private:
  loop::Socket socket_;
  std::string path_;
  std::uint16_t port_ = 0;
  bool owns_file_ = false;
};

/// Held as long as the process listens: nobody else in this network can hold the same.
class AddressLock {
 public:
  /// Throws std::system_error (EADDRINUSE) when another process holds it.
  explicit AddressLock(const config::ListenAddress& where);
  /// The one that another process hands over.
  explicit AddressLock(loop::Socket socket) noexcept : socket_(std::move(socket)) {}

  [[nodiscard]] Belonging belonging() const noexcept { return {socket_.descriptor(), LockName}; }
  /// What it is called.
  [[nodiscard]] static std::string name_of(const config::ListenAddress& where);

 private:
  loop::Socket socket_;
};

/// Who may listen on the same port already: nobody, or only this process, on an address that
/// overlaps with the one that is to be opened.
enum class Neighbours : std::uint8_t { None, Ours };

/// `count` sockets on one TCP address, or one on a unix path, whose stale file is replaced. Throws
/// std::system_error with the address; nothing is bound then.
[[nodiscard]] std::vector<ListeningSocket> open_listener(const config::ListenAddress& where,
                                                         std::size_t count, Neighbours neighbours);

}  // namespace portico::server
