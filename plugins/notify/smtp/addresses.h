// SPDX-License-Identifier: Apache-2.0
// The addresses of a mail server's host. Any thread.
#pragma once

#include "smtp/deadline.h"
#include "smtp/waiting.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <sys/socket.h>

namespace portico::notify::smtp {

/// Of the network, with its port.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] bool is_loopback() const noexcept;
  /// "192.0.2.1", "2001:db8::1".
  [[nodiscard]] std::string text() const;
};

/// May block as long as it likes. Throws ConnectionFault where there are none.
using Resolve =
    std::function<std::vector<SocketAddress>(const std::string& host, std::uint16_t port)>;

/// By the system's resolver.
[[nodiscard]] std::vector<SocketAddress> resolve_by_system(const std::string& host,
                                                           std::uint16_t port);

/// Looks one host up. The system's resolver cannot be told to hurry; so it works on a thread of its
/// own, of which there is one at most: whoever comes while it works waits for the same answer.
class AddressLookup {
 public:
  AddressLookup(std::string host, std::uint16_t port, Resolve resolve);

  /// At least one. Throws ConnectionFault where there is none, and at the deadline.
  [[nodiscard]] std::vector<SocketAddress> find(const Deadline& deadline,
                                                const Interrupt& interrupt);

 private:
  struct Job;

  [[nodiscard]] std::shared_ptr<Job> job_under_way();

  const std::string host_;
  const std::uint16_t port_;
  const Resolve resolve_;
  std::mutex mutex_;
  std::shared_ptr<Job> job_;  // Its thread holds it too: it may outlive us.
};

}  // namespace portico::notify::smtp
