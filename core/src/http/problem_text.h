// SPDX-License-Identifier: Apache-2.0
// The text of an RFC 9457 answer, for those that add members of their own to it.
#pragma once

#include <portico/http.h>

#include <string>
#include <string_view>

namespace portico::http {

inline constexpr std::string_view ProblemType = "application/problem+json";

/// Appends an object with type, title, status, code, detail and the id of the request being served;
/// it is left open.
void begin_problem(std::string& out, Status status, std::string_view code,
                   std::string_view sentence);

}  // namespace portico::http
