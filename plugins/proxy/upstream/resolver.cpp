// SPDX-License-Identifier: Apache-2.0
#include "upstream/resolver.h"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace portico::proxy {
namespace {

using Answer = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

std::string text_of(const addrinfo& found) {
  std::array<char, NI_MAXHOST> text{};
  const int error = ::getnameinfo(found.ai_addr, found.ai_addrlen, text.data(), text.size(),
                                  nullptr, 0, NI_NUMERICHOST);
  return error == 0 ? std::string(text.data()) : std::string();
}

}  // namespace

std::vector<std::string> resolve_by_system(const std::string& name) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(name.c_str(), nullptr, &wanted, &found);
  // A small machine has no file of hosts, but RFC 6761 says what this name means.
  if (error != 0 && name == "localhost") return {"127.0.0.1"};
  if (error != 0) {
    throw std::runtime_error("the host " + name + " cannot be found: " + ::gai_strerror(error));
  }
  const Answer answer(found, &::freeaddrinfo);
  std::vector<std::string> addresses;
  for (const addrinfo* one = answer.get(); one != nullptr; one = one->ai_next) {
    std::string text = text_of(*one);
    // A link's own address says nothing without the link.
    if (text.empty() || text.find('%') != std::string::npos) continue;
    if (std::ranges::find(addresses, text) == addresses.end()) {
      addresses.push_back(std::move(text));
    }
  }
  if (addresses.empty()) throw std::runtime_error("the host " + name + " has no address");
  return addresses;
}

}  // namespace portico::proxy
