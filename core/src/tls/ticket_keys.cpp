// SPDX-License-Identifier: Apache-2.0
#include "tls/ticket_keys.h"

#include "tls/openssl.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>

namespace portico::tls {

namespace {

/// HKDF-SHA256. False when OpenSSL refuses.
bool derive(std::span<const unsigned char> from, std::string label, std::span<unsigned char> out) {
  const std::unique_ptr<EVP_KDF, Freed<EVP_KDF_free>> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  const std::unique_ptr<EVP_KDF_CTX, Freed<EVP_KDF_CTX_free>> context(EVP_KDF_CTX_new(kdf.get()));
  if (!context) return false;
  std::string digest = "SHA256";
  // OpenSSL's parameters are not const; it only reads these.
  auto* secret = const_cast<unsigned char*>(from.data());
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret, from.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, label.data(), label.size()),
      OSSL_PARAM_construct_end()};
  const bool derived = EVP_KDF_derive(context.get(), out.data(), out.size(), parameters) == 1;
  clear_errors();
  return derived;
}

bool derive_key(std::span<const unsigned char> root, std::int64_t period, TicketKey& key) {
  const std::string number = std::to_string(period);
  return derive(root, "name " + number, key.name) && derive(root, "cipher " + number, key.cipher) &&
         derive(root, "mac " + number, key.mac);
}

std::int64_t period_of(const base::Clock& clock) {
  return std::chrono::floor<std::chrono::hours>(clock.unix_time()) / TicketKeys::Period;
}

}  // namespace

TicketKeys::TicketKeys(std::string_view secret, const base::Clock& clock) : clock_(clock) {
  const std::span<const unsigned char> bytes(reinterpret_cast<const unsigned char*>(secret.data()),
                                             secret.size());
  // What else is made from the secret has another label, and learns nothing of this.
  if (!derive(bytes, "portico session tickets", root_) || !turn(period_of(clock))) {
    throw std::runtime_error("OpenSSL cannot derive the keys of session tickets");
  }
}

TicketKeys::~TicketKeys() {
  OPENSSL_cleanse(root_.data(), root_.size());
  OPENSSL_cleanse(keys_.data(), sizeof(keys_));
}

bool TicketKeys::turn(std::int64_t period) const {
  if (period == period_) return true;
  std::array<TicketKey, 3> keys{};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!derive_key(root_, period - 1 + static_cast<std::int64_t>(i), keys[i])) return false;
  }
  keys_ = keys;
  period_ = period;
  OPENSSL_cleanse(keys.data(), sizeof(keys));
  return true;
}

TicketKey TicketKeys::current() const {
  const std::lock_guard lock(mutex_);
  turn(period_of(clock_));  // Where it fails, the old keys serve on.
  return keys_[Present];
}

std::optional<TicketKeys::Opened> TicketKeys::find(
    std::span<const unsigned char, TicketKey::NameSize> name) const {
  const std::lock_guard lock(mutex_);
  turn(period_of(clock_));
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (std::ranges::equal(name, keys_[i].name)) return Opened{keys_[i], i == Present};
  }
  return std::nullopt;
}

}  // namespace portico::tls
