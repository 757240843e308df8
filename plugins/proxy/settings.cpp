// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

#include "shared/ascii.h"

#include <algorithm>

namespace portico::proxy {
namespace {

/// What an address has, a name has not: `proxy:` takes either.
std::string fault_of_name(std::string_view name) {
  const bool sound = !name.empty() && name.size() <= 64 && all_of(name, [](char c) noexcept {
    return is_letter_or_digit(c) || c == '-' || c == '_';
  });
  return sound ? std::string()
               : "no name of an upstream; write up to 64 letters, digits, hyphens and underscores";
}

}  // namespace

void Config::describe(Schema<Config>& s) {
  s.summary("Servers behind the gateway, and routes that end there.");
  s.field("upstreams", &Config::upstreams, "Groups of servers that serve the same, by name.")
      .max(1000)
      .check_keys(fault_of_name)
      .example("{bookings: {targets: [\"http://127.0.0.1:4000\"]}}");
  s.field("forwarding", &Config::forwarding,
          "What upstreams are told of the client, where a route says nothing else.");
}

}  // namespace portico::proxy
