// SPDX-License-Identifier: Apache-2.0
// One place of use.
#pragma once

#include "answer/fields.h"
#include "answer/refusal.h"
#include "keys/subject.h"
#include "policy/policy.h"
#include "settings.h"
#include "store/memory.h"
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

class Rule {
 public:
  /// `counting` is the place's own, its group's or the plugin's; `home` names its buckets. Throws
  /// std::invalid_argument for a cost that no limit would ever allow.
  Rule(const Use& use, const Counting& counting, std::string_view home, Showing showing,
       std::shared_ptr<Memory> memory, Host& host);

  [[nodiscard]] Flow serve(Request& request) const;

  [[nodiscard]] const std::string& home() const noexcept { return home_; }
  [[nodiscard]] const Subject& subject() const noexcept { return subject_; }
  /// The key of a subject here, as operators see it. The same turns it back.
  [[nodiscard]] Key shown(const Key& key) const noexcept { return key ^ id_; }
  /// Forgets what was taken under that key of a subject. How many limits had anything.
  std::size_t forget(const Key& key) const noexcept;

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
  [[nodiscard]] Flow refuse(const Offer& offer, const Decision& decision,
                            const Moment& moment) const;
  void note(const Request& request, const Key& key) const;
  [[nodiscard]] After teller(const Offer& offer, const Decision& decision,
                             const Moment& moment) const;
  [[nodiscard]] Finally giver_back(const Offer& offer, const Key& key,
                                   const Decision& decision) const;

  std::string home_;
  Showing showing_;
  std::uint32_t cost_;
  std::vector<Cidr> allow_;
  bool skip_successful_;
  bool skip_failed_;
  HeaderForm form_;
  Refusal refusal_;
  std::shared_ptr<Memory> memory_;  // With rules before and after this one.
  Key id_;
  Subject subject_;
  std::vector<TierOffer> tiers_;
  std::unique_ptr<const Offer> offer_;
};

}  // namespace portico::ratelimit
