// SPDX-License-Identifier: Apache-2.0
#include "smtp/addresses.h"

#include "smtp/connection_fault.h"

#include <array>
#include <cstring>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>

namespace portico::notify::smtp {
namespace {

std::vector<SocketAddress> resolve(const std::string& host, std::uint16_t port, int flags) {
  addrinfo hints{};
  hints.ai_flags = flags | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failed = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (failed != 0) {
    throw ConnectionFault("The mail server's host " + host +
                          " has no address: " + ::gai_strerror(failed) + ".");
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
  std::vector<SocketAddress> addresses;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    SocketAddress& address = addresses.emplace_back();
    std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
    address.size = each->ai_addrlen;
  }
  return addresses;
}

template <class Address>
Address as(const SocketAddress& address) noexcept {
  Address read{};
  std::memcpy(&read, &address.storage, sizeof read);
  return read;
}

}  // namespace

bool SocketAddress::is_loopback() const noexcept {
  if (storage.ss_family == AF_INET) {
    return ntohl(as<sockaddr_in>(*this).sin_addr.s_addr) >> 24U == 127;
  }
  if (storage.ss_family != AF_INET6) return false;
  const in6_addr address = as<sockaddr_in6>(*this).sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&address)) return address.s6_addr[12] == 127;
  return IN6_IS_ADDR_LOOPBACK(&address);
}

std::string SocketAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const auto four = as<sockaddr_in>(*this);
  const auto six = as<sockaddr_in6>(*this);
  const bool is_four = storage.ss_family == AF_INET;
  const void* bytes = is_four ? static_cast<const void*>(&four.sin_addr) : &six.sin6_addr;
  ::inet_ntop(storage.ss_family, bytes, text.data(), text.size());
  return text.data();
}

std::vector<SocketAddress> resolve_by_system(const std::string& host, std::uint16_t port) {
  return resolve(host, port, 0);
}

struct AddressLookup::Job {
  Interrupt done;

  void run(const Resolve& find, const std::string& host, std::uint16_t port) noexcept {
    std::vector<SocketAddress> found;
    std::string why;
    try {
      found = find(host, port);
      if (found.empty()) why = "The mail server's host has no address.";
    } catch (const std::exception& exception) {
      why = exception.what();
    }
    const std::lock_guard lock(mutex_);
    addresses_ = std::move(found);
    fault_ = std::move(why);
    done.raise();
  }

  [[nodiscard]] std::vector<SocketAddress> addresses() {
    const std::lock_guard lock(mutex_);
    if (!fault_.empty()) throw ConnectionFault(fault_);
    return addresses_;
  }

 private:
  std::mutex mutex_;
  std::vector<SocketAddress> addresses_;
  std::string fault_;
};

AddressLookup::AddressLookup(std::string host, std::uint16_t port, Resolve resolve)
    : host_(std::move(host)), port_(port), resolve_(std::move(resolve)) {}

std::shared_ptr<AddressLookup::Job> AddressLookup::job_under_way() {
  const std::lock_guard lock(mutex_);
  if (job_ && !job_->done.raised()) return job_;
  auto job = std::make_shared<Job>();
  std::thread([job, find = resolve_, host = host_, port = port_] {
    job->run(find, host, port);
  }).detach();
  job_ = job;
  return job;
}

std::vector<SocketAddress> AddressLookup::find(const Deadline& deadline,
                                               const Interrupt& interrupt) {
  try {
    const std::shared_ptr<Job> job = job_under_way();
    wait_for(job->done.descriptor(), POLLIN, deadline, interrupt);
    return job->addresses();
  } catch (const std::system_error& error) {
    throw ConnectionFault(std::string("The mail server cannot be looked up: ") + error.what());
  }
}

}  // namespace portico::notify::smtp
