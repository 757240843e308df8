// SPDX-License-Identifier: Apache-2.0
#include "api/guarded_route.h"

#include "shared/refusal.h"

#include <utility>

namespace portico::notify {
namespace {

constexpr Bytes MostBody{64ULL * 1024};

}  // namespace

RouteSpec add_route(Registrar& registrar, const Place& place, Callable<Response(Request&)> serve) {
  RouteSpec spec = registrar
                       .route(place.method, place.path,
                              [serve = std::move(serve)](Request& request) {
                                try {
                                  return serve(request);
                                } catch (const Refusal& refusal) {
                                  return refusal.answer();
                                }
                              })
                       .body_limit(MostBody);
  if (!place.permission.empty()) spec.permission(place.permission);
  return spec;
}

}  // namespace portico::notify
