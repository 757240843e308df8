// SPDX-License-Identifier: Apache-2.0
#include "cli/run/served_admin.h"

#include <utility>

namespace portico::cli {

ServedAdmin::ServedAdmin(admin::AdminSettings settings, admin::Place place, Scope scope)
    : admin_(std::move(settings)),
      place_(place),
      scope_(scope),
      rule_([this](Request& request) { return answer(request); }) {
  chain_.terminal.rule = &rule_;
  chain_.terminal.name = "admin";
}

Flow ServedAdmin::answer(const Request& request) const {
  if (scope_ == Scope::Probes && !request.path().starts_with("/health/")) {
    return reply(problem(Status::NotFound, "not_found", "Only /health/ is served here."));
  }
  const Headers& headers = request.headers();
  const admin::AdminResponse answer =
      admin_.answer({request.method(), request.path(), headers.get("Host").value_or(""),
                     headers.get("Origin"), headers.get("Authorization"), place_});
  Response response(Status(static_cast<std::uint16_t>(answer.status)));
  response.body(answer.body, "application/json");
  for (const auto& [name, value] : answer.headers) response.headers().set(name, value);
  return reply(std::move(response));
}

}  // namespace portico::cli
