// SPDX-License-Identifier: Apache-2.0
// The path that an upstream sees in the place of the client's.
#pragma once

#include "text.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace portico::proxy {

struct RewriteSettings {
  std::string from;
  std::string to;

  static void describe(Schema<RewriteSettings>& s);
};

/// A text with the groups of a regular expression in it: "/x/{1}".
class Replacement {
 public:
  struct Part {
    std::string literal;
    std::optional<int> group;  ///< Stands behind the literal.
  };
  /// Throws std::invalid_argument with what is wrong.
  explicit Replacement(std::string_view text);

  [[nodiscard]] const std::vector<Part>& parts() const noexcept { return parts_; }
  [[nodiscard]] int highest_group() const noexcept { return highest_; }

 private:
  std::vector<Part> parts_;
  int highest_ = -1;
};

struct PathSettings {
  std::string strip_prefix;
  std::string add_prefix;
  std::optional<RewriteSettings> rewrite;
  std::optional<Template> path;
};

class PathRule {
 public:
  /// Throws std::invalid_argument with what is wrong.
  explicit PathRule(const PathSettings& settings);
  PathRule(PathRule&& other) noexcept;
  PathRule& operator=(PathRule&& other) noexcept;
  ~PathRule();

  /// Whether the path stays as it is, always.
  [[nodiscard]] bool empty() const noexcept;
  /// The path for the upstream: a view of the request's or of `draft`. Nothing when what the client
  /// sent would lead to another path than the one that was meant.
  [[nodiscard]] std::optional<std::string_view> apply(const Request& request, Draft& draft) const;

  /// What of the path of this request `apply` takes from its front.
  [[nodiscard]] std::string_view stripped(const Request& request) const noexcept;

  /// The way back, for what an answer says of paths: the prefix that was added goes, the one that
  /// was stripped comes. Appends to `draft`.
  void append_public(std::string_view path, Draft& draft) const;
  /// Whether `append_public` changes anything.
  [[nodiscard]] bool moves() const noexcept { return !strip_.empty() || !add_.empty(); }

 private:
  /// Appends what becomes of it; false when that has a dotted segment.
  [[nodiscard]] bool rewrite(std::string_view path, Draft& draft) const;

  std::string strip_;
  std::string add_;
  std::unique_ptr<const re2::RE2> from_;
  std::optional<Replacement> to_;
  Template path_;
};

/// "/api/" and "/api" are "/api"; "/" is empty.
[[nodiscard]] std::string without_end(std::string_view prefix);
/// What is wrong with a prefix; empty when nothing is.
[[nodiscard]] std::string fault_of_prefix(std::string_view prefix);
/// `path` without the prefix, where that is whole segments of it.
[[nodiscard]] std::optional<std::string_view> behind(std::string_view prefix,
                                                     std::string_view path) noexcept;

}  // namespace portico::proxy
