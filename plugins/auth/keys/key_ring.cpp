// SPDX-License-Identifier: Apache-2.0
#include "keys/key_ring.h"

#include "audit/actions.h"
#include "audit/log.h"
#include "jose/base64url.h"
#include "store/digest.h"
#include "text/json_object.h"

#include <span>
#include <stdexcept>
#include <utility>

#include <openssl/crypto.h>

namespace portico::auth {
namespace {

constexpr std::string_view Seal = "signing key";

/// A private key as text, wiped when it goes.
class PrivateText {
 public:
  explicit PrivateText(std::string text) noexcept : text_(std::move(text)) {}
  PrivateText(const PrivateText&) = delete;
  PrivateText& operator=(const PrivateText&) = delete;
  ~PrivateText() { ::OPENSSL_cleanse(text_.data(), text_.size()); }
  [[nodiscard]] const std::string& view() const noexcept { return text_; }

 private:
  std::string text_;
};

std::string etag_of(const std::string& text) {
  const Digest digest = sha256(std::as_bytes(std::span(text)));
  return '"' + base64url::encode({reinterpret_cast<const char*>(digest.data()), 16}) + '"';
}

}  // namespace

KeyRing::KeyRing(Host& host, Sql& sql, std::shared_ptr<KeyShelf> shelf, const KeyTimes& times)
    : host_(host), sql_(sql), shelf_(std::move(shelf)), times_(times) {}

std::shared_ptr<const SigningState> KeyRing::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void KeyRing::turn() { take(rows()); }

std::vector<SigningKeyRow> KeyRing::rows() {
  std::vector<SigningKeyRow> found = sql_.read([](Reader& db) { return signing_keys::list(db); });
  std::vector<KeyRow> known;
  known.reserve(found.size());
  for (const SigningKeyRow& row : found) known.push_back(row.key);
  if (next_step(known, host_.unix_time(), times_).nothing()) return found;
  // Made before the transaction, which may begin again or find that another node was faster.
  const SigningKey spare = SigningKey::generate();
  const PrivateText secret(spare.private_der());
  const std::string sealed = host_.seal(Seal, secret.view());
  const std::string jwk = spare.public_key().jwk();
  const NewSigningKey made{
      .kid = spare.id(), .algorithm = "ES256", .public_jwk = jwk, .private_sealed = sealed};
  return sql_.write([&](Transaction& db) {
    const KeyStep step = signing_keys::rotate(db, made, host_.unix_time(), times_);
    // Another node may have been faster.
    if (!step.nothing()) note(db, step);
    return signing_keys::list(db);
  });
}

void KeyRing::note(Transaction& db, const KeyStep& step) {
  const std::string id = host_.new_id();
  const std::string detail = JsonObject()
                                 .member("made", step.make == KeyStep::Make::Nothing ? "no" : "yes")
                                 .member("activated", step.activate.value_or(""))
                                 .member("retired", step.retire)
                                 .text();
  audit::Entry entry{.id = id,
                     .at = host_.unix_time(),
                     .actor_type = "system",
                     .action = audit::action::KeyRotated,
                     .detail = detail};
  host_.random(entry.salt);
  audit::append(db, entry);
}

void KeyRing::take(const std::vector<SigningKeyRow>& rows) {
  KeySet verifying;
  const SigningKeyRow* active = nullptr;
  for (const SigningKeyRow& row : rows) {
    Result<Key> parsed = Key::from_jwk(row.public_jwk);
    if (!parsed || !verifying.add(*std::move(parsed))) {
      host_.log(Level::Error, "the key " + row.key.kid + " of the database is no good");
      continue;
    }
    if (row.key.state == KeyState::Active) active = &row;
  }
  if (active == nullptr) throw std::runtime_error("the database has no key that signs");
  std::string jwks = verifying.jwks();
  shelf_->put(std::move(verifying), jwks);
  std::string etag = etag_of(jwks);
  auto state = std::make_shared<const SigningState>(
      SigningState{unsealed(*active), std::move(jwks), std::move(etag)});
  const std::lock_guard lock(mutex_);
  if (state_ != nullptr && state_->signer.id() != state->signer.id()) {
    host_.log(Level::Info, "tokens are signed by the key " + state->signer.id() + " from now on");
  }
  state_ = std::move(state);
}

SigningKey KeyRing::unsealed(const SigningKeyRow& row) const {
  const auto opened = row.private_sealed ? host_.unseal(Seal, *row.private_sealed) : std::nullopt;
  if (!opened) {
    throw std::runtime_error(
        "the key that signs tokens was sealed with another `secret`; give Portico that one again, "
        "or delete the row of auth_signing_keys whose state is 'active' to begin anew");
  }
  const PrivateText secret(*opened);
  Result<SigningKey> key = SigningKey::from_private(secret.view());
  if (!key)
    throw std::runtime_error("the key that signs tokens is no good: " + key.error().sentence);
  return *std::move(key);
}

}  // namespace portico::auth
