// SPDX-License-Identifier: Apache-2.0
#include "tls/client_context.h"

#include "base/clock.h"
#include "tls/credentials.h"
#include "tls/openssl.h"
#include "tls/policy.h"

#include <algorithm>
#include <array>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace portico::tls {
namespace {

[[nodiscard]] bool is_address(const std::string& name) noexcept {
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  return ::inet_pton(AF_INET, name.c_str(), parsed.data()) == 1 ||
         ::inet_pton(AF_INET6, name.c_str(), parsed.data()) == 1;
}

/// As a listener's: what it shows, and whom it trusts.
[[nodiscard]] Credentials read(const ClientContextOptions& options) {
  ContextOptions files;
  if (!options.own.certificate.empty()) files.certificates = {options.own};
  if (!options.ca.empty()) {
    files.client_ca = options.ca;
    files.client_auth = ClientAuth::Required;
  }
  return read_credentials(files, base::system_clock().unix_time());
}

[[nodiscard]] bool trust(SSL_CTX* context, const ClientContextOptions& options,
                         const Credentials& credentials) {
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  if (options.ca.empty()) return SSL_CTX_set_default_verify_paths(context) == 1;
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
  return std::ranges::all_of(credentials.authorities, [store](const CertificateHandle& authority) {
    return X509_STORE_add_cert(store, authority.get()) == 1;
  });
}

[[nodiscard]] bool prepare(SSL_CTX* context, const ClientContextOptions& options,
                           const Credentials& credentials) {
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) return false;
  if (!trust(context, options, credentials)) return false;
  return credentials.identities.empty() || use_identity(*context, credentials.identities.front());
}

}  // namespace

Resumption::~Resumption() { keep(nullptr); }

void Resumption::keep(ssl_session_st* session) noexcept {
  SSL_SESSION_free(std::exchange(newest_, session));
}

Result<std::shared_ptr<const ClientContext>> ClientContext::make(
    const ClientContextOptions& options) {
  const Credentials credentials = read(options);
  if (!credentials.usable()) return Error(credentials.faults());
  clear_errors();
  ContextHandle handle(SSL_CTX_new(TLS_client_method()));
  if (!handle || !prepare(handle.get(), options, credentials)) {
    return Error(std::string("OpenSSL refuses the certificates: ") + take_error());
  }
  clear_errors();
  SSL_CTX_sess_set_new_cb(handle.get(), &ClientContext::keep_session);
  return std::shared_ptr<const ClientContext>(new ClientContext(handle.release()));
}

ClientContext::~ClientContext() { SSL_CTX_free(handle_); }

/// A copy: a connection that ends without a farewell makes OpenSSL spoil its own.
int ClientContext::keep_session(ssl_st* ssl, ssl_session_st* session) noexcept {
  auto* const place = static_cast<Resumption*>(SSL_get_app_data(ssl));
  if (place != nullptr) place->keep(SSL_SESSION_dup(session));
  return 0;
}

Session ClientContext::connect(int descriptor, const std::string& name,
                               Resumption& resumption) const noexcept {
  SSL* ssl = SSL_new(handle_);
  if (ssl == nullptr) return {};
  Session session(ssl, descriptor, Session::Side::Client);
  if (!session) return {};
  const bool address = is_address(name);
  // As SSL_set_tlsext_host_name does it, by a cast that is not for C++.
  const auto tell = [&] {
    return SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(name.c_str())) == 1;
  };
  const bool named = address ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name.c_str()) == 1
                             : SSL_set1_host(ssl, name.c_str()) == 1 && tell();
  if (!named) return {};
  SSL_set_app_data(ssl, &resumption);
  if (resumption.newest_ != nullptr) SSL_set_session(ssl, resumption.newest_);
  clear_errors();
  return session;
}

}  // namespace portico::tls
