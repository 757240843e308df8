// SPDX-License-Identifier: Apache-2.0
// The keys that core reads under `plugins`, `use` and `routes`.
#include "config/routes.h"
#include "config/schema_model.h"

namespace portico::config {

using namespace std::chrono_literals;

void Match::describe(Schema<Match>& schema) {
  schema.summary("Conditions on a request; all must hold.");
  schema.field("host", &Match::host, "Exact names, or `*.` and a domain for all below it.")
      .max(1000)
      .example("\"*.example.com\"");
  schema
      .field("path", &Match::path, "Literals, `{name}` or `*` for one segment, `**` for any rest.")
      .max(2048)
      .example("\"/api/v1/bookings/{id}\"");
  schema.field("methods", &Match::methods, "Any of these; GET stands for HEAD too.")
      .max(32)
      .example("[GET, POST]");
  schema.field("headers", &Match::headers, "Exact values by name; `*`: present.").max(32);
  schema.field("query", &Match::query, "Exact values by name; `*`: present.").max(32);
}

void UseSiblings::describe(Schema<UseSiblings>& schema) {
  schema.summary("What may stand beside a plugin's key in an entry of `use`.");
  schema.field("when", &UseSiblings::when, "Only for requests that match.");
  schema
      .field("mode", &UseSiblings::mode,
             "`shadow`: what would be a reply is counted and logged, and the request goes on.")
      .names({{"enforce", Mode::Enforce}, {"shadow", Mode::Shadow}});
}

void PluginKeys::describe(Schema<PluginKeys>& schema) {
  schema.summary("What core reads of a plugin's settings.");
  schema.field("file", &PluginKeys::file, "The shared library; else it is looked for by name.")
      .min(1)
      .example("/opt/acme/hello.so");
  schema.field("mount", &PluginKeys::mount, "Under which path the plugin's own routes live.")
      .example("/auth");
  schema.field("use", &PluginKeys::use, "The chain of the plugin's own routes.");
}

void RouteTimeouts::describe(Schema<RouteTimeouts>& schema) {
  schema.summary("Deadlines of a route.");
  schema
      .field("total", &RouteTimeouts::total, "From the request's head to the end of the response.")
      .min(1ms)
      .max(24h)
      .example("10s");
}

void RouteLimits::describe(Schema<RouteLimits>& schema) {
  schema.summary("Limits of a route.");
  schema.field("body_bytes", &RouteLimits::body_bytes, "Most of a request's body.")
      .max(Bytes{std::uint64_t{1} << 40U})
      .example("1MiB");
}

void RouteKeys::describe(Schema<RouteKeys>& schema) {
  schema.summary("A route: which requests, through which chain, end where.");
  schema.field("match", &RouteKeys::match, "Which requests; absent: all.");
  schema.field("use", &RouteKeys::use, "What they pass, behind the global `use`.");
  schema.field("skip", &RouteKeys::skip, "What of the global `use` they do not pass.")
      .max(64)
      .example("[ratelimit]");
  schema.field("timeouts", &RouteKeys::timeouts, "Deadlines.");
  schema.field("limits", &RouteKeys::limits, "Limits that differ from the global ones.");
  schema.field("routes", &RouteKeys::routes,
               "Instead of an end: routes that inherit what is said here.");
}

}  // namespace portico::config
