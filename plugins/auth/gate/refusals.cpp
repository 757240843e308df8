// SPDX-License-Identifier: Apache-2.0
#include "gate/refusals.h"

namespace portico::auth {
namespace {

/// The fields of an answer that asks for credentials; nobody may keep it for another caller.
FixedHeaders asking(std::string_view challenge) {
  FixedHeaders fields;
  fields.set("WWW-Authenticate", challenge);
  fields.set("Cache-Control", "no-store");
  return fields;
}

Response with(Response response, const FixedHeaders& fields) {
  response.headers().set(fields);
  return response;
}

Response unavailable(std::string_view code, std::string_view sentence) {
  Response response = problem(Status::ServiceUnavailable, code, sentence);
  response.headers().set("Retry-After", "1");
  response.headers().set("Cache-Control", "no-store");
  return response;
}

std::string joined(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

}  // namespace

Refusals::Refusals(std::span<const std::string> scopes, std::chrono::seconds max_age)
    : plain_(asking("Bearer")),
      invalid_(asking(R"(Bearer error="invalid_token")")),
      insufficient_(asking(R"(Bearer error="insufficient_scope", scope=")" + joined(scopes) + '"')),
      stale_login_(asking("Bearer error=\"insufficient_user_authentication\", "
                          "error_description=\"A more recent authentication is required\", "
                          "max_age=\"" +
                          std::to_string(max_age.count()) + '"')) {}

Response Refusals::nobody() const {
  return with(problem(Status::Unauthorized, "authentication_required",
                      "This needs a caller who is known; send a token."),
              plain_);
}

Response Refusals::invalid() const {
  return with(problem(Status::Unauthorized, "invalid_token", "The token is not valid."), invalid_);
}

Response Refusals::api_key() const {
  return with(problem(Status::Unauthorized, "invalid_api_key", "The API key is not valid."),
              plain_);
}

Response Refusals::several() const {
  return problem(Status::BadRequest, "multiple_credentials",
                 "The request brings more than one credential; send one.");
}

Response Refusals::insufficient() const {
  return with(
      problem(Status::Forbidden, "insufficient_scope", "The token lacks a scope for this request."),
      insufficient_);
}

Response Refusals::stale_login() const {
  return with(problem(Status::Unauthorized, "reauthentication_required",
                      "This needs a recent login; authenticate again."),
              stale_login_);
}

Response Refusals::forged() const {
  return problem(Status::Forbidden, "csrf_failed",
                 "The request does not show that it was sent by a page of this site.");
}

Response Refusals::no_keys() const {
  return unavailable("keys_unavailable", "Tokens cannot be verified at the moment; try again.");
}

Response Refusals::no_revocations() const {
  return unavailable("revocations_unavailable",
                     "Tokens cannot be checked at the moment; try again.");
}

Response Refusals::no_sessions() const {
  return unavailable("sessions_unavailable",
                     "Sessions cannot be looked up at the moment; try again.");
}

}  // namespace portico::auth
