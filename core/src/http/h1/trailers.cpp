// SPDX-License-Identifier: Apache-2.0
#include "http/h1/trailers.h"

#include "base/text.h"
#include "http/h1/hop_by_hop.h"

#include <algorithm>
#include <array>

namespace portico::http::h1 {
namespace {

constexpr std::array<std::string_view, 42> NeverTrail{
    "accept-ranges",
    "age",
    "authorization",
    "cache-control",
    "clear-site-data",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-range",
    "content-security-policy",
    "content-type",
    "cookie",
    "date",
    "expect",
    "expires",
    "forwarded",
    "host",
    "http2-settings",
    "link",
    "location",
    "max-forwards",
    "origin",
    "pragma",
    "range",
    "realm",
    "referer",
    "refresh",
    "retry-after",
    "set-cookie",
    "status",
    "strict-transport-security",
    "user-agent",
    "vary",
    "via",
    "warning",
    "www-authenticate",
    "x-http-method-override",
    "x-original-url",
    "x-real-ip",
    "x-request-id",
};
/// Conditions, what proxies and browsers say on behalf of somebody, and what is for them.
constexpr std::array<std::string_view, 5> NeverBegins{"access-control-", "if-", "proxy-", "sec-",
                                                      "x-forwarded-"};

}  // namespace

bool may_trail(std::string_view name) noexcept {
  const auto is_meant = [name](std::string_view lower) { return is_name(name, lower); };
  const auto begins = [name](std::string_view lower) {
    return is_name(name.substr(0, lower.size()), lower);
  };
  return !is_hop_by_hop(name) && std::ranges::none_of(NeverTrail, is_meant) &&
         std::ranges::none_of(NeverBegins, begins);
}

void write_trailers(std::string_view section, loop::Output& to) {
  while (!section.empty()) {
    const std::size_t end = section.find("\r\n");
    const std::string_view line = section.substr(0, end);
    section.remove_prefix(end == std::string_view::npos ? section.size() : end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !may_trail(line.substr(0, colon))) continue;
    to.append(line.substr(0, colon));
    to.append(": ");
    to.append(base::trim(line.substr(colon + 1)));
    to.append("\r\n");
  }
}

}  // namespace portico::http::h1
