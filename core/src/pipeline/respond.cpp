// SPDX-License-Identifier: Apache-2.0
#include "pipeline/respond.h"

#include "http/header_list.h"

#include <algorithm>
#include <array>

namespace portico::pipeline {
namespace {

constexpr std::string_view DefaultType = "text/plain; charset=utf-8";

bool names_are_tokens(const Respond& respond) {
  return std::ranges::all_of(respond.headers,
                             [](const auto& header) { return detail::is_token(header.first); });
}

bool leaves_framing_alone(const Respond& respond) {
  static constexpr std::array<std::string_view, 4> Framing = {"content-length", "transfer-encoding",
                                                              "connection", "upgrade"};
  return std::ranges::none_of(respond.headers, [](const auto& header) {
    return std::ranges::any_of(
        Framing, [&](std::string_view name) { return detail::same_name(name, header.first); });
  });
}

bool has_body_only_where_allowed(const Respond& respond) {
  return respond.body.empty() || (respond.status != 204 && respond.status != 304);
}

Flow answer(const Respond& respond, const Request& request) {
  Response response(static_cast<Status>(respond.status));
  if (!respond.body.empty()) response.body(respond.body.render(request), DefaultType);
  for (const auto& [name, value] : respond.headers) {
    response.headers().set(name, value.render(request));
  }
  return reply(std::move(response));
}

}  // namespace

void Respond::describe(Schema<Respond>& schema) {
  schema.summary("Answers with a fixed response.");
  schema.shorthand("body");
  schema.field("status", &Respond::status, "Status of the answer.").min(200).max(599);
  schema.field("headers", &Respond::headers,
               "Header fields; variables such as {request.id} are filled in.");
  schema
      .field("body", &Respond::body,
             "The body; variables are filled in. Without a Content-Type header it is plain text.")
      .example("\"pong\\n\"");
  schema.rule("a header's name takes letters, digits and - only", names_are_tokens);
  schema.rule(
      "Content-Length, Transfer-Encoding, Connection and Upgrade are Portico's own; leave "
      "them out of `headers`",
      leaves_framing_alone);
  schema.rule("a 204 or 304 has no body; leave `body` out", has_body_only_where_allowed);
}

detail::Rule Respond::rule() const {
  return [respond = *this](Request& request) { return answer(respond, request); };
}

}  // namespace portico::pipeline
