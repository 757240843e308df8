// SPDX-License-Identifier: Apache-2.0
// `plugins.proxy`: the upstreams, by name.
#pragma once

#include "message/forwarding.h"
#include "upstream/upstream_settings.h"
#include <portico/schema.h>

#include <map>
#include <string>

namespace portico::proxy {

struct Config {
  std::map<std::string, UpstreamSettings> upstreams;
  ForwardingSettings forwarding;

  static void describe(Schema<Config>& s);
};

}  // namespace portico::proxy
