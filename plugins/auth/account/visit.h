// SPDX-License-Identifier: Apache-2.0
// What the audit log and the limits need to know of a request. Made in the handler; its texts are
// its own, for transactions that may begin again.
#pragma once

#include "audit/log.h"
#include "shared/time.h"
#include <portico/host.h>
#include <portico/http.h>

#include <optional>
#include <string>
#include <string_view>

namespace portico::auth {

struct Visit {
  Time now{0};
  std::string address{};
  std::string network{};
  std::string agent{};  ///< A digest of the User-Agent; empty where there is none.
  std::string request{};
};

[[nodiscard]] Visit visit_of(const Request& request, const Host& host);

/// Who did what in a visit. The texts must outlive the call of `record`.
struct Deed {
  std::string_view action;  ///< audit/actions.h
  std::optional<std::string_view> actor{};
  std::optional<std::string_view> session{};
  std::string_view outcome = "success";
  std::string_view detail = "{}";
  std::optional<std::string_view> actor_type{};   ///< "user", or "anonymous" without an actor.
  std::optional<std::string_view> target_type{};  ///< "user" where nothing is said.
  std::optional<std::string_view> target{};       ///< The actor where nothing is said.
};
/// Appends it to the audit log.
void record(Transaction& db, Host& host, const Visit& visit, const Deed& deed);

}  // namespace portico::auth
