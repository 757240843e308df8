// SPDX-License-Identifier: Apache-2.0
#include "webhook/verification.h"

#include "shared/ascii.h"
#include "webhook/base64.h"
#include "webhook/hmac.h"
#include "webhook/key_pair.h"
#include "webhook/signature.h"

#include <charconv>
#include <cstddef>
#include <utility>

#include <openssl/crypto.h>

namespace portico::notify::webhook {
namespace {

constexpr std::size_t MostSignatures = 8;
constexpr std::size_t MostId = 256;
/// Until the year 5138, and no sum below overflows.
constexpr std::size_t MostDigits = 11;

std::optional<std::chrono::seconds> time_in(std::string_view text) {
  if (text.empty() || text.size() > MostDigits || !all_of(text, is_digit)) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  std::int64_t seconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return std::chrono::seconds(seconds);
}

/// With a dot in it an id could take over the time that stands behind it.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= MostId &&
         all_of(text, [](char c) noexcept { return c > ' ' && c <= '~' && c != '.'; });
}

bool equal_secrets(std::string_view one, std::string_view other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace

std::optional<Verifier> Verifier::parse(std::string_view text) {
  if (text.starts_with(PublicPrefix)) {
    auto key = from_base64(text.substr(PublicPrefix.size()));
    if (!key || key->size() != KeySize) return std::nullopt;
    return Verifier(std::nullopt, *std::move(key));
  }
  auto secret = Secret::parse(text);
  if (!secret || secret->kind() != Secret::Kind::Shared) return std::nullopt;
  return Verifier(std::move(secret), {});
}

bool Verifier::genuine(const Received& received, std::chrono::microseconds now,
                       std::chrono::seconds tolerance) const {
  const auto time = time_in(received.timestamp);
  if (!time || !is_id(received.id)) return false;
  if (now - *time > tolerance || *time - now > tolerance) return false;
  const std::string content = signed_content(received.id, received.timestamp, received.body);
  std::string_view rest = received.signature;
  for (std::size_t i = 0; i < MostSignatures && !rest.empty(); ++i) {
    const std::size_t blank = rest.find(' ');
    if (verifies(rest.substr(0, blank), content)) return true;
    if (blank == std::string_view::npos) return false;
    rest.remove_prefix(blank + 1);
  }
  return false;
}

bool Verifier::verifies(std::string_view signature, std::string_view content) const {
  const std::string_view version = shared_ ? "v1," : "v1a,";
  if (!signature.starts_with(version)) return false;
  const auto bytes = from_base64(signature.substr(version.size()));
  if (!bytes) return false;
  if (shared_) return equal_secrets(*bytes, hmac_sha256(shared_->bytes(), content));
  return ed25519_verifies(public_key_, content, *bytes);
}

}  // namespace portico::notify::webhook
