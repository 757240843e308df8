// SPDX-License-Identifier: Apache-2.0
// A route as `routes` and `explain` show it.
#pragma once

#include "base/json_writer.h"
#include "config/document.h"
#include "plugin/edition.h"
#include "routing/matcher.h"

#include <string>

namespace portico::cli {

/// "GET,HEAD *.example.com/a/{id} X-Beta=1 ?v=*"
[[nodiscard]] std::string pattern_of(const routing::Matcher& matcher);
/// "headers > cors (shadow) > respond"
[[nodiscard]] std::string chain_of(const plugin::Route& route);
/// "portico.yaml:12:5"
[[nodiscard]] std::string place_of(const plugin::Edition& edition, config::Mark mark);
/// Members "match", "chain", "terminal", "at" and "path" of an object that is open.
void write_route(base::JsonWriter& json, const plugin::Edition& edition,
                 const routing::RouteTable::Entry& entry);

}  // namespace portico::cli
