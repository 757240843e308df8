// SPDX-License-Identifier: Apache-2.0
#include "server/inherited_sockets.h"

#include "http/forwarded.h"
#include "server/socket.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <optional>
#include <string_view>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/un.h>
#include <unistd.h>

namespace portico::server {
namespace {

using Family = config::ListenAddress::Family;

constexpr int First = 3;

/// The number that the variable holds, which is gone afterwards.
[[nodiscard]] std::optional<int> take_number(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr) return std::nullopt;
  const std::string_view text = value;
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  ::unsetenv(name);
  return whole ? std::optional(number) : std::nullopt;
}

[[nodiscard]] std::optional<config::ListenAddress> address_of(int descriptor) {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &length) != 0) return {};
  config::ListenAddress where;
  std::array<char, http::AddressRoom> text{};
  if (storage.ss_family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, &storage, sizeof v4);
    where.port = ::ntohs(v4.sin_port);
    where.host = ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
  } else if (storage.ss_family == AF_INET6) {
    sockaddr_in6 v6;
    std::memcpy(&v6, &storage, sizeof v6);
    where.family = Family::V6;
    where.port = ::ntohs(v6.sin6_port);
    where.host = ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
  } else if (storage.ss_family == AF_UNIX) {
    sockaddr_un local;
    std::memcpy(&local, &storage, sizeof local);
    where.family = Family::Unix;
    where.path = local.sun_path;
  } else {
    return {};
  }
  return where;
}

void adopt(int descriptor) {
  ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

}  // namespace

InheritedSockets InheritedSockets::of_process() {
  InheritedSockets sockets;
  const auto process = take_number("LISTEN_PID");
  const auto count = take_number("LISTEN_FDS");
  ::unsetenv("LISTEN_FDNAMES");
  if (!count || process != ::getpid()) return sockets;
  for (int descriptor = First; descriptor < First + *count; ++descriptor) {
    auto where = address_of(descriptor);
    if (!where) continue;
    adopt(descriptor);
    sockets.entries_.push_back({std::move(*where), Socket(descriptor)});
  }
  return sockets;
}

std::vector<ListeningSocket> InheritedSockets::take(const config::ListenAddress& where) {
  const auto rest = std::stable_partition(entries_.begin(), entries_.end(),
                                          [&](const Entry& entry) { return entry.where != where; });
  std::vector<ListeningSocket> taken;
  for (auto entry = rest; entry != entries_.end(); ++entry) {
    // The file of a unix socket belongs to who made it.
    taken.emplace_back(std::move(entry->socket), std::string(), where.port);
  }
  entries_.erase(rest, entries_.end());
  return taken;
}

std::vector<std::string> InheritedSockets::addresses() const {
  std::vector<std::string> texts;
  std::ranges::transform(entries_, std::back_inserter(texts),
                         [](const Entry& entry) { return entry.where.text(); });
  return texts;
}

}  // namespace portico::server
