// SPDX-License-Identifier: Apache-2.0
// The one normal form of a request's path. Router, plugins and upstreams all see this form and no
// other, so that none of them can be led past a rule by another spelling of the same path.
//
// Escapes of unreserved characters are decoded, other escapes kept in upper case, characters that a
// URI may not hold escaped, "//" made "/", "." and ".." resolved. Refused: a path that does not
// begin with '/', a broken escape, an escaped '/', '\' or control character, escapes that are not
// UTF-8 (overlong forms such as "%C0%AF" too), a raw '\', '#', blank, control or non-ASCII byte,
// ".." above the root, and "..;x", which some servers read as "..".
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace portico::http {

/// Room that the normal form of a path of `length` bytes may need.
[[nodiscard]] constexpr std::size_t normal_path_room(std::size_t length) { return 3 * length; }

/// The normal form, or nothing when the path is refused. The view is `raw` itself where that is
/// normal already, else into `space`, which must have `normal_path_room(raw.size())` bytes.
[[nodiscard]] std::optional<std::string_view> normal_path(std::string_view raw,
                                                          std::span<char> space) noexcept;

}  // namespace portico::http
