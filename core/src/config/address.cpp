// SPDX-License-Identifier: Apache-2.0
#include "config/address.h"

#include "base/text.h"
#include "config/units.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace portico::config {
namespace {

constexpr std::size_t LongestSocketPath = 107;

std::string quote(std::string_view text) { return '"' + base::shorten(text, 60) + '"'; }

std::optional<std::uint16_t> parse_port(std::string_view digits) noexcept {
  if (digits.empty() || digits.size() > 5 ||
      !std::all_of(digits.begin(), digits.end(), base::is_digit)) {
    return {};
  }
  unsigned port = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (port > 65535) return {};
  return static_cast<std::uint16_t>(port);
}

Result<ListenAddress> parse_socket(std::string_view path) {
  if (!path.starts_with('/')) {
    return Error("\"unix:\" needs a path that begins with /; write unix:/run/portico/http.sock");
  }
  if (path.size() > LongestSocketPath) {
    return Error("the path of the socket has more than 107 bytes; write a shorter one");
  }
  const bool printable = std::none_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (!printable) return Error("the path of the socket has a control character in it");
  ListenAddress address;
  address.family = ListenAddress::Family::Unix;
  address.path = path;
  return address;
}

/// Where there is no valid address before the port.
Error fault_of_host(std::string_view host, std::string_view port) {
  const std::string with_port = ':' + std::string(port);
  if (host.empty() || host == "*") {
    return Error("the address has no host; write 0.0.0.0" + with_port + " or [::]" + with_port);
  }
  if (base::iequals(host, "localhost")) {
    return Error("\"localhost\" is a name; write 127.0.0.1" + with_port + " or [::1]" + with_port);
  }
  if (parse_ip(host) && host.find(':') != std::string_view::npos) {
    return Error("an IPv6 address needs brackets; write [" + std::string(host) + "]" + with_port);
  }
  return Error(quote(host) + " is not an address; write the IP address of an interface, such as " +
               "0.0.0.0" + with_port);
}

}  // namespace

std::string ListenAddress::text() const {
  if (family == Family::Unix) return "unix:" + path;
  const std::string shown = family == Family::V6 ? '[' + host + ']' : host;
  return shown + ':' + std::to_string(port);
}

bool ListenAddress::loopback() const noexcept {
  if (family == Family::Unix) return true;
  const auto address = parse_ip(host);
  if (!address) return false;
  constexpr Address One{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  constexpr Cidr V4{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 0}, 104};
  return *address == One || V4.contains(*address);
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
  if (text.starts_with("unix:")) return parse_socket(text.substr(5));
  const std::size_t colon = text.rfind(':');
  const bool bracketed = text.starts_with('[');
  if (colon == std::string_view::npos) {
    if (const auto port = parse_port(text)) return fault_of_host("", text);
    return Error(quote(text) + " has no port; write an address and a port, such as 0.0.0.0:8080");
  }
  const std::string_view digits = text.substr(colon + 1);
  const auto port = parse_port(digits);
  if (!port) {
    return Error("the port of " + quote(text) +
                 " is not a number from 0 to 65535; write an address such as 0.0.0.0:8080");
  }
  std::string_view host = text.substr(0, colon);
  if (bracketed && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto address = parse_ip(host);
  const bool v6 = host.find(':') != std::string_view::npos;
  if (!address || v6 != bracketed) return fault_of_host(host, digits);

  ListenAddress listen;
  listen.family = v6 ? ListenAddress::Family::V6 : ListenAddress::Family::V4;
  listen.host = host;
  listen.port = *port;
  return listen;
}

}  // namespace portico::config
