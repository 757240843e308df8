// SPDX-License-Identifier: Apache-2.0
#include "jose/key_set.h"

#include <optional>
#include <utility>

namespace portico::auth {
namespace {

Result<Key> published_key(const Json::Value& jwk) {
  Result<Key> key = Key::from_jwk(jwk);
  if (key && key->algorithm() == Algorithm::Hs256) {
    return Refusal{"it is a secret, which has no place in a public document"};
  }
  return key;
}

/// For the log: what is not printable is not shown.
std::string label_of(const Json::Value& jwk, std::size_t position) {
  const auto id = jwk.member("kid");
  const std::string_view text = id ? id->text().value_or(std::string_view()) : std::string_view();
  if (Key::is_id(text)) return "key \"" + std::string(text) + '"';
  return "key number " + std::to_string(position);
}

}  // namespace

Result<KeySet> KeySet::parse(std::string_view jwks) {
  if (jwks.size() > MostTextSize) return Refusal{"the JWKS is longer than 256 KiB"};
  const auto document = Json::object(jwks);
  const auto listed = document ? document->root().member("keys") : std::nullopt;
  if (!listed || listed->kind() != Json::Kind::Array) {
    return Refusal{"the JWKS is no object of strict JSON with an array `keys`"};
  }
  KeySet set;
  std::size_t position = 0;
  for (const Json::Value jwk : *listed) {
    // RSA keys take a while to look at, and so this bounds the time as well.
    if (++position > MostKeys) return Refusal{"the JWKS has more than 100 keys"};
    Result<Key> key = published_key(jwk);
    if (!key) {
      set.passed_over_.push_back(label_of(jwk, position) + ": " + key.error().sentence);
    } else if (!set.add(*std::move(key))) {
      return Refusal{"the JWKS has two keys of the name of " + label_of(jwk, position)};
    }
  }
  return set;
}

bool KeySet::add(Key key) {
  if (keys_.size() == MostKeys || find(key.id()) != nullptr) return false;
  keys_.push_back(std::move(key));
  return true;
}

const Key* KeySet::find(std::string_view id) const noexcept {
  if (id.empty()) return nullptr;
  for (const Key& key : keys_) {
    if (key.id() == id) return &key;
  }
  return nullptr;
}

std::string KeySet::jwks() const {
  std::string text = R"({"keys":[)";
  for (const Key& key : keys_) {
    const std::string jwk = key.jwk();
    if (jwk.empty()) continue;
    if (text.back() != '[') text += ',';
    text += jwk;
  }
  return text + "]}";
}

}  // namespace portico::auth
