// SPDX-License-Identifier: Apache-2.0
// What an origin is told: the fields of the CORS protocol on answers and preflights, prepared when
// the settings are loaded.
#pragma once

#include "origins.h"
#include "settings.h"
#include <portico/http.h>

#include <optional>
#include <string_view>

namespace portico::cors {

/// Immutable; must outlive the answers that it was applied to.
class Grants {
 public:
  explicit Grants(const Config& config);

  /// The value of Access-Control-Allow-Origin for a request of this origin: "*", the origin itself,
  /// or nothing. A view of `origin`, or of a literal.
  [[nodiscard]] std::string_view admit(std::optional<std::string_view> origin) const noexcept;
  /// Puts an answer right: what its maker says of CORS goes, and who was admitted is told so. Says
  /// by Vary that the answer depends on the origin, also where none was sent: a cache would give
  /// one page the answer of another.
  void mark(Response& response, std::string_view admitted) const;
  /// The answer to a preflight.
  [[nodiscard]] Response preflight(const Request& request, std::string_view admitted) const;

 private:
  void allow_preflight(const Request& request, Headers& headers) const;

  Origins origins_;
  bool reflect_method_;
  bool reflect_headers_;
  bool private_network_;
  Disallowed disallowed_;
  FixedHeaders answer_;
  FixedHeaders preflight_;
};

}  // namespace portico::cors
