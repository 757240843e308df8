// SPDX-License-Identifier: Apache-2.0
// From a request to the chain that serves it: the one place that decides this, for the server, for
// plugins' tests and for `portico explain`. Beside routes it knows what core answers by itself:
//  - OPTIONS on a path whose routes do not take OPTIONS, and "OPTIONS *": 204 with Allow;
//  - a CORS preflight, where the chain of the request that it asks for holds a middleware that
//    answers preflights: that chain, with the answer to OPTIONS in the place of its terminal. The
//    terminal never runs for a preflight, for it would act on a request that nobody has made. A
//    preflight of what no route serves passes the global chain, where that one holds such a
//    middleware. Any other preflight is an OPTIONS request like others: an upstream may know CORS.
// Allocates nothing but in the request's arena.
#pragma once

#include "http/request_state.h"
#include "plugin/site.h"

#include <cstdint>
#include <string_view>

namespace portico::plugin {

struct Dispatch {
  enum class Kind : std::uint8_t { Route, Preflight, Options, NotFound, MethodNotAllowed };
  Kind kind;
  const pipeline::Chain* chain;
  const Route* route = nullptr;  ///< Route, Preflight.
  std::string_view method{};     ///< That the request was routed by.
  std::string_view allow{};      ///< Preflight, Options, MethodNotAllowed.
  routing::Decision decision{};  ///< By that method.
};

[[nodiscard]] Dispatch dispatch(const Site& site, const http::RequestState& request);

/// The same, and tells the request its params, or what Allow says.
[[nodiscard]] const pipeline::Chain& find_chain(const Site& site, http::RequestState& request);

}  // namespace portico::plugin
