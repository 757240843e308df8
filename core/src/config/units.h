// SPDX-License-Identifier: Apache-2.0
// The units of the file as text: what a duration, an amount of bytes, a network, a URL and an
// origin look like, read and printed. Strict: what is doubtful is refused with a sentence that says
// what to write. The sentences never quote a URL, because one may hold a password.
#pragma once

#include "base/result.h"
#include <portico/units.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::config {

/// "10s", "500ms", "250us", "1h30m", "2d"; "0" alone needs no unit. Units descend and appear once.
Result<std::chrono::nanoseconds> parse_duration(std::string_view text);
/// A text that parses to the same: "75s", "1h1m1s". What is below a microsecond is dropped.
[[nodiscard]] std::string print_duration(std::chrono::nanoseconds duration);

/// "32KiB", "10MiB", "1GiB", "512B", "512".
Result<Bytes> parse_bytes(std::string_view text);
[[nodiscard]] std::string print_bytes(Bytes amount);

/// The 16 bytes of an address, IPv4 mapped into IPv6; nothing when it is neither. No zone, no
/// brackets.
using Address = std::array<std::uint8_t, 16>;
[[nodiscard]] std::optional<Address> parse_ip(std::string_view text);
/// "10.0.0.1", "2001:db8::1".
[[nodiscard]] std::string print_ip(const Address& address);

/// "10.0.0.0/8", "fd00::/8", or a single address.
Result<Cidr> parse_cidr(std::string_view text);
[[nodiscard]] std::string print_cidr(const Cidr& block);

/// Schemes http https ws wss redis rediss postgresql smtp smtps with a host; unix: and sqlite: with
/// a file.
Result<Url> parse_url(std::string_view text);
/// The port of a scheme that has one; 0 otherwise.
[[nodiscard]] std::uint16_t default_port(std::string_view scheme) noexcept;

/// "https://app.example.com": lower case, default port dropped.
Result<Origin> parse_origin(std::string_view text);

}  // namespace portico::config
