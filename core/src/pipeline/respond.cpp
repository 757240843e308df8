// SPDX-License-Identifier: Apache-2.0
#include "pipeline/respond.h"

#include "http/header_list.h"
#include "http/response_state.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

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

bool values_are_one_line(const Respond& respond) {
  return std::ranges::all_of(respond.headers, [](const auto& header) {
    return detail::is_field_value(header.second.source());
  });
}

bool is_constant(const Template& text) { return text.variable(0).empty(); }

/// What is the same for every request is checked here and not copied there: whoever holds the
/// answer holds the chain.
class FixedAnswer {
 public:
  explicit FixedAnswer(const Respond& respond)
      : status_(static_cast<Status>(respond.status)),
        body_(respond.body),
        typed_(respond.body.empty()) {
    for (const auto& [name, value] : respond.headers) {
      fields_.push_back({name, value, is_constant(value)});
      typed_ = typed_ || detail::same_name(name, "Content-Type");
    }
  }

  [[nodiscard]] Flow operator()(const Request& request) const {
    Response response(status_);
    detail::ResponseState& state = detail::ResponseState::of(response);
    state.body = body_.render(request);
    if (!typed_) state.headers.add_received("Content-Type", DefaultType);
    for (const Field& field : fields_) {
      const std::string_view value = field.value.render(request);
      if (field.constant) {
        state.headers.put(field.name, value);
      } else {
        state.headers.set(field.name, value);
      }
    }
    return reply(std::move(response));
  }

 private:
  struct Field {
    std::string name;
    Template value;
    bool constant;
  };

  const Status status_;
  const Template body_;
  std::vector<Field> fields_;
  bool typed_;
};

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
  schema.rule("a header's value is one line, without control characters", values_are_one_line);
  schema.rule(
      "Content-Length, Transfer-Encoding, Connection and Upgrade are Portico's own; leave "
      "them out of `headers`",
      leaves_framing_alone);
  schema.rule("a 204 or 304 has no body; leave `body` out", has_body_only_where_allowed);
}

detail::Rule Respond::rule() const { return FixedAnswer(*this); }

}  // namespace portico::pipeline
