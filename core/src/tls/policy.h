// SPDX-License-Identifier: Apache-2.0
// What OpenSSL's callbacks look at in the course of a handshake. It hangs on the SSL_CTX, which
// frees it: sessions outlive the Context that made them.
#pragma once

#include "tls/openssl.h"
#include "tls/server_names.h"
#include "tls/ticket_keys.h"

#include <memory>
#include <string>
#include <vector>

namespace portico::tls {

struct Policy {
  std::string protocols;                      ///< As ALPN writes them: each behind its length.
  std::shared_ptr<const TicketKeys> tickets;  ///< Shared by the contexts of every reload.
  ServerNames names;  ///< Index into `others`, plus 1; 0 is the context itself.
  std::vector<ContextHandle> others;
};

/// Hands it over to `context`. False when memory ran out.
bool attach_policy(SSL_CTX& context, std::unique_ptr<Policy> policy) noexcept;
/// Requires that one was attached.
[[nodiscard]] const Policy& policy_of(const SSL_CTX& context) noexcept;

/// Make OpenSSL ask the policy: for the certificate by SNI, the protocol by ALPN, ticket keys.
void choose_by_server_name(SSL_CTX& context) noexcept;
void choose_protocol(SSL_CTX& context) noexcept;
void seal_tickets(SSL_CTX& context) noexcept;

}  // namespace portico::tls
