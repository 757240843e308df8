// SPDX-License-Identifier: Apache-2.0
#include "http/proxy_header.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace portico::http {

namespace {

using h1::Parsed;

constexpr std::string_view Binary{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::string_view Line = "PROXY ";
constexpr std::string_view LineEnd = "\r\n";
constexpr std::size_t LongestLine = 107;  // With its end.

constexpr ProxyHeader More{};

ProxyHeader refused() noexcept { return {.state = Parsed::Refused}; }

/// Whether `bytes`, as far as they go, begin with `wanted`.
bool may_begin(std::string_view bytes, std::string_view wanted) noexcept {
  const std::size_t common = std::min(bytes.size(), wanted.size());
  return bytes.substr(0, common) == wanted.substr(0, common);
}

// Version 1.

/// Cuts the next word off, and the one blank behind it.
std::string_view next_word(std::string_view& line) noexcept {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

std::optional<std::uint16_t> parse_port(std::string_view digits) noexcept {
  if (digits.empty() || !std::ranges::all_of(digits, base::is_digit)) return std::nullopt;
  if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
  std::uint16_t port = 0;
  const auto [stop, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (fault != std::errc()) return std::nullopt;
  return port;
}

/// Of the family that the line names: dots make IPv4.
std::optional<Address> parse_address_of(std::string_view family, std::string_view text) noexcept {
  const bool v6 = text.find(':') != text.npos;
  if (v6 != (family == "TCP6")) return std::nullopt;
  return parse_address(text);
}

/// `line` is without its end.
ProxyHeader parse_line(std::string_view line) noexcept {
  ProxyHeader header{.state = Parsed::Done, .size = line.size() + LineEnd.size()};
  std::string_view rest = line.substr(Line.size());
  const std::string_view family = next_word(rest);
  if (family == "UNKNOWN") return header;
  if (family != "TCP4" && family != "TCP6") return refused();
  // Four words with a blank between: anything else leaves a word empty, or something over.
  if (std::ranges::count(rest, ' ') != 3) return refused();
  const auto source = parse_address_of(family, next_word(rest));
  const auto destination = parse_address_of(family, next_word(rest));
  const auto source_port = parse_port(next_word(rest));
  const auto destination_port = parse_port(rest);
  if (!source || !destination || !source_port || !destination_port) return refused();
  header.source = Endpoint{*source, *source_port};
  header.destination = Endpoint{*destination, *destination_port};
  return header;
}

ProxyHeader parse_text(std::string_view bytes) noexcept {
  const std::string_view line = bytes.substr(0, LongestLine);
  const auto graphic = [](char c) { return c >= ' ' && c < '\x7F'; };
  const auto stop = std::ranges::find_if_not(line, graphic);
  const auto size = static_cast<std::size_t>(stop - line.begin());
  if (!may_begin(line.substr(size), LineEnd)) return refused();
  if (line.size() < size + LineEnd.size()) return line.size() < LongestLine ? More : refused();
  return parse_line(line.substr(0, size));
}

// Version 2.

constexpr std::size_t FixedSize = 16;
constexpr std::size_t CommandAt = 12;
constexpr std::size_t FamilyAt = 13;
constexpr std::size_t LengthAt = 14;

constexpr unsigned Local = 0x20;
constexpr unsigned Proxy = 0x21;
constexpr unsigned Unspecified = 0x00;
constexpr unsigned Tcp4 = 0x11;
constexpr unsigned Tcp6 = 0x21;
constexpr unsigned UnixStream = 0x31;

constexpr unsigned octet(std::string_view bytes, std::size_t index) noexcept {
  return static_cast<unsigned char>(bytes[index]);
}

constexpr std::uint16_t number(std::string_view bytes, std::size_t index) noexcept {
  return static_cast<std::uint16_t>(octet(bytes, index) << 8U | octet(bytes, index + 1));
}

/// Of one address in a block of this family; nothing for a family that a stream cannot have.
std::optional<std::size_t> address_size(unsigned family) noexcept {
  switch (family) {
    case Unspecified: return 0;
    case Tcp4: return 4;
    case Tcp6: return 16;
    case UnixStream: return 108;
    default: return std::nullopt;
  }
}

Address widen(std::string_view bytes) noexcept {
  Address address{};
  if (bytes.size() == 4) address[10] = address[11] = 0xFF;
  std::ranges::copy(bytes, address.end() - static_cast<std::ptrdiff_t>(bytes.size()));
  return address;
}

/// Whether type, length and value follow each other to the very end.
bool well_formed(std::string_view extensions) noexcept {
  constexpr std::size_t Head = 3;
  while (extensions.size() >= Head) {
    const std::size_t size = Head + number(extensions, 1);
    if (size > extensions.size()) return false;
    extensions.remove_prefix(size);
  }
  return extensions.empty();
}

/// `block` is what follows the fixed part.
ProxyHeader parse_block(unsigned family, std::string_view block) noexcept {
  ProxyHeader header{.state = Parsed::Done, .size = FixedSize + block.size()};
  if (family == Unspecified) return header;
  const std::size_t size = *address_size(family);
  const std::size_t ports = family == UnixStream ? 0 : 2 * sizeof(std::uint16_t);
  if (block.size() < 2 * size + ports) return refused();
  if (!well_formed(block.substr(2 * size + ports))) return refused();
  if (family == UnixStream) return header;
  header.source = Endpoint{widen(block.substr(0, size)), number(block, 2 * size)};
  header.destination = Endpoint{widen(block.substr(size, size)), number(block, 2 * size + 2)};
  return header;
}

ProxyHeader parse_binary(std::string_view bytes) noexcept {
  if (bytes.size() <= CommandAt) return More;
  const unsigned command = octet(bytes, CommandAt);
  if (command != Local && command != Proxy) return refused();
  if (bytes.size() <= FamilyAt) return More;
  const unsigned family = octet(bytes, FamilyAt);
  if (command == Proxy && !address_size(family)) return refused();
  if (bytes.size() < FixedSize) return More;
  const std::size_t size = FixedSize + number(bytes, LengthAt);
  if (size > ProxyHeader::MostBytes) return refused();
  if (bytes.size() < size) return More;
  // The balancer's own connection: what it says of addresses is not to be looked at.
  return parse_block(command == Local ? Unspecified : family,
                     bytes.substr(FixedSize, size - FixedSize));
}

}  // namespace

ProxyHeader parse_proxy_header(std::string_view bytes) noexcept {
  if (may_begin(bytes, Line)) return bytes.size() < Line.size() ? More : parse_text(bytes);
  if (may_begin(bytes, Binary)) return parse_binary(bytes);
  return refused();
}

}  // namespace portico::http
