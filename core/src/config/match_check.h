// SPDX-License-Identifier: Apache-2.0
// What a binder cannot see of a `match`: whether its patterns make sense, and whether a nested one
// lies within the outer one, so that what is said outside holds for everything inside.
#pragma once

#include "base/result.h"
#include "config/problems.h"
#include "config/routes.h"

#include <string>
#include <string_view>

namespace portico::config {

/// The text, or what is wrong with it, as a sentence that may end in "; what to do".
[[nodiscard]] Result<std::string> check_path_pattern(std::string_view text);
/// The same of a host; in lower case.
[[nodiscard]] Result<std::string> check_host_pattern(std::string_view text);

/// Every path that `inner` matches is one that `outer` matches. Requires valid patterns.
[[nodiscard]] bool path_within(std::string_view inner, std::string_view outer) noexcept;

/// Reads a `match` or a `when`: binds, checks, brings hosts to lower case. False after an error.
bool read_match(const Node& node, Match& match, const std::string& path, Problems& problems);
/// What a nested entry says, within what the outer one says. False after an error at `node`.
bool inherit_match(const Match& outer, Match& inner, const Node& node, const std::string& path,
                   Problems& problems);

/// Adds the error that a sentence with "; what to do" describes.
void add_sentence(Mark mark, std::string_view path, std::string_view sentence, Problems& problems);

}  // namespace portico::config
