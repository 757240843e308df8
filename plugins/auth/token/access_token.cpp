// SPDX-License-Identifier: Apache-2.0
#include "token/access_token.h"

#include "text/json_object.h"

namespace portico::auth {

std::string payload_of(const AccessToken& token) {
  const std::string method(token.method);
  return JsonObject()
      .member("iss", token.issuer)
      .member("aud", token.audience)
      .member("sub", token.user)
      .member("sid", token.session)
      .member("jti", token.id)
      .member("iat", token.issued.count())
      .member("nbf", token.issued.count())
      .member("exp", token.expires.count())
      .member("auth_time", token.authenticated.count())
      .member("pv", token.permission_version)
      .member("amr", std::span(&method, 1))
      .member("roles", token.roles)
      .text();
}

}  // namespace portico::auth
