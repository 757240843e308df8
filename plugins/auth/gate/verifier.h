// SPDX-License-Identifier: Apache-2.0
// From a credential's text to its caller. A token that was verified is known again, without a
// signature, until it expires, is revoked or loses its key. On the loop; a known one allocates
// nothing.
#pragma once

#include "gate/caller.h"
#include "gate/expiry_clock.h"
#include "gate/figures.h"
#include "gate/revocations.h"
#include "gate/token_cache.h"
#include "gate/turn_budget.h"
#include "issuers/issuer.h"
#include <portico/host.h>
#include <portico/http.h>
#include <portico/per_thread.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace portico::auth {

/// When a request asks: the turn's times.
struct Moment {
  std::chrono::nanoseconds now{0};
  UnixTime unix_time{0};

  [[nodiscard]] static Moment of(const Request& request) noexcept {
    return {request.now(), request.unix_time()};
  }
};

struct Finding {
  enum class What : std::uint8_t {
    Known,          ///< `caller` is who it is.
    NotCached,      ///< Of a session or an API key: it has to be looked up.
    Refused,        ///< No good.
    Busy,           ///< This turn has verified enough: come again in the next one.
    KeysComing,     ///< The issuer's keys are being fetched: come again shortly.
    NoKeys,         ///< They were never got.
    NoRevocations,  ///< Nobody knows what was revoked.
  };
  What what = What::Refused;
  std::shared_ptr<const Caller> caller{};  ///< Shared with the cache, which may forget it.
};

class Verifier {
 public:
  struct Parts {
    std::vector<std::unique_ptr<Issuer>>& issuers;  ///< Complete before the first request.
    Revocations& revocations;
    const IdentityHeaders& headers;
  };
  /// Parts last as long as this.
  Verifier(const Parts& parts, const TokenCache::Limits& limits, Host& host);
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  [[nodiscard]] Finding token(std::string_view token, const Moment& moment, Comes comes);
  /// A session cookie that was looked up a short while ago.
  [[nodiscard]] Finding session(std::string_view cookie, const Moment& moment);
  /// The same of an API key.
  [[nodiscard]] Finding key(std::string_view key, const Moment& moment);
  /// What a look-up of either has found, from now on known.
  [[nodiscard]] Finding keep(std::string_view credential, const KnownSession& found,
                             const Moment& moment);
  /// What time it is, for whatever must not come back when the machine's clock is put back.
  [[nodiscard]] UnixTime time(const Moment& moment) {
    return shards_.here().clock.now(moment.unix_time, moment.now);
  }
  /// Whether somebody who was known still is: asked about every second of open tunnels.
  [[nodiscard]] bool holds(const Caller& caller, const Moment& moment);

 private:
  /// Of one loop.
  struct Shard {
    Shard(const TokenCache::Limits& limits, const CacheSecret& secret) : cache(limits, secret) {}

    TokenCache cache;
    ExpiryClock clock;
    TurnBudget budget;
    std::uint64_t epoch = 0;
    std::shared_ptr<const Revoked> revoked{};  // Of that epoch; shared with other loops.
  };

  [[nodiscard]] Finding known(Shard& shard, std::string_view credential, const Moment& moment,
                              UnixTime now);
  [[nodiscard]] Finding verify(Shard& shard, std::string_view token, const Moment& moment,
                               UnixTime now);
  [[nodiscard]] Finding verify_by(Shard& shard, const Token& token, std::string_view text,
                                  Issuer& issuer, const Moment& moment);
  [[nodiscard]] Finding keep(Shard& shard, std::string_view credential,
                             std::shared_ptr<const Caller> caller, const Moment& moment);
  [[nodiscard]] Issuer* issuer_named(std::string_view name) const noexcept;
  [[nodiscard]] const Issuer* own_issuer() const noexcept;
  [[nodiscard]] bool is_denied(Shard& shard, const Caller& caller) const;
  /// The same of one who was just found good: what the store says of a key's owner is newer than
  /// what was heard of them.
  [[nodiscard]] bool is_denied_still(Shard& shard, const Caller& caller) const;
  [[nodiscard]] Finding refuse(Fault fault, std::optional<Algorithm> algorithm);

  const Parts parts_;
  Figures figures_;
  PerThread<Shard> shards_;
};

}  // namespace portico::auth
