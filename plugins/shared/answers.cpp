// SPDX-License-Identifier: Apache-2.0
#include "shared/answers.h"

#include <utility>

namespace portico {
inline namespace shared {

Response uncached(Response answer) {
  answer.headers().set("Cache-Control", "no-store");
  return answer;
}

Response shown(Status status, std::string_view json) {
  Response answer(status);
  answer.body(json, "application/json");
  return uncached(std::move(answer));
}

}  // namespace shared
}  // namespace portico
