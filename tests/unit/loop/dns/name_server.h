// SPDX-License-Identifier: Apache-2.0
// A name server of the test, on the loop of whom it serves, that answers as badly as the test
// likes.
#pragma once

#include "loop/loop.h"
#include "unit/loop/dns/message_writer.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace portico::loop::dns {

class NameServer {
 public:
  using Answers = std::vector<Bytes>;

  /// On a port of its own, by datagram and by stream.
  explicit NameServer(Loop& loop);
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;
  ~NameServer();

  [[nodiscard]] int port() const noexcept { return port_; }
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  /// The datagrams that answer one; without it, none do.
  std::function<Answers(const Bytes& query)> by_datagram;
  /// The messages that answer one on a stream, which then ends.
  std::function<Answers(const Bytes& query)> by_stream;
  /// What it was asked for, in order.
  std::vector<std::string> asked;

 private:
  struct Ear : Watch {
    NameServer* server = nullptr;
    int descriptor = -1;
  };

  void take_datagram();
  void take_stream();
  void answer(Ear& stream);

  Loop& loop_;
  int port_ = 0;
  int datagrams_ = -1;
  int listener_ = -1;
  Ear datagram_ear_;
  Ear listener_ear_;
  std::vector<std::unique_ptr<Ear>> streams_;
};

}  // namespace portico::loop::dns
