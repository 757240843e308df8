// SPDX-License-Identifier: Apache-2.0
#include "cli/run/served_admin.h"

#include <utility>

namespace portico::cli {

ServedAdmin::ServedAdmin(admin::AdminSettings settings, admin::Place place, Scope scope,
                         pipeline::Workers& workers)
    : admin_(std::move(settings)),
      place_(place),
      scope_(scope),
      rule_([this](Request& request) { return reply(answer(request)); }),
      handler_([this](Request& request) { return answer(request); }) {
  // No request here has a body of any size.
  chain_.body_limit = slow_chain_.body_limit = Bytes{std::uint64_t{64} << 10U};
  chain_.terminal.name = slow_chain_.terminal.name = "admin";
  chain_.terminal.rule = &rule_;
  slow_chain_.terminal.handler = &handler_;
  slow_chain_.terminal.body_limit = *slow_chain_.body_limit;
  slow_chain_.terminal.workers = &workers;
}

const pipeline::Chain& ServedAdmin::route(http::RequestState& request) const {
  return admin::Admin::takes_time(request.head.path) ? slow_chain_ : chain_;
}

Response ServedAdmin::answer(Request& request) const {
  if (scope_ == Scope::Probes && !request.path().starts_with("/health/")) {
    return problem(Status::NotFound, "not_found", "Only /health/ is served here.");
  }
  const Headers& headers = request.headers();
  const admin::AdminResponse answer =
      admin_.answer({request.method(), request.path(), headers.get("Host").value_or(""),
                     headers.get("Origin"), headers.get("Authorization"), place_, &request});
  Response response(Status(static_cast<std::uint16_t>(answer.status)));
  response.body(answer.body, "application/json");
  for (const auto& [name, value] : answer.headers) response.headers().set(name, value);
  return response;
}

}  // namespace portico::cli
