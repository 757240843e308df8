// SPDX-License-Identifier: Apache-2.0
#include "routing/pattern.h"

#include "config/match_check.h"

#include <algorithm>

namespace portico::routing {
namespace {

/// Takes the segment up to the next '/' off `path`, which begins with '/'.
std::string_view take_segment(std::string_view& path) noexcept {
  path.remove_prefix(1);
  const auto end = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

}  // namespace

PathPattern::Segment PathPattern::read_segment(std::string_view text) {
  if (text == "*") return {Kind::One, ""};
  if (text == "**") return {Kind::Rest, "rest"};
  if (!text.starts_with('{')) return {Kind::Literal, std::string(text)};
  return {Kind::One, std::string(text.substr(1, text.size() - 2))};
}

Result<PathPattern> PathPattern::parse(std::string_view text) {
  const Result<std::string> checked = config::check_path_pattern(text);
  if (!checked) return Error(checked.error());
  PathPattern pattern;
  pattern.text_ = *checked;
  for (std::string_view left = pattern.text_; !left.empty();) {
    pattern.segments_.push_back(read_segment(take_segment(left)));
  }
  if (pattern.segments_.back().kind != Kind::Rest) pattern.segments_.push_back({Kind::End, ""});
  return pattern;
}

bool PathPattern::match(std::string_view path) const noexcept {
  if (!path.starts_with('/')) return segments_.front().kind == Kind::Rest;
  for (const Segment& segment : segments_) {
    if (segment.kind == Kind::Rest) return true;
    if (path.empty() || segment.kind == Kind::End) {
      return path.empty() && segment.kind == Kind::End;
    }
    const std::string_view value = take_segment(path);
    if (segment.kind == Kind::Literal ? value != segment.text : value.empty()) return false;
  }
  return false;
}

std::strong_ordering PathPattern::order(const PathPattern& other) const noexcept {
  return std::lexicographical_compare_three_way(
      segments_.begin(), segments_.end(), other.segments_.begin(), other.segments_.end(),
      [](const Segment& left, const Segment& right) { return left.kind <=> right.kind; });
}

bool PathPattern::same_shape(const PathPattern& other) const noexcept {
  return std::ranges::equal(
      segments_, other.segments_, [](const Segment& left, const Segment& right) {
        return left.kind == right.kind && (left.kind != Kind::Literal || left.text == right.text);
      });
}

std::vector<PathPattern::Name> PathPattern::names() const {
  std::vector<Name> names;
  std::uint32_t at = 0;
  for (const Segment& segment : segments_) {
    const bool rest = segment.kind == Kind::Rest;
    const bool named = rest || (segment.kind == Kind::One && !segment.text.empty());
    if (named) names.push_back({segment.text, at, rest});
    ++at;
  }
  return names;
}

Result<HostPattern> HostPattern::parse(std::string_view text) {
  const Result<std::string> checked = config::check_host_pattern(text);
  if (!checked) return Error(checked.error());
  HostPattern pattern;
  pattern.kind_ = checked->starts_with("*.") ? Kind::Wildcard : Kind::Exact;
  pattern.text_ = *checked;
  return pattern;
}

bool HostPattern::match(std::string_view host) const noexcept {
  switch (kind_) {
    case Kind::Exact: return host == text_;
    case Kind::Wildcard: {
      const std::string_view suffix = std::string_view(text_).substr(1);
      return host.size() > suffix.size() && host.ends_with(suffix);
    }
    case Kind::Any: return true;
  }
  return false;
}

std::strong_ordering HostPattern::order(const HostPattern& other) const noexcept {
  if (const auto kinds = kind_ <=> other.kind_; kinds != 0) return kinds;
  if (const auto sizes = other.text_.size() <=> text_.size(); sizes != 0) return sizes;
  return text_ <=> other.text_;
}

}  // namespace portico::routing
