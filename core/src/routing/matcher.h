// SPDX-License-Identifier: Apache-2.0
// The compiled form of `match` (a route entry) and `when` (a place of use): conditions on host,
// path, method, header fields and query parameters. All must hold. A header or query value is
// exact, or `*` for "present".
#pragma once

#include "routing/pattern.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::routing {

/// What of a request decides its route. Header fields and query parameters are looked up only where
/// a matcher asks for one.
class RequestView {
 public:
  std::string_view method;
  std::string_view host;  ///< Lower case, without port.
  std::string_view path;  ///< Normalised, or "*".

  [[nodiscard]] virtual std::optional<std::string_view> header(std::string_view name) const = 0;
  [[nodiscard]] virtual std::optional<std::string_view> query(std::string_view name) const = 0;

 protected:
  RequestView(std::string_view its_method, std::string_view its_host, std::string_view its_path)
      : method(its_method), host(its_host), path(its_path) {}
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
  [[nodiscard]] Miss miss(const RequestView& request) const;
  /// The same of header fields and query alone.
  [[nodiscard]] Miss condition_miss(const RequestView& request) const;
  [[nodiscard]] bool allows(std::string_view method) const noexcept;
  /// Narrower host first, then narrower path: what decides before conditions do.
  [[nodiscard]] std::strong_ordering order(const Matcher& other) const noexcept;
  /// How many matchers beside host and path it has.
  [[nodiscard]] std::size_t weight() const noexcept;
  /// The name of the header or query parameter that misses; for `explain`.
  [[nodiscard]] std::string_view missing(const RequestView& request) const;
};

}  // namespace portico::routing
