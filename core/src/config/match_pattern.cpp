// SPDX-License-Identifier: Apache-2.0
// Patterns of paths and hosts as texts.
#include "base/text.h"
#include "config/match_check.h"

#include <algorithm>
#include <vector>

namespace portico::config {

namespace {

/// What a segment matches.
enum class Segment : std::uint8_t { Literal, One, Rest };

Segment kind_of(std::string_view segment) noexcept {
  if (segment == "**") return Segment::Rest;
  if (segment == "*" || segment.starts_with('{')) return Segment::One;
  return Segment::Literal;
}

/// Takes the segment up to the next '/' off `path`, which begins with '/'.
std::string_view take_segment(std::string_view& path) noexcept {
  path.remove_prefix(1);
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

bool is_name(std::string_view name) noexcept {
  return !name.empty() && !base::is_digit(name[0]) && std::ranges::all_of(name, [](char c) {
    return base::is_letter(c) || base::is_digit(c) || c == '_';
  });
}

/// Why a segment cannot be; empty: it can.
std::string_view objection(std::string_view segment, std::string_view rest) noexcept {
  const Segment kind = kind_of(segment);
  if (kind == Segment::Rest) {
    return rest.empty() ? "" : "`**` must be the last segment; write `*` for a single one";
  }
  if (kind == Segment::One && segment != "*") {
    if (!segment.ends_with('}') || segment.find('}') != segment.size() - 1) {
      return "`{name}` must be a whole segment";
    }
    if (is_name(segment.substr(1, segment.size() - 2))) return "";
    return "a name in braces has letters, digits and _, and no digit first";
  }
  if (kind == Segment::One) return "";
  if (segment.find_first_of("{}*") != std::string_view::npos) {
    return "`{name}`, `*` and `**` must be whole segments";
  }
  if (segment == "." || segment == "..") return "dot segments never match; leave them out";
  if (segment.empty() && !rest.empty()) return "`//` never matches; write one slash";
  return "";
}

std::string_view forbidden_character(std::string_view text) noexcept {
  for (const char c : text) {
    if (c == '?' || c == '#')
      return "a path has no query or fragment; match the query under `query`";
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\') {
      return "a path has no blanks, control characters or backslashes; write them as %20 and the "
             "like";
    }
    if (static_cast<unsigned char>(c) > 0x7F) {
      return "in a request's path such letters are percent-encoded; write them so (%C3%BC)";
    }
  }
  return "";
}

}  // namespace

Result<std::string> check_path_pattern(std::string_view text) {
  if (!text.starts_with('/')) return Error("a path begins with `/`");
  if (const auto why = forbidden_character(text); !why.empty()) return Error(std::string(why));
  std::vector<std::string_view> names;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view segment = take_segment(rest);
    if (const auto why = objection(segment, rest); !why.empty()) return Error(std::string(why));
    if (segment == "*" || kind_of(segment) == Segment::Literal) continue;
    const std::string_view name = segment == "**" ? "rest" : segment.substr(1, segment.size() - 2);
    if (std::ranges::find(names, name) != names.end()) {
      const bool rest_too = text.ends_with("/**") && name == "rest";
      return Error("the name `" + std::string(name) + "` is used twice" +
                   (rest_too ? "; `**` has it already" : "; each needs its own"));
    }
    names.push_back(name);
  }
  return std::string(text);
}

Result<std::string> check_host_pattern(std::string_view text) {
  const std::string_view name = text.starts_with("*.") ? text.substr(2) : text;
  if (name.empty()) return Error("a host is a name such as `example.com` or `*.example.com`");
  if (name.find('*') != std::string_view::npos) {
    return Error("`*` may only be the whole first label; write `*.example.com`");
  }
  const bool bracketed = name.starts_with('[') && name.ends_with(']');
  if (name.find("//") != std::string_view::npos || name.find('/') != std::string_view::npos) {
    return Error("a host is a name alone; leave scheme and path out");
  }
  if (!bracketed && name.find(':') != std::string_view::npos) {
    return Error("a host is matched without its port; leave the port out");
  }
  const bool plain = std::ranges::all_of(name, [](char c) {
    return base::is_letter(c) || base::is_digit(c) || c == '-' || c == '.' || c == '_';
  });
  if (!bracketed && (!plain || name.starts_with('.') || name.find("..") != name.npos)) {
    return Error("a host has letters, digits, `-` and `.`; write other letters in punycode (xn--)");
  }
  if (!bracketed && name.ends_with('.')) return Error("a host has no `.` at its end; leave it out");
  return base::to_lower(text);
}

bool path_within(std::string_view inner, std::string_view outer) noexcept {
  while (!outer.empty()) {
    const std::string_view wanted = take_segment(outer);
    const Segment kind = kind_of(wanted);
    if (kind == Segment::Rest) return true;
    if (inner.empty()) return false;
    const std::string_view segment = take_segment(inner);
    if (kind_of(segment) == Segment::Rest) return false;
    if (kind == Segment::Literal && segment != wanted) return false;
  }
  return inner.empty();
}

}  // namespace portico::config
