// SPDX-License-Identifier: Apache-2.0
// The limits in Lua, for Redis 6 and later: the same arithmetic as limits/, in numbers that a
// double holds exactly. A table of cases holds both to the same answers.
#pragma once

#include <string_view>

namespace portico::ratelimit {

/// KEYS: a bucket for each limit. ARGV: the time in microseconds since 1970, or 0 for that of
/// Redis; the cost; this node, and what its sign of life is called before its name; then six words
/// for each limit. All limits are looked at, then all are taken from, or none. Returns, for each
/// limit: 1 or 0, what is left, us until all is there, us until it would be allowed, a receipt.
[[nodiscard]] std::string_view take_script() noexcept;

/// KEYS: buckets. ARGV: the cost; this node; then for each limit its six words and the receipt.
[[nodiscard]] std::string_view give_back_script() noexcept;

}  // namespace portico::ratelimit
