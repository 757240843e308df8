// SPDX-License-Identifier: Apache-2.0
// The little languages of a request's head: query strings and Cookie fields. Lenient: what is
// broken is left as it is, never refused; whoever uses a value judges it.
#pragma once

#include "base/arena.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace portico::http {

/// The first value of that name in "a=1&b=%20", decoded; '+' is a blank. A view into `query` where
/// nothing had to be decoded, else into the arena.
[[nodiscard]] std::optional<std::string_view> find_query(std::string_view query,
                                                         std::string_view name, base::Arena& arena);

/// The value of that name in "a=1; b=2", without the quotes around it.
[[nodiscard]] std::optional<std::string_view> find_cookie(std::string_view cookies,
                                                          std::string_view name) noexcept;

/// How many of that name there are.
[[nodiscard]] std::size_t count_cookies(std::string_view cookies, std::string_view name) noexcept;

}  // namespace portico::http
