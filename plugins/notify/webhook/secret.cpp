// SPDX-License-Identifier: Apache-2.0
#include "webhook/secret.h"

#include "webhook/base64.h"
#include "webhook/key_pair.h"

#include <algorithm>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace portico::notify::webhook {
namespace {

constexpr std::string_view SharedPrefix = "whsec_";
constexpr std::string_view PairPrefix = "whsk_";
constexpr std::size_t LeastShared = 24;
constexpr std::size_t NewShared = 32;

struct Wiped {
  std::string bytes;
  ~Wiped() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

}  // namespace

Secret::Secret(Kind kind, std::string_view bytes) noexcept : kind_(kind), size_(bytes.size()) {
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

Secret::~Secret() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

Secret Secret::generate(Kind kind) {
  Wiped random;
  // Room for all of it: what is moved leaves a copy behind.
  random.bytes.reserve(Most);
  random.bytes.resize(kind == Kind::Shared ? NewShared : KeySize);
  if (RAND_priv_bytes(reinterpret_cast<unsigned char*>(random.bytes.data()),
                      static_cast<int>(random.bytes.size())) != 1) {
    throw std::runtime_error("OpenSSL has no randomness for a secret");
  }
  if (kind == Kind::KeyPair) random.bytes += public_key_of(random.bytes);
  return Secret(kind, random.bytes);
}

std::optional<Secret> Secret::parse(std::string_view text) {
  const bool shared = text.starts_with(SharedPrefix);
  if (!shared && !text.starts_with(PairPrefix)) return std::nullopt;
  text.remove_prefix(shared ? SharedPrefix.size() : PairPrefix.size());
  auto decoded = from_base64(text);
  if (!decoded) return std::nullopt;
  const Wiped read{*std::move(decoded)};
  const std::string_view bytes = read.bytes;
  if (shared) {
    if (bytes.size() < LeastShared || bytes.size() > Most) return std::nullopt;
    return Secret(Kind::Shared, bytes);
  }
  if (bytes.size() != 2 * KeySize) return std::nullopt;
  // With another public half the receiver would find each signature forged.
  if (public_key_of(bytes.substr(0, KeySize)) != bytes.substr(KeySize)) return std::nullopt;
  return Secret(Kind::KeyPair, bytes);
}

std::string_view Secret::all() const noexcept { return {bytes_.data(), size_}; }

std::string_view Secret::bytes() const noexcept {
  return kind_ == Kind::Shared ? all() : all().substr(0, KeySize);
}

std::string Secret::text() const {
  return std::string(kind_ == Kind::Shared ? SharedPrefix : PairPrefix) + base64(all());
}

std::string Secret::public_text() const {
  if (kind_ == Kind::Shared) return {};
  return std::string(PublicPrefix) + base64(all().substr(KeySize));
}

}  // namespace portico::notify::webhook
