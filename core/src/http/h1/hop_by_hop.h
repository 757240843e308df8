// SPDX-License-Identifier: Apache-2.0
// Fields that speak of one connection and end with it.
#pragma once

#include "http/header_list.h"

#include <span>
#include <string_view>

namespace portico::http::h1 {

/// Connection, Keep-Alive, Proxy-Connection, TE, Trailer, Transfer-Encoding and Upgrade. And Close,
/// which is no field: RFC 9110 reserves its name, because `Connection: close` would list it.
[[nodiscard]] bool is_hop_by_hop(std::string_view name) noexcept;
/// Whether a Connection of these fields lists `name`.
[[nodiscard]] bool connection_lists(std::span<const Headers::Entry> fields,
                                    std::string_view name) noexcept;

/// Removes these fields and what Connection lists, Host excepted. To be called when a message has
/// been received, before anything of our own is added: else `Connection: X-Forwarded-For` would
/// take away what we say of the client.
void strip_hop_by_hop(detail::HeaderList& fields) noexcept;

}  // namespace portico::http::h1
