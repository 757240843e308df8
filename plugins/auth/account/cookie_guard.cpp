// SPDX-License-Identifier: Apache-2.0
#include "account/cookie_guard.h"

#include "account/answers.h"
#include "gate/credential.h"
#include "gate/origin_check.h"

#include <utility>

namespace portico::auth {
namespace {

SentBy sender_of(const Request& request, const std::vector<std::string>& trusted) {
  const Headers& fields = request.headers();
  return sent_by({.fetch_site = fields.get("Sec-Fetch-Site").value_or(""),
                  .origin = fields.get("Origin").value_or(""),
                  .scheme = request.scheme(),
                  .host = fields.get("Host").value_or("")},
                 trusted);
}

Response forged() {
  return refuse(Status::Forbidden, "csrf_failed", "This request did not come from a page of ours.");
}

}  // namespace

CookieGuard::CookieGuard(const CsrfTokens& tokens, std::vector<std::string> trusted)
    : tokens_(tokens), trusted_(std::move(trusted)) {}

std::optional<Response> CookieGuard::refuse(const Request& request,
                                            std::string_view session) const {
  switch (sender_of(request, trusted_)) {
    case SentBy::Us: return std::nullopt;
    case SentBy::Others: return forged();
    case SentBy::Unknown: break;
  }
  const bool holds =
      tokens_.holds(request.cookie(CsrfCookie).value_or(""),
                    request.headers().get("X-CSRF-Token").value_or(""), session);
  return holds ? std::nullopt : std::optional(forged());
}

std::optional<Response> CookieGuard::refuse_strangers(const Request& request) const {
  if (sender_of(request, trusted_) != SentBy::Others) return std::nullopt;
  return forged();
}

}  // namespace portico::auth
