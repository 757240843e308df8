// SPDX-License-Identifier: Apache-2.0
#include "shared/refusal.h"

#include "shared/answers.h"
#include "shared/json_out.h"

#include <array>
#include <utility>

namespace portico {
inline namespace shared {

Refusal Refusal::of_field(std::string path, std::string_view code, std::string sentence) {
  Refusal refusal(Status::UnprocessableContent, code, std::move(sentence));
  refusal.path_ = std::move(path);
  return refusal;
}

Refusal Refusal::forbidden(std::string_view code, std::string sentence, std::string required) {
  Refusal refusal(Status::Forbidden, code, std::move(sentence));
  refusal.required_ = std::move(required);
  return refusal;
}

Response Refusal::answer() const {
  if (status_ == Status::Forbidden) {
    JsonOut list;
    list.begin_list();
    if (!required_.empty()) list.value(required_);
    const std::string required(list.end_list().text());
    const std::array members{ProblemMember::json("required", required)};
    return uncached(problem(status_, code_, sentence_, members));
  }
  if (path_.empty()) return uncached(problem(status_, code_, sentence_));
  const std::array faults{BodyFault{.path = path_, .code = code_, .message = sentence_}};
  return uncached(body_problem(code_, sentence_, faults));
}

Refusal changed_meanwhile() {
  return {Status::PreconditionFailed, "precondition_failed",
          "Somebody else has changed it since; read it again."};
}

}  // namespace shared
}  // namespace portico
