// SPDX-License-Identifier: Apache-2.0
#include "account/visit.h"

#include "jose/base64url.h"
#include "store/digest.h"
#include "throttle/network.h"

#include <span>

namespace portico::auth {
namespace {

/// Enough to see the same browser again; it needs to withstand nobody.
constexpr std::size_t AgentBytes = 12;

std::string agent_digest(std::string_view agent) {
  if (agent.empty()) return {};
  const Digest digest = sha256(std::as_bytes(std::span(agent)));
  return base64url::encode({reinterpret_cast<const char*>(digest.data()), AgentBytes});
}

std::optional<std::string_view> unless_empty(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

Visit visit_of(const Request& request, const Host& host) {
  const std::string_view address = request.client_address();
  return {.now = host.unix_time(),
          .address = std::string(address),
          .network = network_of(address),
          .agent = agent_digest(request.headers().get("User-Agent").value_or("")),
          .request = std::string(request.id())};
}

void record(Transaction& db, Host& host, const Visit& visit, const Deed& deed) {
  const std::string id = host.new_id();
  audit::Entry entry{.id = id,
                     .at = visit.now,
                     .actor_type = deed.actor_type.value_or(deed.actor ? "user" : "anonymous"),
                     .actor_id = deed.actor,
                     .action = deed.action,
                     .target_type = deed.target_type.value_or("user"),
                     .target_id = deed.target ? deed.target : deed.actor,
                     .outcome = deed.outcome,
                     .session_id = deed.session,
                     .request_id = unless_empty(visit.request),
                     .detail = deed.detail,
                     .ip = unless_empty(visit.address),
                     .agent = unless_empty(visit.agent)};
  host.random(entry.salt);
  audit::append(db, entry);
}

}  // namespace portico::auth
