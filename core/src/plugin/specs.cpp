// SPDX-License-Identifier: Apache-2.0
// What a plugin says of its middlewares and routes once they are declared.
#include "plugin/names.h"
#include "plugin/registrar.h"

#include <algorithm>
#include <stdexcept>

namespace portico {

using plugin::quoted;

MiddlewareSpec MiddlewareSpec::single() {
  entry_->single = true;
  return *this;
}

MiddlewareSpec MiddlewareSpec::gives(std::string_view fact) {
  if (!plugin::is_word(fact)) {
    throw std::logic_error("a middleware cannot give the fact " + quoted(fact) +
                           ": [a-z][a-z0-9_]*");
  }
  entry_->gives.emplace_back(fact);
  return *this;
}

MiddlewareSpec MiddlewareSpec::rewrites_response() {
  entry_->rewrites_response = true;
  return *this;
}

MiddlewareSpec MiddlewareSpec::answers_preflight() {
  entry_->answers_preflight = true;
  return *this;
}

RouteSpec RouteSpec::summary(std::string_view sentence) {
  entry_->summary = sentence;
  return *this;
}

RouteSpec RouteSpec::body_limit(Bytes limit) {
  entry_->body_limit = limit;
  return *this;
}

RouteSpec RouteSpec::answers(int status) { return answer_schema(status, nullptr); }

RouteSpec RouteSpec::permission(std::string_view name) {
  if (!plugin::is_permission(name)) {
    throw std::logic_error("the route " + quoted(entry_->path) + " cannot need the permission " +
                           quoted(name) + ": words joined by ':', as in \"bookings:read\"");
  }
  entry_->permission = name;
  return *this;
}

RouteSpec RouteSpec::behind(std::string_view middleware) {
  entry_->behind.emplace_back(middleware);
  return *this;
}

RouteSpec RouteSpec::pool(Pool pool) {
  entry_->pool = pool;
  return *this;
}

RouteSpec RouteSpec::idempotent(Sql& database) {
  entry_->idempotent = &database;
  return *this;
}

RouteSpec RouteSpec::body_schema(const detail::ObjectSchema& (*schema)()) {
  entry_->body = schema;
  return *this;
}

RouteSpec RouteSpec::answer_schema(int status, const detail::ObjectSchema& (*schema)()) {
  const auto same = [status](const auto& other) { return other.status == status; };
  if (status < 100 || status > 599 ||
      std::any_of(entry_->answers.begin(), entry_->answers.end(), same)) {
    throw std::logic_error("the route " + quoted(entry_->path) + " cannot answer " +
                           std::to_string(status) + ": 100 to 599, each once");
  }
  entry_->answers.push_back({status, schema});
  return *this;
}

}  // namespace portico
