// SPDX-License-Identifier: Apache-2.0
// Fields behind a chunked body. They come when everybody has decided already: the route is chosen,
// middlewares have run, the status is out. So what frames, routes, authorizes or describes a
// message may not stand there (RFC 9110 §6.5.1): whoever took it for a field of the head would be
// told what nobody has looked at.
#pragma once

#include "http/h1/characters.h"
#include "loop/output.h"

#include <cstddef>
#include <string_view>

namespace portico::http::h1 {

[[nodiscard]] bool may_trail(std::string_view name) noexcept;

/// Writes the lines of a section that may stand there. `section` is what BodyDecoder gave of one
/// body, put together. Throws std::bad_alloc.
void write_trailers(std::string_view section, loop::Output& to);

/// Whether this value of TE says that its sender looks at trailers.
[[nodiscard]] inline bool takes_trailers(std::string_view te) noexcept {
  bool takes = false;
  for_each_member(
      te, [&takes](std::string_view coding) { takes = takes || is_name(coding, "trailers"); });
  return takes;
}

}  // namespace portico::http::h1
