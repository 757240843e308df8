// SPDX-License-Identifier: Apache-2.0
#include "api/answers.h"

#include <string>
#include <utility>

namespace portico::rbac {

Response done(std::int64_t version) {
  return written(uncached(Response(Status::NoContent)), version);
}

Response written(Response answer, std::int64_t version) {
  answer.headers().set("Rbac-Version", std::to_string(version));
  return answer;
}

}  // namespace portico::rbac
