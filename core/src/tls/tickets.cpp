// SPDX-License-Identifier: Apache-2.0
// Session tickets, sealed by the gateway's own keys: AES-256-CBC, then HMAC-SHA256.
#include "tls/policy.h"

#include <algorithm>
#include <array>
#include <span>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

namespace portico::tls {

namespace {

// What OpenSSL expects of its callback.
constexpr int Failed = -1;
constexpr int Unknown = 0;  // Opening: a full handshake instead.
constexpr int Fine = 1;
constexpr int FineAndRenew = 2;

bool set_mac_key(EVP_MAC_CTX* mac, TicketKey& key) noexcept {
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, key.mac.data(), key.mac.size()),
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end()};
  return EVP_MAC_CTX_set_params(mac, parameters) == 1;
}

int seal(TicketKey key, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher,
         EVP_MAC_CTX* mac) noexcept {
  std::ranges::copy(key.name, name);
  const bool sealed =
      RAND_bytes(iv, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc())) == 1 &&
      EVP_EncryptInit_ex(cipher, EVP_aes_256_cbc(), nullptr, key.cipher.data(), iv) == 1 &&
      set_mac_key(mac, key);
  OPENSSL_cleanse(&key, sizeof(key));
  return sealed ? Fine : Failed;
}

int open(TicketKeys::Opened found, bool single_use, const unsigned char* iv, EVP_CIPHER_CTX* cipher,
         EVP_MAC_CTX* mac) noexcept {
  const bool opened =
      set_mac_key(mac, found.key) &&
      EVP_DecryptInit_ex(cipher, EVP_aes_256_cbc(), nullptr, found.key.cipher.data(), iv) == 1;
  OPENSSL_cleanse(&found.key, sizeof(found.key));
  if (!opened) return Failed;
  return found.current && !single_use ? Fine : FineAndRenew;
}

int answer(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher,
           EVP_MAC_CTX* mac, int sealing) noexcept {
  const TicketKeys& keys = *policy_of(*SSL_get_SSL_CTX(ssl)).tickets;
  if (sealing == 1) return seal(keys.current(), name, iv, cipher, mac);
  const std::span<const unsigned char, TicketKey::NameSize> wanted(name, TicketKey::NameSize);
  const auto found = keys.find(wanted);
  // A client of TLS 1.3 uses a ticket once, so that nobody can follow it by it.
  return found ? open(*found, SSL_version(ssl) == TLS1_3_VERSION, iv, cipher, mac) : Unknown;
}

/// A ticket holds the client's certificate as it was verified then. One that has expired since
/// must not live on in it.
SSL_TICKET_RETURN judge(SSL* /*ssl*/, SSL_SESSION* session, const unsigned char* /*name*/,
                        std::size_t /*name_size*/, SSL_TICKET_STATUS status,
                        void* /*pointer*/) noexcept {
  if (status != SSL_TICKET_SUCCESS && status != SSL_TICKET_SUCCESS_RENEW) {
    return SSL_TICKET_RETURN_IGNORE_RENEW;
  }
  const X509* client = SSL_SESSION_get0_peer(session);
  if (client != nullptr && X509_cmp_current_time(X509_get0_notAfter(client)) <= 0) {
    return SSL_TICKET_RETURN_IGNORE_RENEW;
  }
  return status == SSL_TICKET_SUCCESS ? SSL_TICKET_RETURN_USE : SSL_TICKET_RETURN_USE_RENEW;
}

}  // namespace

void seal_tickets(SSL_CTX& context) noexcept {
  SSL_CTX_set_tlsext_ticket_key_evp_cb(&context, answer);
  SSL_CTX_set_session_ticket_cb(&context, nullptr, judge, nullptr);
}

}  // namespace portico::tls
