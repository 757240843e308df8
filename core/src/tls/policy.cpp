// SPDX-License-Identifier: Apache-2.0
#include "tls/policy.h"

namespace portico::tls {

namespace {

void free_policy(void* /*parent*/, void* policy, CRYPTO_EX_DATA* /*data*/, int /*index*/,
                 long /*number*/, void* /*pointer*/) noexcept {
  delete static_cast<Policy*>(policy);
}

int policy_index() noexcept {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, free_policy);
  return index;
}

int answer_server_name(SSL* ssl, int* /*alert*/, void* /*pointer*/) noexcept {
  const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  if (name == nullptr) return SSL_TLSEXT_ERR_NOACK;
  const Policy& policy = policy_of(*SSL_get_SSL_CTX(ssl));
  const auto found = policy.names.find(name);
  if (!found) return SSL_TLSEXT_ERR_NOACK;
  if (*found != 0 && SSL_set_SSL_CTX(ssl, policy.others[*found - 1].get()) == nullptr) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  return SSL_TLSEXT_ERR_OK;
}

/// No protocol in common ends the handshake: a client that speaks something else must not have its
/// words read as HTTP (ALPACA).
int answer_protocols(SSL* ssl, const unsigned char** chosen, unsigned char* size,
                     const unsigned char* offered, unsigned int offered_size,
                     void* /*pointer*/) noexcept {
  const std::string& ours = policy_of(*SSL_get_SSL_CTX(ssl)).protocols;
  unsigned char* name = nullptr;
  const int verdict =
      SSL_select_next_proto(&name, size, reinterpret_cast<const unsigned char*>(ours.data()),
                            static_cast<unsigned int>(ours.size()), offered, offered_size);
  if (verdict != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = name;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

bool attach_policy(SSL_CTX& context, std::unique_ptr<Policy> policy) noexcept {
  if (SSL_CTX_set_ex_data(&context, policy_index(), policy.get()) != 1) return false;
  policy.release();  // NOLINT(bugprone-unused-return-value): the context frees it.
  return true;
}

const Policy& policy_of(const SSL_CTX& context) noexcept {
  return *static_cast<const Policy*>(SSL_CTX_get_ex_data(&context, policy_index()));
}

void choose_by_server_name(SSL_CTX& context) noexcept {
  // As SSL_CTX_set_tlsext_servername_callback does it, whose macro casts in C's way.
  SSL_CTX_callback_ctrl(&context, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB,
                        reinterpret_cast<void (*)()>(answer_server_name));
}

void choose_protocol(SSL_CTX& context) noexcept {
  SSL_CTX_set_alpn_select_cb(&context, answer_protocols, nullptr);
}

}  // namespace portico::tls
