// SPDX-License-Identifier: Apache-2.0
#include "http/forwarded.h"

#include "base/text.h"

#include <algorithm>
#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace portico::http {
namespace {

constexpr Address MappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0};
constexpr std::string_view ForwardedFor = "X-Forwarded-For";
constexpr std::string_view ForwardedProto = "X-Forwarded-Proto";

[[nodiscard]] bool is_forwarded(std::string_view name) {
  constexpr std::string_view Prefix = "X-Forwarded-";
  return base::iequals(name.substr(0, Prefix.size()), Prefix) || base::iequals(name, "Forwarded") ||
         base::iequals(name, "X-Real-IP");
}

void remove_forwarded(Headers& headers) {
  for (std::size_t i = headers.size(); i-- > 0;) {
    if (i < headers.size() && is_forwarded(headers[i].name)) headers.remove(headers[i].name);
  }
}

[[nodiscard]] bool contains(std::span<const Cidr> blocks, const Address& address) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&address](const Cidr& block) { return block.contains(address); });
}

/// Calls `take` with the members of all fields of that name, last first, until it returns false.
template <class Take>
void each_from_last(const Headers& headers, std::string_view name, Take take) {
  for (std::size_t i = headers.size(); i-- > 0;) {
    if (!base::iequals(headers[i].name, name)) continue;
    std::string_view rest = headers[i].value;
    for (std::size_t comma = rest.rfind(','); comma != std::string_view::npos;
         comma = rest.rfind(',')) {
      if (!take(base::trim(rest.substr(comma + 1)))) return;
      rest = rest.substr(0, comma);
    }
    if (!take(base::trim(rest))) return;
  }
}

/// Some proxies add the port: "192.0.2.1:4711", "[2001:db8::1]:4711".
[[nodiscard]] std::string_view without_port(std::string_view member) {
  if (member.starts_with('[')) return member.substr(1, member.find(']') - 1);
  const std::size_t colon = member.find(':');
  const bool one_colon = colon != std::string_view::npos && colon == member.rfind(':');
  return one_colon ? member.substr(0, colon) : member;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  Address address = MappedPrefix;
  const std::string terminated(text);
  if (::inet_pton(AF_INET, terminated.c_str(), &address[12]) == 1) return address;
  if (::inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

std::string_view write_address(const Address& address, std::span<char, AddressRoom> space) {
  if (std::memcmp(address.data(), MappedPrefix.data(), 12) == 0) {
    ::inet_ntop(AF_INET, &address[12], space.data(), AddressRoom);
  } else {
    ::inet_ntop(AF_INET6, address.data(), space.data(), AddressRoom);
  }
  return space.data();
}

std::string_view address_text(const Address& address, base::Arena& arena) {
  std::array<char, AddressRoom> text;
  return arena.copy(write_address(address, text));
}

Client find_client(Headers& headers, const Address& peer, const Client& direct,
                   std::span<const Cidr> trusted_proxies, base::Arena& arena) {
  if (!contains(trusted_proxies, peer)) {
    remove_forwarded(headers);
    return direct;
  }
  Client client = direct;
  client.forwarded = true;
  each_from_last(headers, ForwardedFor, [&](std::string_view member) {
    // What stands before something unreadable was not written by a proxy that we trust.
    const auto address = parse_address(without_port(member));
    if (!address) return false;
    client.address = address_text(*address, arena);
    return contains(trusted_proxies, *address);
  });
  each_from_last(headers, ForwardedProto, [&](std::string_view member) {
    if (base::iequals(member, "https")) client.scheme = "https";
    if (base::iequals(member, "http")) client.scheme = "http";
    return false;
  });
  return client;
}

}  // namespace portico::http
