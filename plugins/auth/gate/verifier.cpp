// SPDX-License-Identifier: Apache-2.0
#include "gate/verifier.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace portico::auth {
namespace {

using What = Finding::What;

/// Reading a token, whatever comes of it.
constexpr std::uint32_t ReadingUnits = 1;

/// What a signature costs beside the others; ES256 takes about 60 us.
constexpr std::uint32_t units_of(Algorithm algorithm) noexcept {
  switch (algorithm) {
    case Algorithm::Es256: return 3;
    case Algorithm::EdDsa: return 5;
    case Algorithm::Rs256: return 1;
    case Algorithm::Hs256: return 0;
  }
  return 0;
}

CacheSecret make_secret(const Host& host) {
  CacheSecret secret;
  host.random(secret);
  return secret;
}

}  // namespace

Verifier::Verifier(const Parts& parts, const TokenCache::Limits& limits, Host& host)
    : parts_(parts), figures_(host), shards_([limits, secret = make_secret(host)] {
        return std::make_unique<Shard>(limits, secret);
      }) {}

Finding Verifier::token(std::string_view token, const Moment& moment, Comes comes) {
  Shard& shard = shards_.here();
  const UnixTime now = shard.clock.now(moment.unix_time, moment.now);
  Finding finding = known(shard, token, moment, now);
  if (finding.what != What::NotCached) {
    // The text of a cookie or a key is no token, though its caller may be known.
    if (finding.caller != nullptr && finding.caller->issuer == nullptr) return {};
    return finding;
  }
  if (comes == Comes::Anew) figures_.miss();
  if (!shard.budget.is_open(moment.now, comes)) return {What::Busy};
  return verify(shard, token, moment, now);
}

Finding Verifier::session(std::string_view cookie, const Moment& moment) {
  Shard& shard = shards_.here();
  Finding finding = known(shard, cookie, moment, shard.clock.now(moment.unix_time, moment.now));
  if (finding.caller != nullptr && !finding.caller->is_session()) return {};
  if (finding.what == What::NotCached) figures_.miss();
  return finding;
}

Finding Verifier::key(std::string_view key, const Moment& moment) {
  Shard& shard = shards_.here();
  Finding finding = known(shard, key, moment, shard.clock.now(moment.unix_time, moment.now));
  if (finding.caller != nullptr && !finding.caller->is_key()) return {};
  if (finding.what == What::NotCached) figures_.miss();
  return finding;
}

Finding Verifier::keep(std::string_view credential, const KnownSession& found,
                       const Moment& moment) {
  Shard& shard = shards_.here();
  auto caller = Caller::of(found, own_issuer(), parts_.headers);
  if (caller == nullptr || caller->known_until <= shard.clock.now(moment.unix_time, moment.now)) {
    return {};
  }
  return keep(shard, credential, std::move(caller), moment);
}

Finding Verifier::known(Shard& shard, std::string_view credential, const Moment& moment,
                        UnixTime now) {
  TokenCache::Entry* const entry = shard.cache.find(credential);
  if (entry == nullptr) return {What::NotCached};
  const Caller& caller = *entry->caller;
  const bool key_changed = caller.issuer != nullptr && caller.issuer->version() != caller.version;
  if (now >= caller.known_until || key_changed) {
    shard.cache.erase(credential);
    return {What::NotCached};
  }
  if (caller.ours) {
    if (parts_.revocations.stale(moment.now)) return {What::NoRevocations};
    const std::uint64_t epoch = parts_.revocations.epoch();
    if (entry->epoch != epoch) {
      if (is_denied(shard, caller)) {
        // It is asked about anew: a key outlives the logins of its owner.
        if (caller.is_key()) {
          shard.cache.erase(credential);
          return {What::NotCached};
        }
        // It stays, so that who sends it again and again does not have it verified each time.
        figures_.revoked(std::nullopt);
        return {What::Refused};
      }
      entry->epoch = epoch;
    }
  }
  figures_.hit();
  return {What::Known, entry->caller};
}

Finding Verifier::verify(Shard& shard, std::string_view text, const Moment& moment, UnixTime now) {
  shard.budget.spend(ReadingUnits);
  const auto token = Token::parse(text);
  if (!token) return refuse(token.error(), std::nullopt);
  const Algorithm algorithm = token->header().algorithm;
  Issuer* const issuer = issuer_named(token->claims().issuer);
  if (issuer == nullptr) return refuse(Fault::WrongIssuer, algorithm);
  // Before the signature: most tokens that are no good are good ones that have expired.
  if (const auto fault = check(*token, issuer->rules(), now)) return refuse(*fault, algorithm);
  return verify_by(shard, *token, text, *issuer, moment);
}

Finding Verifier::verify_by(Shard& shard, const Token& token, std::string_view text, Issuer& issuer,
                            const Moment& moment) {
  const Algorithm algorithm = token.header().algorithm;
  const Issuer::Found found = issuer.find_key(token.header());
  switch (found.what) {
    case Issuer::Found::What::Key: break;
    case Issuer::Found::What::Unknown: return refuse(Fault::UnknownKey, algorithm);
    case Issuer::Found::What::Coming: return {What::KeysComing};
    case Issuer::Found::What::Unavailable: figures_.without_keys(); return {What::NoKeys};
  }
  shard.budget.spend(units_of(algorithm));
  if (const auto fault = verify_signature(token, *found.key)) return refuse(*fault, algorithm);
  auto caller = Caller::of(token, issuer, found, parts_.headers);
  if (caller == nullptr) {
    figures_.unusable(algorithm);
    return {};
  }
  figures_.verified(algorithm);
  return keep(shard, text, std::move(caller), moment);
}

Finding Verifier::keep(Shard& shard, std::string_view credential,
                       std::shared_ptr<const Caller> caller, const Moment& moment) {
  // The epoch first: what is denied meanwhile is found out with the next request.
  const std::uint64_t epoch = parts_.revocations.epoch();
  if (caller->ours) {
    if (parts_.revocations.stale(moment.now)) return {What::NoRevocations};
    if (is_denied_still(shard, *caller)) {
      figures_.revoked(std::nullopt);
      return {};
    }
  }
  shard.cache.insert(credential, caller, caller->bytes(), epoch);
  return {What::Known, std::move(caller)};
}

bool Verifier::holds(const Caller& caller, const Moment& moment) {
  Shard& shard = shards_.here();
  if (shard.clock.now(moment.unix_time, moment.now) >= caller.expires) return false;
  if (caller.issuer != nullptr && caller.issuer->version() != caller.version &&
      !caller.issuer->has_key(caller.key_id)) {
    return false;
  }
  if (!caller.ours) return true;
  return !parts_.revocations.stale(moment.now) && !is_denied(shard, caller);
}

bool Verifier::is_denied(Shard& shard, const Caller& caller) const {
  const std::uint64_t epoch = parts_.revocations.epoch();
  if (shard.epoch != epoch) {
    shard.revoked = parts_.revocations.state();
    shard.epoch = epoch;
  }
  return shard.revoked->denies(caller.principal.session, caller.principal.subject, caller.issued);
}

bool Verifier::is_denied_still(Shard& shard, const Caller& caller) const {
  if (!caller.is_key()) return is_denied(shard, caller);
  return parts_.revocations.state()->denies(caller.principal.session, {}, caller.issued);
}

Issuer* Verifier::issuer_named(std::string_view name) const noexcept {
  const auto found = std::ranges::find_if(
      parts_.issuers, [name](const auto& issuer) { return issuer->name() == name; });
  return found == parts_.issuers.end() ? nullptr : found->get();
}

const Issuer* Verifier::own_issuer() const noexcept {
  const auto found = std::ranges::find_if(
      parts_.issuers, [](const auto& issuer) { return issuer->whose() == Issuer::Whose::Ours; });
  return found == parts_.issuers.end() ? nullptr : found->get();
}

Finding Verifier::refuse(Fault fault, std::optional<Algorithm> algorithm) {
  figures_.refused(fault, algorithm);
  return {What::Refused};
}

}  // namespace portico::auth
