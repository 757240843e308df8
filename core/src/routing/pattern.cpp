// SPDX-License-Identifier: Apache-2.0
#include "routing/pattern.h"

#include <algorithm>

namespace portico::routing {
namespace {

bool is_name(std::string_view text) noexcept {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && std::ranges::all_of(text, fits);
}

/// Takes the segment up to the next '/' off `path`, which begins with '/'.
std::string_view take_segment(std::string_view& path) noexcept {
  path.remove_prefix(1);
  const auto end = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

}  // namespace

Result<PathPattern::Segment> PathPattern::parse_segment(std::string_view text) {
  if (text == "*") return Segment{Kind::One, ""};
  if (text == "**") return Segment{Kind::Rest, "rest"};
  if (text.starts_with('{') && text.ends_with('}') && text.size() > 2) {
    const std::string_view name = text.substr(1, text.size() - 2);
    if (!is_name(name)) return Error("a name in braces takes letters, digits and _");
    return Segment{Kind::One, std::string(name)};
  }
  if (text.find_first_of("{}*") != std::string_view::npos) {
    return Error("`{name}`, `*` and `**` must be whole segments");
  }
  if (text == "." || text == "..") return Error("dot segments never match; leave them out");
  return Segment{Kind::Literal, std::string(text)};
}

Result<PathPattern> PathPattern::parse(std::string_view text) {
  if (!text.starts_with('/')) return Error("a path begins with `/`");
  if (text.find_first_of("?# \t") != std::string_view::npos) {
    return Error("a path has no query, fragment or blank; match the query under `query`");
  }
  PathPattern pattern;
  pattern.text_ = text;
  for (std::string_view left = text; !left.empty();) {
    if (!pattern.segments_.empty() && pattern.segments_.back().kind == Kind::Rest) {
      return Error("`**` must be the last segment");
    }
    Result<Segment> segment = parse_segment(take_segment(left));
    if (!segment) return Error(segment.error());
    if (segment->kind != Kind::Literal && pattern.named_before(segment->text)) {
      return Error("the name `" + segment->text + "` is used twice");
    }
    pattern.segments_.push_back(*std::move(segment));
  }
  if (pattern.segments_.back().kind != Kind::Rest) pattern.segments_.push_back({Kind::End, ""});
  return pattern;
}

bool PathPattern::named_before(std::string_view name) const noexcept {
  return !name.empty() && std::ranges::any_of(segments_, [name](const Segment& segment) {
    return segment.kind != Kind::Literal && segment.text == name;
  });
}

bool PathPattern::match(std::string_view path, Params* params) const {
  const std::size_t before = params == nullptr ? 0 : params->size();
  const auto keep = [params](const Segment& segment, std::string_view value) {
    if (params != nullptr && !segment.text.empty()) params->push_back({segment.text, value});
  };
  for (const Segment& segment : segments_) {
    if (segment.kind == Kind::Rest) {
      if (!path.empty()) path.remove_prefix(1);
      keep(segment, path);
      return true;
    }
    if (path.empty() != (segment.kind == Kind::End)) break;
    if (segment.kind == Kind::End) return true;
    const std::string_view value = take_segment(path);
    if (segment.kind == Kind::Literal ? value != segment.text : value.empty()) break;
    if (segment.kind == Kind::One) keep(segment, value);
  }
  if (params != nullptr) params->resize(before);
  return false;
}

std::strong_ordering PathPattern::order(const PathPattern& other) const noexcept {
  return std::lexicographical_compare_three_way(
      segments_.begin(), segments_.end(), other.segments_.begin(), other.segments_.end(),
      [](const Segment& left, const Segment& right) { return left.kind <=> right.kind; });
}

bool PathPattern::same_shape(const PathPattern& other) const noexcept {
  return std::ranges::equal(segments_, other.segments_, [](const Segment& left, const Segment& right) {
    return left.kind == right.kind && (left.kind != Kind::Literal || left.text == right.text);
  });
}

std::vector<std::string_view> PathPattern::names() const {
  std::vector<std::string_view> names;
  for (const Segment& segment : segments_) {
    const bool named = segment.kind == Kind::One || segment.kind == Kind::Rest;
    if (named && !segment.text.empty()) names.push_back(segment.text);
  }
  return names;
}

Result<HostPattern> HostPattern::parse(std::string_view text) {
  HostPattern pattern;
  pattern.kind_ = text.starts_with("*.") ? Kind::Wildcard : Kind::Exact;
  pattern.text_ = text;
  std::ranges::transform(pattern.text_, pattern.text_.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::string_view name = pattern.kind_ == Kind::Wildcard ? text.substr(2) : text;
  if (name.empty()) return Error("a host is a name such as `example.com` or `*.example.com`");
  if (name.find('*') != std::string_view::npos) return Error("`*` may only be the first label");
  if (name.find_first_of("/ \t@") != std::string_view::npos) {
    return Error("a host is a name alone, without scheme or path");
  }
  const bool address = name.starts_with('[') && name.ends_with(']');
  if (!address && name.find(':') != std::string_view::npos) {
    return Error("a host is matched without its port");
  }
  return pattern;
}

bool HostPattern::match(std::string_view host) const noexcept {
  switch (kind_) {
    case Kind::Exact:
      return host == text_;
    case Kind::Wildcard: {
      const std::string_view suffix = std::string_view(text_).substr(1);
      return host.size() > suffix.size() && host.ends_with(suffix);
    }
    case Kind::Any:
      return true;
  }
  return false;
}

std::strong_ordering HostPattern::order(const HostPattern& other) const noexcept {
  if (const auto kinds = kind_ <=> other.kind_; kinds != 0) return kinds;
  if (const auto sizes = other.text_.size() <=> text_.size(); sizes != 0) return sizes;
  return text_ <=> other.text_;
}

}  // namespace portico::routing
