// SPDX-License-Identifier: Apache-2.0
#include "redis/addresses.h"

#include "http/forwarded.h"

#include <array>
#include <string>

namespace portico::redis {
namespace {

using upstream::SocketAddress;

[[nodiscard]] std::optional<SocketAddress> parse(const std::string& text) {
  const auto parsed = upstream::parse_socket_address(text);
  if (!parsed) return std::nullopt;
  return *parsed;
}

[[nodiscard]] std::string with_port(std::string_view host, std::uint16_t port) {
  const bool six = host.find(':') != std::string_view::npos;
  return (six ? "[" + std::string(host) + "]" : std::string(host)) + ":" + std::to_string(port);
}

}  // namespace

std::optional<SocketAddress> fixed_address(const Options& options) {
  if (!options.path.empty()) return parse("unix:" + options.path);
  return parse(with_port(options.host, options.port));
}

std::vector<SocketAddress> addresses_of(const loop::dns::Addresses& answer, std::uint16_t port) {
  std::vector<SocketAddress> addresses;
  for (const loop::dns::Address& each : answer.found) {
    std::array<char, http::AddressRoom> space;
    if (auto made = parse(with_port(http::write_address(each, space), port))) {
      addresses.push_back(*made);
    }
  }
  return addresses;
}

}  // namespace portico::redis
