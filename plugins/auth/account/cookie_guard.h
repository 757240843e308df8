// SPDX-License-Identifier: Apache-2.0
// Whether a cookie may stand for its owner in this request: browsers send it along with what pages
// of others make them send. Any thread.
#pragma once

#include "gate/csrf_token.h"
#include <portico/http.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

class CookieGuard {
 public:
  /// `trusted` are the origins of other sites whose pages may send it.
  CookieGuard(const CsrfTokens& tokens, std::vector<std::string> trusted);

  /// 403 where another site sent the request, or nobody knows who did.
  [[nodiscard]] std::optional<Response> refuse(const Request& request,
                                               std::string_view session) const;
  /// The same before there is a session, as for a login: an old browser passes.
  [[nodiscard]] std::optional<Response> refuse_strangers(const Request& request) const;

 private:
  const CsrfTokens& tokens_;
  const std::vector<std::string> trusted_;
};

}  // namespace portico::auth
