// SPDX-License-Identifier: Apache-2.0
// Patterns of a route's host and path. A path pattern is a list of segments: a literal, `{name}` or
// `*` for one segment, and `**` (last only) for any rest, including none: "/a/**" matches "/a" and
// "/a/". A host pattern is exact, a wildcard ("*.example.com", one or more labels), or absent.
// Patterns order by how narrow they are; the order is total and independent of the order in the
// file.
#pragma once

#include "base/result.h"
#include "http/request_state.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::routing {

using http::Param;
using Params = std::vector<Param>;

class PathPattern {
 public:
  /// `text` as in the file; the error is a sentence for the operator.
  static Result<PathPattern> parse(std::string_view text);

  /// Requires a normalised path. Appends what the pattern names to `params`, where there is one;
  /// "rest" for `**`.
  bool match(std::string_view path, Params* params) const;

  /// Narrower first: segment by segment literal, then one-segment, then end, then `**`.
  std::strong_ordering order(const PathPattern& other) const noexcept;

  /// Whether both match the same paths: the names of segments do not count.
  [[nodiscard]] bool same_shape(const PathPattern& other) const noexcept;

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] std::vector<std::string_view> names() const;

 private:
  /// In order of precedence.
  enum class Kind : std::uint8_t { Literal, One, End, Rest };
  struct Segment {
    Kind kind;
    std::string text;  ///< The literal, or the name; empty for `*`.
  };

  static Segment read_segment(std::string_view text);

  std::string text_;
  std::vector<Segment> segments_;
};

class HostPattern {
 public:
  HostPattern() = default;  ///< Matches every host.
  static Result<HostPattern> parse(std::string_view text);

  /// Requires a lower-case host without port.
  [[nodiscard]] bool match(std::string_view host) const noexcept;
  /// Narrower first: exact, longest wildcard, none.
  [[nodiscard]] std::strong_ordering order(const HostPattern& other) const noexcept;
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

 private:
  enum class Kind : std::uint8_t { Exact, Wildcard, Any };
  Kind kind_ = Kind::Any;
  std::string text_;
};

}  // namespace portico::routing
