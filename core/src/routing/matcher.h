// SPDX-License-Identifier: Apache-2.0
// The compiled form of `match` (a route entry) and `when` (a place of use): conditions on host,
// path, method, header fields and query parameters. All must hold. A header or query value is
// exact, or `*` for "present".
#pragma once

#include "routing/pattern.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::routing {

/// What of a request decides its route. `header` and `query` look a value up by name.
class RequestView {
 public:
  [[nodiscard]] virtual std::string_view method() const = 0;
  [[nodiscard]] virtual std::string_view host() const = 0;
  [[nodiscard]] virtual std::string_view path() const = 0;
  [[nodiscard]] virtual std::optional<std::string_view> header(std::string_view name) const = 0;
  [[nodiscard]] virtual std::optional<std::string_view> query(std::string_view name) const = 0;

 protected:
  ~RequestView() = default;
};

/// The first condition that did not hold.
enum class Miss : std::uint8_t { None, Host, Path, Header, Query, Method };

class Matcher {
 public:
  struct Condition {
    std::string name;
    std::string value;  ///< `*`: any.
  };

  HostPattern host;
  PathPattern path;
  std::vector<std::string> methods;  ///< Empty: any. GET stands for HEAD too.
  std::vector<Condition> headers;
  std::vector<Condition> query;

  /// Checks in the order of `Miss`, so that a miss by method is reported only when all else holds.
  Miss miss(const RequestView& request, Params* params) const;
  [[nodiscard]] bool allows(std::string_view method) const noexcept;
  /// How many matchers beside host and path it has.
  [[nodiscard]] std::size_t weight() const noexcept;
  /// The name of the header or query parameter that misses; for `explain`.
  [[nodiscard]] std::string_view missing(const RequestView& request) const;
};

}  // namespace portico::routing
