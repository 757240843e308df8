// SPDX-License-Identifier: Apache-2.0
// A route of the plugin's own, with what all of them have in common.
#pragma once

#include <portico/http.h>
#include <portico/plugin.h>

#include <string_view>

namespace portico::notify {

struct Place {
  std::string_view method;
  std::string_view path;
  std::string_view permission;  ///< Empty: none.
};

/// What is thrown as a Refusal is answered.
RouteSpec add_route(Registrar& registrar, const Place& place, Callable<Response(Request&)> serve);

}  // namespace portico::notify
