// SPDX-License-Identifier: Apache-2.0
// `proxy:` of a route.
#pragma once

#include "message/cookie_edits.h"
#include "message/forwarding.h"
#include "message/header_edits.h"
#include "message/path_rule.h"
#include "message/query_edits.h"
#include "upstream/mirror.h"
#include <portico/schema.h>

#include <map>
#include <optional>
#include <string>

namespace portico::proxy {

struct AnswerSettings {
  std::map<std::string, int> status;
  HeaderSettings headers;
  bool locations = true;
  std::optional<CookieSettings> cookies;

  static void describe(Schema<AnswerSettings>& s);
};

struct RouteSettings : PathSettings {
  std::string upstream;
  Template host;
  HeaderSettings headers;
  QuerySettings query;
  AnswerSettings response;
  ForwardingSettings forwarding;
  bool upgrades = true;
  bool request_trailers = false;
  std::optional<MirrorSettings> mirror;

  static void describe(Schema<RouteSettings>& s);
};

}  // namespace portico::proxy
