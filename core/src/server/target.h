// SPDX-License-Identifier: Apache-2.0
// What a request asks for, as routes see it: its path in normal form and its host.
#pragma once

#include "base/arena.h"
#include "http/h1/request_parser.h"

#include <optional>
#include <string_view>

namespace portico::server {

struct Asked {
  std::string_view path;  ///< Normalised; "*" for the asterisk form.
  std::string_view host;  ///< Lower case, without port and final dot.
};

/// Views into the head's bytes, or into the arena. Nothing when the path is malformed.
[[nodiscard]] std::optional<Asked> asked_by(const http::h1::RequestHead& head, base::Arena& arena);

}  // namespace portico::server
