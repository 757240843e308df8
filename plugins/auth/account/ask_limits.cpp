// SPDX-License-Identifier: Apache-2.0
#include "account/ask_limits.h"

#include "throttle/network.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace portico::auth {
namespace {

/// Rows for everybody: one would be waited for by all who sign up at once.
constexpr unsigned Shares = 16;
constexpr std::int64_t LeastBurst = 5;

Bucket hourly(std::int64_t limit) {
  // A tenth of it at once: who comes in a crowd is rarely a person.
  return {.burst = std::max(LeastBurst, limit / 10), .limit = limit};
}

}  // namespace

AskLimits::AskLimits(const Digest& key, const ThrottleSettings& settings)
    : key_(key),
      address_(hourly(settings.sign_ups_per_address)),
      everyone_(hourly(std::max<std::int64_t>(1, settings.sign_ups_in_all / Shares))),
      mails_{.most = settings.mails_per_account} {}

AskLimits::Keys AskLimits::keys_of(std::string_view address) const {
  const std::string subscriber = subscriber_of(address);
  const TallyKey own = throttle::key_of(key_, "ask.address", subscriber);
  // By the keyed digest: nobody chooses whose share they use up.
  const unsigned share = std::to_integer<unsigned>(own.front()) % Shares;
  return {.address = own,
          .everyone = throttle::key_of(key_, "ask.everyone", std::to_string(share))};
}

Time AskLimits::wait(Reader& db, What what, std::string_view address, Time now) const {
  const Keys keys = keys_of(address);
  const Time own = address_.wait(throttle::find(db, keys.address), now);
  if (what == What::Mail) return own;
  return std::max(own, everyone_.wait(throttle::find(db, keys.everyone), now));
}

void AskLimits::count(Transaction& db, What what, std::string_view address, Time now) const {
  const Keys keys = keys_of(address);
  (void)throttle::take(db, keys.address, address_, now);
  if (what == What::SignUp) (void)throttle::take(db, keys.everyone, everyone_, now);
}

bool AskLimits::may_mail(Transaction& db, std::string_view about, std::string_view account,
                         Time now) const {
  const TallyKey key = throttle::key_of(key_, "mail." + std::string(about), account);
  return throttle::take(db, key, mails_, now).allowed;
}

}  // namespace portico::auth
