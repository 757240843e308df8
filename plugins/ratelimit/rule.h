// SPDX-License-Identifier: Apache-2.0
// One place of use.
#pragma once

#include "answer/fields.h"
#include "answer/refusal.h"
#include "keys/subject.h"
#include "policy/policy.h"
#include "settings.h"
#include "store/failures.h"
#include "store/memory.h"
#include "store/redis_buckets.h"
#include <portico/flow.h>
#include <portico/host.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::ratelimit {

/// Whether operators may see whose keys are refused.
enum class Showing : std::uint8_t { Hashes, Texts };

/// What the rules of one instance have in common.
struct Stores {
  std::shared_ptr<Memory> memory;        ///< With instances before and after this one.
  const RedisBuckets* shared = nullptr;  ///< Null: memory it is.
  Failures* failures = nullptr;
  Showing showing = Showing::Hashes;
};

class Rule {
 public:
  /// `counting` is the place's own, its group's or the plugin's; `home` names its buckets. Throws
  /// std::invalid_argument for a cost that no limit would ever allow.
  Rule(const Use& use, const Counting& counting, std::string_view home, Stores stores, Host& host);

  [[nodiscard]] Flow serve(Request& request) const;

  [[nodiscard]] const std::string& home() const noexcept { return home_; }
  [[nodiscard]] const Subject& subject() const noexcept { return subject_; }
  /// The key of a subject here, as operators see it. The same turns it back.
  [[nodiscard]] Key shown(const Key& key) const noexcept { return key ^ id_; }
  /// Forgets what was taken under that key of a subject. How many limits had anything. May wait.
  std::size_t forget(const Key& key) const;

 private:
  /// Limits, and how an answer tells of them.
  struct Offer {
    Policy policy;
    Fields fields;
  };
  struct TierOffer {
    std::string role;
    std::string user;
    std::unique_ptr<const Offer> offer;  // Null: unlimited.
  };

  [[nodiscard]] std::unique_ptr<const Offer> make_offer(const LimitSet& set, Host& host) const;
  [[nodiscard]] bool is_allowed(const Address& client) const noexcept;
  /// What that request is held against; null: nothing.
  [[nodiscard]] const Offer* offer_for(const Request& request) const;
  enum class Store : std::uint8_t { Memory, Shared };
  /// What was decided, where, for whom.
  struct Verdict {
    const Offer& offer;
    Store store;
    Key key;
    Decision decision;
  };

  /// Of the store that decides.
  [[nodiscard]] Hash hash() const noexcept;
  [[nodiscard]] Flow decide_here(Request& request, const Offer& offer) const;
  [[nodiscard]] Flow decide_there(Request& request, const Offer& offer) const;
  [[nodiscard]] Flow fail(Request& request, const Offer& offer, std::string_view why) const;
  [[nodiscard]] Flow act(Request& request, const Verdict& verdict) const;
  [[nodiscard]] Flow refuse(const Verdict& verdict, const Moment& moment) const;
  void note(const Request& request, const Key& key) const;
  [[nodiscard]] static After teller(const Verdict& verdict, const Moment& moment);
  [[nodiscard]] Finally giver_back(const Verdict& verdict) const;

  std::string home_;
  Stores stores_;
  std::uint32_t cost_;
  std::vector<Cidr> allow_;
  bool skip_successful_;
  bool skip_failed_;
  HeaderForm form_;
  Refusal refusal_;
  OnStoreFailure on_failure_;
  Key id_;
  Subject subject_;
  Subject local_subject_;  // Where the store fails.
  std::vector<TierOffer> tiers_;
  std::unique_ptr<const Offer> offer_;
};

}  // namespace portico::ratelimit
