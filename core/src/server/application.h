// SPDX-License-Identifier: Apache-2.0
// One edition of the configuration as the server sees it.
#pragma once

#include "http/request_state.h"
#include "http/reserved_fields.h"
#include "pipeline/chain.h"
#include "services/log/access_record.h"
#include <portico/http.h>

#include <span>
#include <string_view>

namespace portico::redis {
class Lines;  // NOLINT(cppcoreguidelines-virtual-class-destructor): its definition is final.
}

namespace portico::server {

/// Immutable; used by every loop at once. The last reference may be dropped on a loop, after the
/// last exchange that uses it: what its end involves should be handed to another thread by its
/// destructor.
class Application {
 public:
  virtual ~Application();
  /// The chain for a request that is complete but for `head.params`, which this sets, in the
  /// request's arena. The chain lives as long as this object. Must not throw but for lack of
  /// memory.
  [[nodiscard]] virtual const pipeline::Chain& route(http::RequestState& request) const = 0;
  /// May add to the head of an answer that no chain gave (400, 408, 431). `received` are the fields
  /// that could be read of what was no request.
  virtual void decorate_early(Response& response, const Headers& received) const = 0;
  /// What is taken out of every request before it is routed; null where nothing is. Lives as long
  /// as this.
  [[nodiscard]] virtual const http::ReservedFields* reserved() const noexcept { return nullptr; }
  /// On each loop, before its first request there: connects to what it will ask. Throws nothing.
  virtual void call_up(redis::Lines& lines) const noexcept { static_cast<void>(lines); }
  /// What its requests are counted by, each text once; none: they are not. Lives as long as this.
  [[nodiscard]] virtual std::span<const std::string_view> series() const noexcept { return {}; }
  /// How its requests are told of in the access log; null when they are not. Lives as long as this.
  [[nodiscard]] virtual const services::AccessForm* access() const noexcept { return nullptr; }
};

}  // namespace portico::server
