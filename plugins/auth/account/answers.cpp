// SPDX-License-Identifier: Apache-2.0
#include "account/answers.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace portico::auth {
void StatusBody::describe(Schema<StatusBody>& s) {
  s.summary("What has happened.");
  s.field("status", &StatusBody::status, "A word.");
}

Response say(Status status, std::string_view word) {
  return uncached(json(status, StatusBody{std::string(word)}));
}

Response no_content() { return uncached(Response(Status::NoContent)); }

Response refuse(Status status, std::string_view code, std::string_view sentence,
                std::string_view internal) {
  return uncached(problem(status, code, sentence, internal));
}

Response invalid_credentials() {
  return refuse(Status::Unauthorized, "invalid_credentials", "E-mail or password not accepted.");
}

Response session_over() {
  return refuse(Status::Unauthorized, "session_expired", "The session has ended. Log in again.");
}

Response forged() {
  return refuse(Status::Forbidden, "csrf_failed", "This request did not come from a page of ours.");
}

Response too_many(Time wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  Response answer =
      refuse(Status::TooManyRequests, "rate_limited", "Too many tries. Wait a while.");
  answer.headers().set("Retry-After", std::to_string(std::max<std::int64_t>(seconds, 1)));
  return answer;
}

Response token_gone() {
  return refuse(Status::Gone, "token_expired",
                "This link was used, or it is too old. Ask for another one.");
}

}  // namespace portico::auth
