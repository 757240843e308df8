// SPDX-License-Identifier: Apache-2.0
#include "plugin/refusals.h"

#include "plugin/site.h"
#include <portico/identity.h>
#include <portico/notify.h>

#include <utility>

namespace portico {

Permissions::~Permissions() = default;
Identity::~Identity() = default;
Notifications::~Notifications() = default;
Channel::~Channel() = default;
Channels::~Channels() = default;

}  // namespace portico

namespace portico::plugin {

Flow refuse_path(Request&) {
  return reply(problem(Status::NotFound, "not_found", "There is nothing at this address."));
}

Flow refuse_method(Request& request) {
  Response response = problem(Status::MethodNotAllowed, "method_not_allowed",
                              "This address does not take that method; see Allow.");
  if (const std::string_view* allow = request.get(Allow)) response.headers().set("Allow", *allow);
  return reply(std::move(response));
}

Flow answer_options(Request& request) {
  Response response(Status::NoContent);
  if (const std::string_view* allow = request.get(Allow)) response.headers().set("Allow", *allow);
  return reply(std::move(response));
}

Flow refuse_permission(Request&) {
  return reply(problem(Status::Forbidden, "permission_denied", "The caller may not do this."));
}

}  // namespace portico::plugin
