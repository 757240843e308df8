// SPDX-License-Identifier: Apache-2.0
#include "tls/context.h"

#include "base/clock.h"
#include "tls/certificate_facts.h"
#include "tls/credentials.h"
#include "tls/policy.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <string>
#include <utility>

namespace portico::tls {

namespace {

// What Mozilla calls intermediate: forward secrecy and authenticated encryption alone. All of them
// are strong, so the client chooses what its machine is quick at.
constexpr const char* Tls12Ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* Tls13Ciphers =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr const char* Groups = "X25519:P-256:P-384";

std::string wire_form(std::span<const std::string> protocols) {
  std::string wire;
  for (const std::string& protocol : protocols) {
    wire += static_cast<char>(protocol.size());
    wire += protocol;
  }
  return wire;
}

bool set_versions(SSL_CTX* context, const ContextOptions& options) {
  const int least = options.least == Version::Tls13 ? TLS1_3_VERSION : TLS1_2_VERSION;
  return SSL_CTX_set_min_proto_version(context, least) == 1 &&
         SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, Tls12Ciphers) == 1 &&
         SSL_CTX_set_ciphersuites(context, Tls13Ciphers) == 1 &&
         SSL_CTX_set1_groups_list(context, Groups) == 1;
}

/// A ticket opens only where clients are asked for the same: one from a listener that asks for
/// no certificate must not pass for one that was shown.
bool set_session_domain(SSL_CTX* context, const ContextOptions& options,
                        const Credentials& credentials) {
  std::string domain = "client " + std::to_string(static_cast<int>(options.client_auth));
  for (const CertificateHandle& authority : credentials.authorities) {
    domain += ' ' + fingerprint_of(*authority);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  return EVP_Digest(domain.data(), domain.size(), digest.data(), &size, EVP_sha256(), nullptr) ==
             1 &&
         SSL_CTX_set_session_id_context(context, digest.data(), size) == 1;
}

bool set_clients(SSL_CTX* context, const ContextOptions& options, const Credentials& credentials) {
  if (options.client_auth == ClientAuth::Off) return true;
  const int required =
      options.client_auth == ClientAuth::Required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0;
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | required, nullptr);
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  // What the operator names is trusted, be it a root or not.
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
  return std::ranges::all_of(credentials.authorities, [&](const CertificateHandle& authority) {
    return X509_STORE_add_cert(store, authority.get()) == 1 &&
           SSL_CTX_add_client_CA(context, authority.get()) == 1;
  });
}

bool set_tickets(SSL_CTX* context, const ContextOptions& options) {
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  if (!options.tickets) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    return SSL_CTX_set_num_tickets(context, 0) == 1;
  }
  constexpr std::chrono::seconds Life = TicketKeys::Period;
  SSL_CTX_set_timeout(context, Life.count());
  seal_tickets(*context);
  // One: a client of HTTP opens its next connection after the first one gave it a ticket.
  return SSL_CTX_set_num_tickets(context, 1) == 1;
}

/// Everything but certificates. Null when OpenSSL refuses.
ContextHandle prepare(const ContextOptions& options, const Credentials& credentials) {
  ContextHandle handle(SSL_CTX_new(TLS_server_method()));
  SSL_CTX* context = handle.get();
  if (context == nullptr) return nullptr;
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  // An idle session gives its buffers back; a write may take a part, and be tried again from
  // another place in memory.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // A record comes by one call to the kernel, not one for its header and one for its body.
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_max_early_data(context, 0);
  if (!options.protocols.empty()) choose_protocol(*context);
  const bool ready = set_versions(context, options) &&
                     set_session_domain(context, options, credentials) &&
                     set_clients(context, options, credentials) && set_tickets(context, options);
  return ready ? std::move(handle) : nullptr;
}

/// Identities that one context serves: the same hosts, keys of different kinds, of which the client
/// takes the one that it can verify.
using Group = std::vector<const Identity*>;

std::vector<Group> group(const std::vector<Identity>& identities) {
  std::vector<Group> groups;
  for (const Identity& identity : identities) {
    const auto fits = [&](const Group& others) {
      return others.front()->hosts == identity.hosts &&
             std::ranges::none_of(others, [&](const Identity* other) {
               return EVP_PKEY_get_base_id(other->key.get()) ==
                      EVP_PKEY_get_base_id(identity.key.get());
             });
    };
    const auto place = std::ranges::find_if(groups, fits);
    if (place == groups.end()) {
      groups.push_back({&identity});
    } else {
      place->push_back(&identity);
    }
  }
  return groups;
}

std::unique_ptr<Policy> policy(const ContextOptions& options) {
  auto made = std::make_unique<Policy>();
  made->protocols = wire_form(options.protocols);
  made->tickets = options.tickets;
  return made;
}

/// One context for each group; the first one knows the others.
ContextHandle build(const ContextOptions& options, const Credentials& credentials) {
  ContextHandle front;
  std::unique_ptr<Policy> knowing = policy(options);
  std::size_t number = 0;
  for (const Group& one : group(credentials.identities)) {
    ContextHandle context = prepare(options, credentials);
    if (!context) return nullptr;
    for (const Identity* identity : one) {
      if (!use_identity(*context, *identity)) return nullptr;
    }
    knowing->names.add(one.front()->hosts, number);
    if (number++ == 0) {
      front = std::move(context);
    } else {
      if (!attach_policy(*context, policy(options))) return nullptr;
      knowing->others.push_back(std::move(context));
    }
  }
  if (!front || !attach_policy(*front, std::move(knowing))) return nullptr;
  if (number > 1) choose_by_server_name(*front);
  return front;
}

}  // namespace

Result<std::shared_ptr<const Context>> Context::make(const ContextOptions& options) {
  const Credentials credentials = read_credentials(options, base::system_clock().unix_time());
  if (credentials.usable()) return make(options, credentials);
  return Error(credentials.faults());
}

Result<std::shared_ptr<const Context>> Context::make(const ContextOptions& options,
                                                     const Credentials& credentials) {
  clear_errors();
  ContextHandle handle = build(options, credentials);
  if (!handle) return Error(std::string("OpenSSL refuses the certificates: ") + take_error());
  clear_errors();
  return std::shared_ptr<const Context>(new Context(handle.release()));
}

Context::~Context() { SSL_CTX_free(handle_); }

Session Context::accept(int descriptor) const noexcept {
  SSL* ssl = SSL_new(handle_);
  return ssl == nullptr ? Session() : Session(ssl, descriptor, Session::Side::Server);
}

}  // namespace portico::tls
