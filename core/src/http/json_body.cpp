// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "config/binder.h"
#include "config/json_text.h"
#include "config/problems.h"
#include "http/request_state.h"
#include <portico/http.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico {

namespace {

// "application/json" and everything "+json"; no charset but UTF-8.
bool is_json(std::string_view content_type) noexcept {
  const std::size_t end = content_type.find(';');
  const std::string_view type = base::trim(content_type.substr(0, end));
  const std::string_view suffix = "+json";
  const bool json = base::iequals(type, "application/json") ||
                    (type.size() > suffix.size() && type.find('/') != std::string_view::npos &&
                     base::iequals(type.substr(type.size() - suffix.size()), suffix));
  if (!json || end == std::string_view::npos) return json;
  std::string_view rest = content_type.substr(end + 1);
  while (!rest.empty()) {
    const std::size_t next = rest.find(';');
    const std::string_view parameter = base::trim(rest.substr(0, next));
    const std::size_t equals = parameter.find('=');
    if (base::iequals(parameter.substr(0, equals), "charset") &&
        !base::iequals(parameter, "charset=utf-8") &&
        !base::iequals(parameter, "charset=\"utf-8\"")) {
      return false;
    }
    rest.remove_prefix(next == std::string_view::npos ? rest.size() : next + 1);
  }
  return true;
}

Response unbound(const config::Problems& problems) {
  const std::vector<config::Problem> all = problems.sorted();
  std::vector<std::string> messages;
  messages.reserve(all.size());
  std::vector<BodyFault> faults;
  faults.reserve(all.size());
  for (const config::Problem& problem : all) {
    std::string& message = messages.emplace_back(problem.what);
    if (!problem.remedy.empty()) message.append("; ").append(problem.remedy);
    faults.push_back({.path = problem.path, .code = problem.code, .message = message});
  }
  return body_problem("validation_failed", "The body does not have the form that this route needs.",
                      faults);
}

}  // namespace

namespace detail {

const void* bind_json(Request& request, const ObjectSchema& schema, void* object) {
  const std::string_view content_type = request.headers().get("Content-Type").value_or("");
  if (!is_json(content_type)) {
    throw BadBody(problem(Status::UnsupportedMediaType, "not_json",
                          "The body must be application/json in UTF-8; say so in Content-Type."));
  }
  const config::JsonText json =
      config::read_json(request.body(), http::RequestState::of(request).arena);
  if (!json.valid()) {
    const std::string sentence = "The body is not JSON: line " + std::to_string(json.fault->line) +
                                 ", column " + std::to_string(json.fault->column) + ": " +
                                 json.fault->sentence + ".";
    throw BadBody(problem(Status::BadRequest, "invalid_json", sentence));
  }
  config::Problems problems;
  config::BindContext context{.problems = problems, .notation = config::Notation::Json};
  if (!config::bind_object(json.root, schema, object, "", context))
    throw BadBody(unbound(problems));
  return object;
}

}  // namespace detail
}  // namespace portico
