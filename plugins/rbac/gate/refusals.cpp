// SPDX-License-Identifier: Apache-2.0
#include "gate/refusals.h"

#include <array>

namespace portico::rbac::refusals {
namespace {

/// What was answered to one caller is for nobody else, and not for later either.
Response uncached(Response response) {
  response.headers().set("Cache-Control", "no-store");
  return response;
}

}  // namespace

Response nobody() {
  Response response = problem(Status::Unauthorized, "authentication_required",
                              "This needs a caller who is known; log in.");
  response.headers().set("WWW-Authenticate", "Bearer");
  return uncached(std::move(response));
}

Response forbidden(std::string_view required, std::string_view decision_id) {
  const std::array members{ProblemMember::json("required", required),
                           ProblemMember::text("decision_id", decision_id)};
  return uncached(
      problem(Status::Forbidden, "permission_denied", "The caller may not do this.", members));
}

Response unavailable() {
  Response response = problem(Status::ServiceUnavailable, "permissions_unavailable",
                              "Permissions cannot be looked up at the moment; try again.");
  response.headers().set("Retry-After", "1");
  return uncached(std::move(response));
}

}  // namespace portico::rbac::refusals
