// SPDX-License-Identifier: Apache-2.0
// Origins as the settings write them, and what a browser sends. Pure: no request is touched here.
#pragma once

#include <string>
#include <string_view>

namespace portico::cors {

/// An origin, or many, of the settings.
struct OriginRule {
  enum class Kind : unsigned char {
    Any,      ///< "*"
    Null,     ///< "null"
    Exact,    ///< "https://app.example.com", "http://localhost:3000"
    Pattern,  ///< "https://*.example.com", "http://localhost:*"
  };
  Kind kind = Kind::Exact;
  std::string text;    ///< Exact: serialised as a browser does.
  std::string scheme;  ///< Pattern; lower case.
  std::string host;    ///< Pattern; lower case. With `below`, begins with the dot.
  std::string port;    ///< Pattern: digits, empty for the scheme's own.
  bool below = false;  ///< Pattern: every name below `host`, not `host` itself.
  bool any_port = false;

  /// Whether a browser's origin is one of a pattern's.
  [[nodiscard]] bool matches(std::string_view origin) const noexcept;
};

/// What is wrong with an origin of the settings, as a sentence; empty when nothing is.
[[nodiscard]] std::string fault_of_origin(std::string_view text);
/// Requires that nothing is wrong with it.
[[nodiscard]] OriginRule parse_origin(std::string_view text);

}  // namespace portico::cors
