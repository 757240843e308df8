// SPDX-License-Identifier: Apache-2.0
#include "tokens.h"

#include "shared/http_token.h"

#include <algorithm>
#include <array>

namespace portico::cors {
namespace {

constexpr std::size_t MostTokens = 64;
constexpr std::size_t LongestToken = 128;

/// What the Fetch standard lets no page send.
constexpr std::array<std::string_view, 3> NeverSent = {"CONNECT", "TRACE", "TRACK"};

std::string_view trim(std::string_view text) noexcept {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::string fault_of_method(std::string_view text) {
  if (!is_token(text)) return "not a method; write one such as GET";
  if (std::any_of(text.begin(), text.end(), is_small_letter)) {
    return "methods are in capitals; write " + in_capitals(text);
  }
  if (std::find(NeverSent.begin(), NeverSent.end(), text) != NeverSent.end()) {
    return "no browser sends it from another origin; leave it out";
  }
  return {};
}

std::string fault_of_header(std::string_view text) {
  if (is_token(text)) return {};
  return "not the name of a header field; write one such as X-Total-Count";
}

std::string join(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += ", ";
    text += item;
  }
  return text;
}

bool contains(const std::vector<std::string>& items, std::string_view item) noexcept {
  return std::find(items.begin(), items.end(), item) != items.end();
}

std::string_view sound_tokens(std::string_view list) {
  thread_local std::string text;
  text.clear();
  for (std::size_t i = 0; i < MostTokens && !list.empty(); ++i) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view token = trim(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
    if (token.size() > LongestToken || !is_token(token)) continue;
    if (!text.empty()) text += ", ";
    text += token;
  }
  return text;
}

}  // namespace portico::cors
