// SPDX-License-Identifier: Apache-2.0
#include "gate/outgoing.h"

#include "gate/credential.h"
#include "shared/ascii.h"

#include <string>
#include <string_view>

namespace portico::auth {
namespace {

bool is_own(const Request& request, std::string_view cookie) noexcept {
  if (cookie == SessionCookie) return true;
  return (cookie == RefreshCookie || cookie == CsrfCookie) && !request.upstream().empty();
}

bool has_own(const Request& request) noexcept {
  bool found = false;
  for (std::size_t i = 0; i < request.headers().size(); ++i) {
    const auto [name, value] = request.headers()[i];
    if (!same_letters(name, "Cookie")) continue;
    each_cookie(value, [&](std::string_view cookie, std::string_view) {
      found = found || is_own(request, cookie);
    });
  }
  return found;
}

}  // namespace

void drop_own_cookies(Request& request) {
  if (!has_own(request)) return;
  thread_local std::string rest;  // Keeps its memory: a session's every request passes here.
  rest.clear();
  for (std::size_t i = 0; i < request.headers().size(); ++i) {
    const auto [name, value] = request.headers()[i];
    if (!same_letters(name, "Cookie")) continue;
    std::string_view field = value;
    while (!field.empty()) {
      const std::size_t end = field.find(';');
      std::string_view pair = field.substr(0, end);
      field = end == std::string_view::npos ? std::string_view() : field.substr(end + 1);
      while (pair.starts_with(' ') || pair.starts_with('\t')) pair.remove_prefix(1);
      if (pair.empty() || is_own(request, pair.substr(0, pair.find('=')))) continue;
      rest.append(rest.empty() ? "" : "; ").append(pair);
    }
  }
  if (rest.empty()) {
    request.headers().remove("Cookie");
  } else {
    request.headers().set("Cookie", rest);
  }
}

void rewrite_for_upstream(Request& request, const Caller& caller, ForwardToken forward) {
  request.headers().set(caller.headers);
  if (forward == ForwardToken::No) {
    request.headers().remove("Authorization");
    request.headers().remove("X-API-Key");
  }
  drop_own_cookies(request);
}

}  // namespace portico::auth
