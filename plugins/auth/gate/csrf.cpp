// SPDX-License-Identifier: Apache-2.0
#include "gate/csrf.h"

#include "gate/credential.h"
#include "gate/origin_check.h"

namespace portico::auth {
namespace {

constexpr std::string_view TokenField = "X-CSRF-Token";

std::string_view field_of(const Request& request, std::string_view name) noexcept {
  return request.headers().get(name).value_or(std::string_view());
}

/// A page of another site may open a WebSocket with our cookies, by a GET.
bool changes_something(const Request& request) noexcept {
  return !is_safe_method(request.method()) || request.headers().has("Upgrade");
}

}  // namespace

Csrf::Verdict Csrf::judge(const Request& request) const noexcept {
  if (!changes_something(request)) return Verdict::Fine;
  const Sender sender{.fetch_site = field_of(request, "Sec-Fetch-Site"),
                      .origin = field_of(request, "Origin"),
                      .scheme = request.scheme(),
                      .host = field_of(request, "Host")};
  switch (sent_by(sender, trusted_)) {
    case SentBy::Others: return Verdict::Forged;
    case SentBy::Unknown: return Verdict::NeedsToken;
    case SentBy::Us: break;
  }
  // Who sends one must send a good one, whoever vouches for the page.
  return request.headers().has(TokenField) ? Verdict::NeedsToken : Verdict::Fine;
}

bool Csrf::proves(const Request& request, std::string_view session) const noexcept {
  // Another host of the same site may have set a second one, to have it taken for ours.
  if (!tokens_ || request.cookies(CsrfCookie) != 1) return false;
  return tokens_->holds(request.cookie(CsrfCookie).value_or(std::string_view()),
                        field_of(request, TokenField), session);
}

}  // namespace portico::auth
