// SPDX-License-Identifier: Apache-2.0
#include "account/public_documents.h"

#include "account/answers.h"
#include "text/json_object.h"

namespace portico::auth {
namespace {

constexpr std::string_view JsonType = "application/json";

std::string max_age() { return "public, max-age=" + std::to_string(KeyRing::MaxAge.count()); }

std::string word_of(Delivery delivery) {
  switch (delivery) {
    case Delivery::Body: return "body";
    case Delivery::Cookie: return "cookie";
    case Delivery::Session: return "session";
  }
  return {};
}

}  // namespace

void PublicSettings::describe(Schema<PublicSettings>& s) {
  s.summary("What a form for signing up needs to know.");
  s.field("sign_up", &PublicSettings::sign_up, "Whether anybody may.");
  s.field("verification", &PublicSettings::verification, "Whether the address must be confirmed.");
  s.field("delivery", &PublicSettings::delivery, "How tokens come.");
  s.field("password_min", &PublicSettings::password_min, "Shortest password, in characters.");
  s.field("password_max", &PublicSettings::password_max, "Longest.");
}

Response PublicDocuments::jwks(Request& request) const {
  const auto keys = keys_.state();
  if (keys == nullptr) {
    return refuse(Status::ServiceUnavailable, "keys_unavailable", "The keys are not there yet.");
  }
  const bool known = request.headers().get("If-None-Match").value_or("") == keys->etag;
  Response answer(known ? Status::NotModified : Status::Ok);
  if (!known) answer.body(keys->jwks, "application/jwk-set+json");
  answer.headers().set("ETag", keys->etag);
  answer.headers().set("Cache-Control", max_age());
  return answer;
}

Response PublicDocuments::discovery() const {
  const std::string base = settings_.issuer + std::string(host_.mount());
  const std::vector<std::string> algorithms{"ES256"};
  Response answer;
  answer.body(JsonObject()
                  .member("issuer", settings_.issuer)
                  .member("jwks_uri", settings_.issuer + "/.well-known/jwks.json")
                  .member("token_endpoint", base + "/login")
                  .member("refresh_endpoint", base + "/refresh")
                  .member("end_session_endpoint", base + "/logout")
                  .member("userinfo_endpoint", base + "/me")
                  .member("id_token_signing_alg_values_supported", algorithms)
                  .text(),
              JsonType);
  answer.headers().set("Cache-Control", max_age());
  return answer;
}

Response PublicDocuments::settings() const {
  Response answer = json(
      Status::Ok, PublicSettings{.sign_up = settings_.sign_up == SignUps::Open,
                                 .verification = settings_.verification == Verification::Required,
                                 .delivery = word_of(settings_.delivery),
                                 .password_min = settings_.password.min,
                                 .password_max = settings_.password.max});
  answer.headers().set("Cache-Control", max_age());
  return answer;
}

}  // namespace portico::auth
