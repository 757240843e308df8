// SPDX-License-Identifier: Apache-2.0
#include "redis/script.h"

#include "base/hex.h"
#include <portico/redis.h>

#include <array>
#include <span>
#include <stdexcept>

#include <openssl/evp.h>

namespace portico {
namespace {

/// By which Redis names scripts; no secret hangs on it.
std::string sha1_of(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot compute SHA-1");
  }
  return base::hex(std::as_bytes(std::span(digest).first(size)));
}

}  // namespace

RedisScript::RedisScript(std::string_view text)
    : state_(new detail::RedisScriptState{std::string(text), sha1_of(text)}) {}

RedisScript::~RedisScript() { delete state_; }

std::string_view RedisScript::text() const noexcept { return state_->text; }

std::string_view RedisScript::sha1() const noexcept { return state_->sha1; }

}  // namespace portico
