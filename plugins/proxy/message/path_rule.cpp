// SPDX-License-Identifier: Apache-2.0
#include "message/path_rule.h"

#include "message/query_edits.h"
#include "shared/ascii.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <re2/re2.h>

namespace portico::proxy {
namespace {

constexpr int MostGroups = 10;

/// A reserved character of a path that means itself there.
bool is_path_character(char c) noexcept {
  return is_letter_or_digit(c) ||
         std::string_view("-._~/:@!$&'()*+,;=").find(c) != std::string_view::npos;
}

bool is_escape(std::string_view text) noexcept {
  return text.size() >= 3 && text[0] == '%' && hex_value(text[1]) >= 0 && hex_value(text[2]) >= 0;
}

/// Escapes what no path may hold. What is escaped already stays.
void append_path(std::string_view text, Draft& draft) {
  while (!text.empty()) {
    if (is_path_character(text.front()) || is_escape(text)) {
      draft += text.front();
    } else {
      append_encoded(text.substr(0, 1), draft);
    }
    text.remove_prefix(1);
  }
}

/// Whether some escape stands for what the router would have decoded or refused: it came by a
/// variable, and would be a slash or a dot to the upstream.
bool has_hidden_character(std::string_view path) noexcept {
  for (; !path.empty(); path.remove_prefix(1)) {
    if (!is_escape(path)) continue;
    const int byte = hex_value(path[1]) * 16 + hex_value(path[2]);
    if (byte < 0x20 || byte == 0x7f || byte == '.' || byte == '/' || byte == '\\') return true;
  }
  return false;
}

/// Whether a segment is "." or "..", or hides one behind a parameter.
bool has_dot_segment(std::string_view path) noexcept {
  while (!path.empty()) {
    std::string_view segment = take_until(path, '/');
    segment = segment.substr(0, segment.find(';'));
    if (segment == "." || segment == "..") return true;
  }
  return false;
}

std::string fault_of_pattern(std::string_view text) {
  const re2::RE2 pattern(re2::StringPiece(text.data(), text.size()), re2::RE2::Quiet);
  if (pattern.ok()) return {};
  return "is no regular expression of RE2 (" + pattern.error() + "); write one such as /old/(.*)";
}

std::string fault_of_replacement(std::string_view text) {
  if (!text.starts_with('/')) return "does not begin with \"/\"; write one such as /new/{1}";
  try {
    static_cast<void>(Replacement(text));
  } catch (const std::invalid_argument& fault) {
    return fault.what();
  }
  return {};
}

}  // namespace

void RewriteSettings::describe(Schema<RewriteSettings>& s) {
  s.summary("A path that matches a regular expression becomes another.");
  s.field(
       "from", &RewriteSettings::from,
       "A regular expression (RE2) that the whole path must match; what does not stays as it is.")
      .required()
      .min(1)
      .max(1000)
      .check(fault_of_pattern)
      .example("/users/([0-9]+)(/.*)?");
  s.field("to", &RewriteSettings::to, "The new path; {1} is what the first group matched.")
      .required()
      .max(1000)
      .check(fault_of_replacement)
      .example("/people/{1}{2}");
}

Replacement::Replacement(std::string_view text) {
  parts_.emplace_back();
  while (!text.empty()) {
    const std::size_t brace = std::min(text.find_first_of("{}"), text.size());
    parts_.back().literal += text.substr(0, brace);
    text.remove_prefix(brace);
    if (text.empty()) break;
    if (text.starts_with("{{") || text.starts_with("}}")) {
      parts_.back().literal += text.front();
      text.remove_prefix(2);
      continue;
    }
    const bool is_group =
        text.size() >= 3 && text[0] == '{' && text[2] == '}' && text[1] >= '0' && text[1] <= '9';
    if (!is_group) {
      throw std::invalid_argument(
          "a brace stands for a group, {0} to {9}; a literal brace is \"{{\" or \"}}\"");
    }
    parts_.back().group = text[1] - '0';
    highest_ = std::max(highest_, text[1] - '0');
    parts_.emplace_back();
    text.remove_prefix(3);
  }
}

PathRule::PathRule(const PathSettings& settings)
    : strip_(without_end(settings.strip_prefix)), add_(without_end(settings.add_prefix)) {
  if (settings.path) path_ = *settings.path;
  if (!settings.rewrite) return;
  from_ = std::make_unique<const re2::RE2>(settings.rewrite->from, re2::RE2::Quiet);
  to_.emplace(settings.rewrite->to);
  if (to_->highest_group() > from_->NumberOfCapturingGroups()) {
    throw std::invalid_argument(
        "`rewrite.to` uses the group {" + std::to_string(to_->highest_group()) +
        "}, and `rewrite.from` has " + std::to_string(from_->NumberOfCapturingGroups()));
  }
}

PathRule::PathRule(PathRule&& other) noexcept = default;
PathRule& PathRule::operator=(PathRule&& other) noexcept = default;
PathRule::~PathRule() = default;

bool PathRule::empty() const noexcept { return !moves() && from_ == nullptr && path_.empty(); }

std::optional<std::string_view> PathRule::apply(const Request& request, Draft& draft) const {
  std::string_view path = request.path();
  if (empty() || path == "*") return path;
  draft.clear();
  if (!path_.empty()) {
    append_path(path_.render(request), draft);
    // A variable may bring what the router never saw.
    const bool sound =
        draft.starts_with('/') && !has_dot_segment(draft) && !has_hidden_character(draft);
    return sound ? std::optional<std::string_view>(draft) : std::nullopt;
  }
  draft += add_;
  if (const auto rest = behind(strip_, path)) path = *rest;
  // "/api" without "/api" is the root.
  if (path.empty()) path = "/";
  if (from_ == nullptr) {
    draft += path;
  } else if (!rewrite(path, draft)) {
    return std::nullopt;
  }
  return draft;
}

std::string_view PathRule::stripped(const Request& request) const noexcept {
  return behind(strip_, request.path()) ? std::string_view(strip_) : std::string_view();
}

bool PathRule::rewrite(std::string_view path, Draft& draft) const {
  std::array<re2::StringPiece, MostGroups> groups;
  const re2::StringPiece text(path.data(), path.size());
  const int count = to_->highest_group() + 1;
  if (!from_->Match(text, 0, path.size(), re2::RE2::ANCHOR_BOTH, groups.data(), count)) {
    draft += path;
    return true;
  }
  for (const Replacement::Part& part : to_->parts()) {
    draft += part.literal;
    if (!part.group) continue;
    const re2::StringPiece& group = groups[static_cast<std::size_t>(*part.group)];
    if (!group.empty()) draft.append(group.data(), group.size());
  }
  return !has_dot_segment(draft);
}

void PathRule::append_public(std::string_view path, Draft& draft) const {
  if (const auto rest = behind(add_, path)) path = *rest;
  draft += strip_;
  if (!path.starts_with('/')) draft += '/';
  draft += path;
}

std::string without_end(std::string_view prefix) {
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  return std::string(prefix);
}

std::string fault_of_prefix(std::string_view prefix) {
  if (!prefix.starts_with('/')) return "does not begin with \"/\"; write /" + std::string(prefix);
  const auto flaw = static_cast<std::size_t>(
      std::ranges::find_if_not(prefix, [](char c) { return is_path_character(c) || c == '%'; }) -
      prefix.begin());
  if (flaw != prefix.size()) {
    return "holds " + quoted(prefix.substr(flaw, 1)) +
           ", which no path may hold; write it as an escape, or leave it out";
  }
  if (prefix.find("//") != std::string_view::npos || has_dot_segment(prefix)) {
    return "has an empty or a dotted segment; leave it out";
  }
  return {};
}

std::optional<std::string_view> behind(std::string_view prefix, std::string_view path) noexcept {
  if (!path.starts_with(prefix)) return std::nullopt;
  path.remove_prefix(prefix.size());
  const bool whole =
      path.empty() || path.front() == '/' || path.front() == '?' || path.front() == '#';
  return whole ? std::optional(path) : std::nullopt;
}

}  // namespace portico::proxy
