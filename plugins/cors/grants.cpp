// SPDX-License-Identifier: Apache-2.0
#include "grants.h"

#include "shared/http_token.h"
#include "tokens.h"

#include <algorithm>
#include <array>
#include <string>

namespace portico::cors {
namespace {

constexpr std::string_view AllowOrigin = "Access-Control-Allow-Origin";
constexpr std::string_view AllowMethods = "Access-Control-Allow-Methods";
constexpr std::string_view AllowHeaders = "Access-Control-Allow-Headers";
constexpr std::string_view Prefix = "access-control-";
constexpr std::array<std::string_view, 7> Answered = {AllowOrigin,
                                                      AllowMethods,
                                                      AllowHeaders,
                                                      "Access-Control-Allow-Credentials",
                                                      "Access-Control-Allow-Private-Network",
                                                      "Access-Control-Expose-Headers",
                                                      "Access-Control-Max-Age"};
/// A method that a stranger names is given back to him; this bounds it.
constexpr std::size_t LongestMethod = 64;

bool speaks_of_cors(std::string_view name) noexcept {
  return name.size() > Prefix.size() &&
         std::equal(Prefix.begin(), Prefix.end(), name.begin(), [](char small, char c) {
           return small == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
         });
}

/// An upstream that knows CORS too would have the header twice, and browsers then refuse.
void strip(Headers& headers) {
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (!speaks_of_cors(headers[i].name)) continue;
    for (const std::string_view name : Answered) headers.remove(name);
    return;
  }
}

}  // namespace

Grants::Grants(const Config& config)
    : origins_(config.origins),
      reflect_method_(contains(config.methods, "*")),
      reflect_headers_(contains(config.headers, "*")),
      private_network_(config.private_network),
      disallowed_(config.disallowed_preflight) {
  if (config.credentials) {
    answer_.set("Access-Control-Allow-Credentials", "true");
    preflight_.set("Access-Control-Allow-Credentials", "true");
  }
  if (!config.expose.empty()) answer_.set("Access-Control-Expose-Headers", join(config.expose));
  if (!reflect_method_) preflight_.set(AllowMethods, join(config.methods));
  if (!reflect_headers_ && !config.headers.empty()) {
    preflight_.set(AllowHeaders, join(config.headers));
  }
  preflight_.set("Access-Control-Max-Age", std::to_string(config.max_age.count()));
}

std::string_view Grants::admit(std::optional<std::string_view> origin) const noexcept {
  // To everybody the answer is the same, so it may be cached for everybody.
  if (origins_.any()) return "*";
  if (!origin || !origins_.allow(*origin)) return {};
  return *origin;
}

void Grants::mark(Response& response, std::string_view admitted) const {
  Headers& headers = response.headers();
  strip(headers);
  if (!origins_.any()) headers.append("Vary", "Origin");
  if (admitted.empty()) return;
  headers.set(AllowOrigin, admitted);
  headers.set(answer_);
}

Response Grants::preflight(const Request& request, std::string_view admitted) const {
  if (admitted.empty() && disallowed_ == Disallowed::Refuse) {
    Response refusal = problem(Status::Forbidden, "origin_not_allowed",
                               "Pages of this origin may not send this request.");
    refusal.headers().append("Vary", "Origin");
    return refusal;
  }
  Response response(Status::NoContent);
  Headers& headers = response.headers();
  if (!origins_.any()) headers.append("Vary", "Origin");
  if (reflect_method_) headers.append("Vary", "Access-Control-Request-Method");
  if (reflect_headers_) headers.append("Vary", "Access-Control-Request-Headers");
  if (admitted.empty()) return response;
  headers.set(AllowOrigin, admitted);
  headers.set(preflight_);
  allow_preflight(request, headers);
  return response;
}

/// What depends on the request. Only tokens are given back: a header that a stranger wrote must not
/// become one that the gateway writes.
void Grants::allow_preflight(const Request& request, Headers& headers) const {
  const Headers& asked = request.headers();
  if (reflect_method_) {
    const std::string_view method = asked.get("Access-Control-Request-Method").value_or("");
    if (method.size() <= LongestMethod && is_token(method)) headers.set(AllowMethods, method);
  }
  if (reflect_headers_) {
    const auto names = asked.get("Access-Control-Request-Headers");
    const std::string_view sound = names ? sound_tokens(*names) : std::string_view();
    if (!sound.empty()) headers.set(AllowHeaders, sound);
  }
  if (private_network_ && asked.get("Access-Control-Request-Private-Network") == "true") {
    headers.set("Access-Control-Allow-Private-Network", "true");
  }
}

}  // namespace portico::cors
