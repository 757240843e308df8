// SPDX-License-Identifier: Apache-2.0
#include "webhook/headers.h"

#include "shared/ascii.h"
#include "shared/http_token.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace portico::notify::webhook {
namespace {

constexpr std::size_t MostHeaders = 20;
constexpr std::size_t MostName = 128;
constexpr std::size_t MostValue = 1024;

/// Hop by hop, or what frames the message, or how it is answered.
constexpr std::array<std::string_view, 11> Reserved{
    "Accept-Encoding", "Connection",        "Expect",  "Host", "HTTP2-Settings", "Keep-Alive", "TE",
    "Trailer",         "Transfer-Encoding", "Upgrade", "Via"};
constexpr std::array<std::string_view, 3> ReservedBegins{"Content-", "Proxy-", "Webhook-"};

bool is_reserved(std::string_view name) {
  return std::ranges::any_of(Reserved,
                             [name](std::string_view each) { return same_letters(name, each); }) ||
         std::ranges::any_of(ReservedBegins,
                             [name](std::string_view each) { return begins_with(name, each); });
}

/// Blanks within it, for "Bearer ...", but none around it: readers disagree on whether they count.
bool is_value(std::string_view text) {
  return !text.empty() && text.size() <= MostValue && text.front() != ' ' && text.back() != ' ' &&
         all_of(text, [](char c) noexcept { return c >= ' ' && c <= '~'; });
}

}  // namespace

std::optional<std::string> fault_of_header(std::string_view name, std::string_view value) {
  if (name.size() > MostName || !is_token(name)) {
    return "The name of a header has letters, digits and hyphens, at most 128.";
  }
  if (is_reserved(name)) return "The gateway sets this header itself, or it may not be sent on.";
  if (!is_value(value)) {
    return "The value of a header has 1 to 1024 visible characters of ASCII, none of the ends "
           "blank.";
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_headers(
    std::span<const std::pair<std::string, std::string>> headers) {
  if (headers.size() > MostHeaders) return "An endpoint has at most 20 headers.";
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const auto& [name, value] = headers[i];
    if (auto fault = fault_of_header(name, value)) return fault;
    for (const auto& before : headers.first(i)) {
      if (same_letters(before.first, name)) return "Write each header once.";
    }
  }
  return std::nullopt;
}

}  // namespace portico::notify::webhook
