// SPDX-License-Identifier: Apache-2.0
#include "api/answers.h"

#include <string>
#include <utility>

namespace portico::rbac {

Response uncached(Response answer) {
  answer.headers().set("Cache-Control", "no-store");
  return answer;
}

Response shown(Status status, std::string_view json) {
  Response answer(status);
  answer.body(json, "application/json");
  return uncached(std::move(answer));
}

Response done(std::int64_t version) {
  return written(uncached(Response(Status::NoContent)), version);
}

Response written(Response answer, std::int64_t version) {
  answer.headers().set("Rbac-Version", std::to_string(version));
  return answer;
}

}  // namespace portico::rbac
