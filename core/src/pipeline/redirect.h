// SPDX-License-Identifier: Apache-2.0
// The terminal `redirect`: sends the client elsewhere.
#pragma once

#include <portico/plugin.h>

#include <cstdint>

namespace portico::pipeline {

struct Redirect {
  enum class Code : std::uint16_t {
    MovedPermanently = 301,
    Found = 302,
    SeeOther = 303,
    TemporaryRedirect = 307,
    PermanentRedirect = 308,
  };
  enum class Query : std::uint8_t { Keep, Drop };

  Template to;
  Code status = Code::PermanentRedirect;
  Query query = Query::Keep;

  static void describe(Schema<Redirect>& schema);
  [[nodiscard]] detail::Rule rule() const;
};

}  // namespace portico::pipeline
