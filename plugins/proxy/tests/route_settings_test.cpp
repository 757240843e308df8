// SPDX-License-Identifier: Apache-2.0
// What `portico check` takes and refuses of a route's `proxy:`. Each key has an accepted and a
// refused value.
#include "proxy.h"
#include <portico/testing.h>

#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

std::string problems(std::string_view end) {
  portico::testing::Gateway gateway;
  gateway.load<ProxyPlugin>("{upstreams: {app: {targets: [\"http://127.0.0.1:4000\"]}}}");
  gateway.route("{match: {path: \"/{id}/**\"}, proxy: " + std::string(end) + "}");
  return gateway.problems();
}

TEST(RouteSettings, TakeWhatIsRight) {
  for (const char* end : {
           "app",
           "\"http://127.0.0.1:5000\"",
           "\"unix:/run/app.sock\"",
           "\"http://app.internal\"",
           "\"https://app.internal\"",
           "{upstream: app, strip_prefix: /a, add_prefix: /b%20c}",
           "{upstream: app, rewrite: {from: \"/a/(.*)\", to: \"/{1}\"}}",
           "{upstream: app, path: \"/x/{path.id}\"}",
           "{upstream: app, host: client}",
           "{upstream: app, host: upstream}",
           "{upstream: app, host: \"api.internal:8080\"}",
           "{upstream: app, host: \"{path.id}.internal\"}",
           "{upstream: app, headers: {set: {X-A: a}, add: {X-B: \"{path.id}\"}, remove: [X-C]}}",
           "{upstream: app, query: {set: {a: a}, add: {b: \"{path.id}\"}, remove: [c]}}",
           "{upstream: app, response: {status: {\"404\": 410}, locations: false}}",
           "{upstream: app, response: {headers: {set: {X-A: a}, add: {X-B: b}, remove: [X-C]}}}",
           "{upstream: app, response: {cookies: {domain: example.com, path: {/a: /b}}}}",
           "{upstream: app, response: {cookies: {secure: true, same_site: none}}}",
           "{upstream: app, response: {cookies: {http_only: false}}}",
           "{upstream: app, forwarding: {x_real_ip: true}}",
           "{upstream: app, upgrades: false}",
           "{upstream: app, request_trailers: true}",
           "{upstream: app, mirror: app}",
           "{upstream: app, mirror: {upstream: \"http://127.0.0.1:1\", percent: 0.5, requests: 1, "
           "body: 0}}",
       }) {
    EXPECT_EQ(problems(end), "") << end;
  }
}

TEST(RouteSettings, RefuseWhatIsWrongAndSayWhatToWrite) {
  const std::pair<const char*, const char*> faults[] = {
      {"{}", "proxy.upstream: required key is missing"},
      {"\"\"", "proxy: is empty; write an upstream's name, or http://HOST:PORT"},
      {"apps", "there is no upstream \"apps\"; did you mean \"app\"?"},
      {"\"127.0.0.1:5000\"", "proxy: has no scheme; write http://127.0.0.1:5000"},
      {"{upstream: app, strip_prefix: a}", "proxy.strip_prefix: does not begin with \"/\""},
      {"{upstream: app, add_prefix: \"/a?b\"}", "proxy.add_prefix: holds \"?\""},
      {"{upstream: app, rewrite: {from: \"(\", to: /}}",
       "proxy.rewrite.from: is no regular expression of RE2 (missing ): ()"},
      {"{upstream: app, rewrite: {from: a, to: a}}", "proxy.rewrite.to: does not begin with \"/\""},
      {"{upstream: app, rewrite: {from: /a, to: \"/{x}\"}}",
       "proxy.rewrite.to: a brace stands for a group, {0} to {9}"},
      {"{upstream: app, rewrite: {from: /a, to: \"/{1}\"}}",
       "`rewrite.to` uses the group {1}, and `rewrite.from` has 0"},
      {"{upstream: app, path: \"/x/{path.di}\"}", "proxy.path: "},
      {"{upstream: app, path: /x, add_prefix: /y}", "`path` is the whole path"},
      {"{upstream: app, host: \"a b\"}", "`host` is no host"},
      {"{upstream: app, host: \"a/b\"}", "`host` is no host"},
      {"{upstream: app, headers: {set: {Host: a}}}", "\"Host\" has a key of its own"},
      {"{upstream: app, headers: {add: {\"a b\": a}}}", "not the name of a header field"},
      {"{upstream: app, headers: {remove: [Content-Length]}}",
       "\"Content-Length\" is the gateway's own; leave it out"},
      {"{upstream: app, headers: {set: {X-A: \"{nobody}\"}}}", "unknown variable \"nobody\""},
      {"{upstream: app, query: {set: {\"\": a}}}", "is empty; write a parameter's name"},
      {"{upstream: app, query: {add: {\"\": a}}}", "is empty; write a parameter's name"},
      {"{upstream: app, query: {remove: [\"\"]}}", "is empty; write a parameter's name"},
      {"{upstream: app, response: {status: {\"204\": 200}}}", "is no status with a body"},
      {"{upstream: app, response: {status: {\"404\": 204}}}", "`status` leads to a status with a"},
      {"{upstream: app, response: {status: {\"404\": 600}}}", "`status` leads to a status with a"},
      {"{upstream: app, response: {locations: x}}", "proxy.response.locations: expected true or"},
      {"{upstream: app, response: {headers: {set: {Upgrade: a}}}}", "is the gateway's own"},
      {"{upstream: app, response: {headers: {add: {Trailer: a}}}}", "is the gateway's own"},
      {"{upstream: app, response: {headers: {remove: [TE]}}}", "is the gateway's own"},
      {"{upstream: app, response: {cookies: {domain: \"a b\"}}}", "is no domain; write one such"},
      {"{upstream: app, response: {cookies: {path: {a: /b}}}}", "is no path of a cookie"},
      {"{upstream: app, response: {cookies: {path: {/a: b}}}}", "is no path of a cookie"},
      {"{upstream: app, response: {cookies: {secure: x}}}", "cookies.secure: expected true or"},
      {"{upstream: app, response: {cookies: {http_only: x}}}", "cookies.http_only: expected true"},
      {"{upstream: app, response: {cookies: {same_site: x}}}", "cookies.same_site: "},
      {"{upstream: app, response: {cookies: {same_site: none}}}", "add secure: true"},
      {"{upstream: app, forwarding: {via: x}}", "proxy.forwarding.via: expected true or false"},
      {"{upstream: app, upgrades: x}", "proxy.upgrades: expected true or false"},
      {"{upstream: app, request_trailers: x}", "proxy.request_trailers: expected true or false"},
      {"{upstream: app, mirror: apps}", "there is no upstream \"apps\"; did you mean \"app\"?"},
      {"{upstream: app, mirror: \"\"}", "proxy.mirror: is empty; write an upstream's name"},
      {"{upstream: app, mirror: {percent: 1}}", "proxy.mirror.upstream: required key is missing"},
      {"{upstream: app, mirror: {upstream: app, percent: 0}}", "proxy.mirror.percent: "},
      {"{upstream: app, mirror: {upstream: app, percent: 101}}", "proxy.mirror.percent: "},
      {"{upstream: app, mirror: {upstream: app, requests: 0}}", "proxy.mirror.requests: "},
      {"{upstream: app, mirror: {upstream: app, body: 1GiB}}", "proxy.mirror.body: "},
      {"{upstream: app, strip: /a}", "proxy.strip: unknown key"},
  };
  for (const auto& [end, fault] : faults) {
    const std::string said = problems(end);
    EXPECT_NE(said.find(fault), std::string::npos) << end << "\n" << said;
  }
}

TEST(RouteSettings, MissTheFilesOfAnUpstreamWhereARouteEnds) {
  portico::testing::Gateway gateway;
  gateway.load<ProxyPlugin>(
      "{upstreams: {app: {targets: [\"https://127.0.0.1\"], tls: {ca: /nowhere/ca}}}}");
  gateway.route("{match: {path: \"/**\"}, proxy: app}");
  const std::string said = gateway.problems();
  EXPECT_NE(said.find("routes[0].proxy: "), std::string::npos) << said;
  EXPECT_NE(said.find("/nowhere/ca: no such file"), std::string::npos) << said;
}

TEST(RouteSettings, NameThePlaceOfAnUnknownUpstream) {
  const std::string said = problems("apps");
  EXPECT_NE(said.find("routes[0].proxy: "), std::string::npos) << said;
}

}  // namespace
}  // namespace portico::proxy
