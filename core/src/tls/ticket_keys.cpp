// SPDX-License-Identifier: Apache-2.0
#include "tls/ticket_keys.h"

#include "base/derived_key.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include <openssl/crypto.h>

namespace portico::tls {

namespace {

bool derive_keys(std::span<const unsigned char> root, std::int64_t period, TicketKey& key) {
  const std::string number = std::to_string(period);
  return base::derive_key(root, "name " + number, key.name) &&
         base::derive_key(root, "cipher " + number, key.cipher) &&
         base::derive_key(root, "mac " + number, key.mac);
}

std::int64_t period_of(const base::Clock& clock) {
  return std::chrono::floor<std::chrono::hours>(clock.unix_time()) / TicketKeys::Period;
}

}  // namespace

TicketKeys::TicketKeys(std::string_view secret, const base::Clock& clock) : clock_(clock) {
  const std::span<const unsigned char> bytes(reinterpret_cast<const unsigned char*>(secret.data()),
                                             secret.size());
  // What else is made from the secret has another label, and learns nothing of this.
  if (!base::derive_key(bytes, "portico session tickets", root_) || !turn(period_of(clock))) {
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
    if (!derive_keys(root_, period - 1 + static_cast<std::int64_t>(i), keys[i])) return false;
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
