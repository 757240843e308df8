// SPDX-License-Identifier: Apache-2.0
#include "pipeline/redirect.h"

#include <string>

namespace portico::pipeline {
namespace {

/// A target that begins with a variable could be turned by a client into any site.
bool begins_literally(const Redirect& redirect) { return !redirect.to.source().starts_with('{'); }

bool is_absolute(const Redirect& redirect) {
  const std::string_view to = redirect.to.source();
  return to.starts_with('/') || to.starts_with("http://") || to.starts_with("https://");
}

/// "//host" is another site to a browser; no variable may turn a local target into one.
bool leaves_the_site(std::string_view target) {
  return target.size() > 1 && target[0] == '/' && (target[1] == '/' || target[1] == '\\');
}

Flow send(Redirect::Code status, const Template& to, const Request& request) {
  const std::string_view target = to.render(request);
  if (leaves_the_site(target)) {
    return reply(problem(Status::BadRequest, "bad_redirect", "This path cannot be redirected."));
  }
  Response response(static_cast<Status>(status));
  response.headers().set("Location", target);
  return reply(std::move(response));
}

/// The target with the request's query behind it.
Template with_query(const Template& to) {
  const bool has_query = to.source().find('?') != std::string_view::npos;
  return Template(std::string(to.source()) + (has_query ? "&" : "?") + "{request.query}");
}

}  // namespace

void Redirect::describe(Schema<Redirect>& schema) {
  schema.summary("Sends the client to another address.");
  schema.shorthand("to");
  schema.field("to", &Redirect::to, "Where to: a path, or a URL of http or https.")
      .required()
      .example("\"https://www.example.com/{path.rest}\"");
  schema.field("status", &Redirect::status, "308 and 307 keep the method, 301 and 302 may not.")
      .names({{"301", Redirect::Code::MovedPermanently},
              {"302", Redirect::Code::Found},
              {"303", Redirect::Code::SeeOther},
              {"307", Redirect::Code::TemporaryRedirect},
              {"308", Redirect::Code::PermanentRedirect}});
  schema.field("query", &Redirect::query, "Whether the request's query is added to the target.")
      .names({{"keep", Redirect::Query::Keep}, {"drop", Redirect::Query::Drop}});
  schema.rule(
      "`to` may not begin with a variable, or a client could choose the site; write the path "
      "or host first",
      begins_literally);
  schema.rule("`to` is a path such as `/new`, or a URL of http or https", is_absolute);
}

detail::Rule Redirect::rule() const {
  const bool keeps = query == Query::Keep;
  return [code = status, plain = to, full = keeps ? with_query(to) : to](Request& request) {
    return send(code, request.query().empty() ? plain : full, request);
  };
}

}  // namespace portico::pipeline
