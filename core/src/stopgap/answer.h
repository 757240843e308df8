// SPDX-License-Identifier: Apache-2.0
// The head of an answer as bytes. Framing is written here and nowhere else: what an answer carries
// of it already is left out.
#pragma once

#include "admin/admin.h"
#include "base/clock.h"
#include <portico/http.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace portico::stopgap {

/// How the end of the body is told.
struct NoBody {
  /// Set for HEAD: what a GET would have told.
  std::optional<std::uint64_t> length;
};
struct WithLength {
  std::uint64_t length;
};
struct InChunks {};
struct UntilClose {};
using Framing = std::variant<NoBody, WithLength, InChunks, UntilClose>;

void append_head(std::string& out, const Response& response, const Framing& framing,
                 const base::Clock& clock);
/// The whole answer; without its body for HEAD.
void append_admin_answer(std::string& out, const admin::AdminResponse& response,
                         std::string_view method, const base::Clock& clock);
/// One chunk. Requires bytes: an empty chunk would end the body.
void append_chunk(std::string& out, std::string_view bytes);
inline constexpr std::string_view LastChunk = "0\r\n\r\n";

}  // namespace portico::stopgap
