// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.h"
#include "http/problem_text.h"
#include "http/request_state.h"
#include "http/response_state.h"
#include "http/status_text.h"
#include <portico/http.h>

#include <string>

namespace portico {

namespace http {
namespace {

void member(std::string& out, std::string_view name, std::string_view value) {
  out += ',';
  base::append_json_string(out, name);
  out += ':';
  base::append_json_string(out, value);
}

}  // namespace

void add_member(std::string& out, const ProblemMember& added) {
  if (added.as == ProblemMember::As::Text) return member(out, added.name, added.value);
  out += ',';
  base::append_json_string(out, added.name);
  out += ':';
  out += added.value;
}

void begin_problem(std::string& out, Status status, std::string_view code,
                   std::string_view sentence) {
  const auto number = static_cast<std::uint16_t>(status);
  out += R"({"type":"about:blank")";
  member(out, "title", status_text(number));
  out += R"(,"status":)";
  out += std::to_string(number);
  member(out, "code", code);
  member(out, "detail", sentence);
  const RequestState* const request = RequestState::current();
  if (request != nullptr && !request->head.id.empty()) member(out, "request_id", request->head.id);
}

}  // namespace http

Response problem(Status status, std::string_view code, std::string_view sentence,
                 std::string_view internal) {
  return problem(status, code, sentence, std::span<const ProblemMember>(), internal);
}

Response problem(Status status, std::string_view code, std::string_view sentence,
                 std::span<const ProblemMember> members, std::string_view internal) {
  // Refusals come in floods: the text is put together without asking the heap.
  thread_local std::string text;
  text.clear();
  http::begin_problem(text, status, code, sentence);
  for (const ProblemMember& each : members) http::add_member(text, each);
  text += '}';
  Response answer(status);
  answer.body(text, http::ProblemType);
  auto& state = detail::ResponseState::of(answer);
  state.internal = state.arena->copy(internal);
  return answer;
}

Response body_problem(std::string_view code, std::string_view sentence,
                      std::span<const BodyFault> faults) {
  std::string text;
  http::begin_problem(text, Status::UnprocessableContent, code, sentence);
  text += R"(,"errors":)";
  base::JsonWriter writer(text);
  writer.begin_array();
  for (const BodyFault& fault : faults) {
    writer.begin_object()
        .member("path", fault.path)
        .member("code", fault.code)
        .member("message", fault.message)
        .end_object();
  }
  writer.end_array();
  text += '}';
  Response answer(Status::UnprocessableContent);
  answer.body(text, http::ProblemType);
  return answer;
}

}  // namespace portico
