// SPDX-License-Identifier: Apache-2.0
// Patterns of a route's host and path. A path pattern is a list of segments: a literal, `{name}` or
// `*` for one segment, and `**` (last only) for any rest, including none: "/a/**" matches "/a" and
// "/a/". A host pattern is exact, a wildcard ("*.example.com", one or more labels), or absent.
// Patterns order by how narrow they are; the order is total and independent of the order in the
// file.
#pragma once

#include "base/result.h"

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::routing {

class PathPattern {
 public:
  /// In order of precedence.
  enum class Kind : std::uint8_t { Literal, One, End, Rest };
  struct Segment {
    Kind kind;
    std::string text;  ///< The literal, or the name; empty for `*`.
  };
  /// A part of the path that the pattern names.
  struct Name {
    std::string_view text;  ///< "rest" for `**`.
    std::uint32_t segment;  ///< Its place in the path, counted from 0.
    bool rest;              ///< It is all of the path from there on.
  };

  /// `text` as in the file; the error is a sentence for the operator.
  static Result<PathPattern> parse(std::string_view text);

  /// Requires a normalised path. Anything else ("*") is matched by "/**" alone.
  [[nodiscard]] bool match(std::string_view path) const noexcept;

  /// Narrower first: segment by segment literal, then one-segment, then end, then `**`.
  std::strong_ordering order(const PathPattern& other) const noexcept;

  /// Whether both match the same paths: the names of segments do not count.
  [[nodiscard]] bool same_shape(const PathPattern& other) const noexcept;

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  /// Never empty; the last is End or Rest.
  [[nodiscard]] std::span<const Segment> segments() const noexcept { return segments_; }
  /// In the order of the path. Views into this object.
  [[nodiscard]] std::vector<Name> names() const;

 private:
  static Segment read_segment(std::string_view text);

  std::string text_;
  std::vector<Segment> segments_;
};

class HostPattern {
 public:
  enum class Kind : std::uint8_t { Exact, Wildcard, Any };

  HostPattern() = default;  ///< Matches every host.
  static Result<HostPattern> parse(std::string_view text);

  /// Requires a lower-case host without port.
  [[nodiscard]] bool match(std::string_view host) const noexcept;
  /// Narrower first: exact, longest wildcard, none.
  [[nodiscard]] std::strong_ordering order(const HostPattern& other) const noexcept;
  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

 private:
  Kind kind_ = Kind::Any;
  std::string text_;
};

}  // namespace portico::routing
