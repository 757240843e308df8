// SPDX-License-Identifier: Apache-2.0
#include "server/inherited_sockets.h"

#include "http/forwarded.h"
#include "loop/socket.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
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

/// The same for a text.
[[nodiscard]] std::string take_text(const char* name) {
  const char* const value = std::getenv(name);
  std::string text = value == nullptr ? "" : value;
  ::unsetenv(name);
  return text;
}

[[nodiscard]] std::string abstract_name_of(int descriptor) {
  sockaddr_un local{};
  socklen_t length = sizeof local;
  constexpr socklen_t Begin = offsetof(sockaddr_un, sun_path) + 1;
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&local), &length) != 0) return {};
  return {local.sun_path + 1, length > Begin ? length - Begin : 0};
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
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

}  // namespace

InheritedSockets InheritedSockets::of_process() {
  InheritedSockets sockets;
  const auto process = take_number("LISTEN_PID");
  const auto count = take_number("LISTEN_FDS");
  const std::string names = take_text("LISTEN_FDNAMES");
  if (!count || process != ::getpid()) return sockets;
  std::string_view rest = names;
  for (int descriptor = First; descriptor < First + *count; ++descriptor) {
    const std::string_view name = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    sockets.add(loop::Socket(descriptor), name);
  }
  return sockets;
}

void InheritedSockets::add(loop::Socket socket, std::string_view name) {
  ::fcntl(socket.descriptor(), F_SETFD, FD_CLOEXEC);
  if (name == ReportName) {
    report_ = std::move(socket);
  } else if (name == LockName) {
    locks_.push_back({abstract_name_of(socket.descriptor()), std::move(socket)});
  } else if (auto where = address_of(socket.descriptor())) {
    adopt(socket.descriptor());
    entries_.push_back({std::move(*where), std::move(socket), name != SocketName});
  }
}

std::vector<ListeningSocket> InheritedSockets::take(const config::ListenAddress& where) {
  const auto rest = std::stable_partition(entries_.begin(), entries_.end(),
                                          [&](const Entry& entry) { return entry.where != where; });
  std::vector<ListeningSocket> taken;
  for (auto entry = rest; entry != entries_.end(); ++entry) {
    taken.emplace_back(std::move(entry->socket), entry->lent ? std::string() : where.path,
                       where.port);
  }
  entries_.erase(rest, entries_.end());
  return taken;
}

std::shared_ptr<const AddressLock> InheritedSockets::take_lock(const config::ListenAddress& where) {
  const auto lock = std::ranges::find(locks_, AddressLock::name_of(where), &Lock::name);
  if (lock == locks_.end()) return nullptr;
  auto taken = std::make_shared<const AddressLock>(std::move(lock->socket));
  locks_.erase(lock);
  return taken;
}

std::vector<std::string> InheritedSockets::addresses() const {
  std::vector<std::string> texts;
  std::ranges::transform(entries_, std::back_inserter(texts),
                         [](const Entry& entry) { return entry.where.text(); });
  return texts;
}

}  // namespace portico::server
