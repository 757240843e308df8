// SPDX-License-Identifier: Apache-2.0
#include "route_settings.h"

#include "upstream/target_url.h"

#include <algorithm>

namespace portico::proxy {
namespace {

/// A body stands behind every other status: it cannot be unsaid.
bool may_have_body(std::string_view status) {
  return status != "204" && status != "205" && status != "304";
}

std::string fault_of_status(std::string_view text) {
  const bool number = text.size() == 3 && text[0] >= '2' && text[0] <= '5' &&
                      std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (number && may_have_body(text)) return {};
  return "is no status with a body; write one such as 404";
}

std::string fault_of_literal_host(std::string_view text) {
  const bool sound = std::ranges::all_of(text, [](char c) {
    return c > ' ' && c < '\x7f' &&
           std::string_view("/?#@\"<>\\").find(c) == std::string_view::npos;
  });
  return sound ? std::string() : "is no host";
}

}  // namespace

void AnswerSettings::describe(Schema<AnswerSettings>& s) {
  using Self = AnswerSettings;
  s.summary("What happens to the head of the upstream's answer.");
  s.field("status", &Self::status, "Statuses, and what stands in their place.")
      .max(100)
      .check_keys(fault_of_status)
      .example("{\"404\": 410}");
  s.field("headers", &Self::headers, "Its fields.");
  s.field("locations", &Self::locations,
          "Location, Content-Location and Refresh that point at the upstream are led back to the "
          "public address.");
  s.field("cookies", &Self::cookies, "The cookies that it sets.");
  s.rule("`status` leads to a status with a body; write 200 to 599, without 204, 205 and 304",
         [](const Self& answer) {
           return std::ranges::all_of(answer.status, [](const auto& entry) {
             return fault_of_status(std::to_string(entry.second)).empty();
           });
         });
}

void RouteSettings::describe(Schema<RouteSettings>& s) {
  using Self = RouteSettings;
  s.summary("Sends requests to an upstream.");
  s.field("upstream", &Self::upstream,
          "The name of one of `plugins.proxy.upstreams`, or one server as http://HOST:PORT.")
      .required()
      .check(fault_of_upstream)
      .example("bookings");
  s.field("strip_prefix", &Self::strip_prefix,
          "Whole segments that are taken from the front of the path.")
      .check(fault_of_prefix)
      .example("/api/v1");
  s.field("add_prefix", &Self::add_prefix, "Segments that are put in front, after all else.")
      .check(fault_of_prefix)
      .example("/v2");
  s.field("rewrite", &Self::rewrite, "A new path by a regular expression.");
  s.field("path", &Self::path, "The whole path, in the place of those three.")
      .example("/users/{path.id}");
  s.field("host", &Self::host,
          "The Host that the upstream is told: `client`, that of the request; `upstream`, the "
          "target's own; or another. Empty: `client`, and `upstream` over TLS.")
      .example("api.internal");
  s.field("headers", &Self::headers, "Fields of the request.");
  s.field("query", &Self::query, "Parameters of the query.");
  s.field("response", &Self::response, "What happens to the answer.");
  s.field("forwarding", &Self::forwarding, "What the upstream is told of the client.").inherit();
  s.field("upgrades", &Self::upgrades,
          "Clients may change to another protocol, as WebSocket does.");
  s.field(
      "request_trailers", &Self::request_trailers,
      "Fields behind a request's chunks are passed on. No middleware sees them: only for targets "
      "that never take them for fields of the head.");
  s.field("mirror", &Self::mirror, "Another upstream that gets a copy of the requests.");
  s.rule("`path` is the whole path; leave strip_prefix, add_prefix and rewrite out",
         [](const Self& route) {
           return !route.path ||
                  (route.strip_prefix.empty() && route.add_prefix.empty() && !route.rewrite);
         });
  s.rule("`host` is no host; write client, upstream, or a name such as api.internal",
         [](const Self& route) {
           return !route.host.variable(0).empty() ||
                  fault_of_literal_host(route.host.source()).empty();
         });
  s.shorthand("upstream");
}

}  // namespace portico::proxy
