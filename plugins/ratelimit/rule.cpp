// SPDX-License-Identifier: Apache-2.0
#include "rule.h"

#include <portico/identity.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace portico::ratelimit {
namespace {

bool has_role(const Request& request, std::string_view role) {
  const auto* const roles = request.get(UserRoles);
  return roles != nullptr && std::ranges::find(*roles, role) != roles->end();
}

bool is_user(const Request& request, std::string_view user) {
  const std::string_view* const known = request.get(UserId);
  return known != nullptr && *known == user;
}

}  // namespace

Rule::Rule(const Use& use, const Counting& counting, std::string_view home, Showing showing,
           std::shared_ptr<Memory> memory, Host& host)
    : home_(home),
      showing_(showing),
      cost_(use.cost),
      allow_(use.allow),
      skip_successful_(use.skip_successful),
      skip_failed_(use.skip_failed),
      form_(use.headers),
      refusal_(use),
      memory_(std::move(memory)),
      id_(hash_of(home_, memory_->secret())),
      subject_(counting, memory_->secret()),
      offer_(make_offer(counting, host)) {
  for (const Tier& tier : counting.tiers) {
    tiers_.push_back({tier.role, tier.user, tier.unlimited ? nullptr : make_offer(tier, host)});
  }
}

std::unique_ptr<const Rule::Offer> Rule::make_offer(const LimitSet& set, Host& host) const {
  Policy policy(set, home_, home_, *memory_, host);
  if (cost_ > policy.units_at_once()) {
    throw std::invalid_argument("`cost` is more than a limit ever gives at once; lower it");
  }
  Fields fields(form_, policy);
  return std::make_unique<const Offer>(Offer{std::move(policy), std::move(fields)});
}

bool Rule::is_allowed(const Address& client) const noexcept {
  return std::ranges::any_of(allow_, [&](const Cidr& block) { return block.contains(client); });
}

const Rule::Offer* Rule::offer_for(const Request& request) const {
  for (const TierOffer& tier : tiers_) {
    if (tier.user.empty() ? has_role(request, tier.role) : is_user(request, tier.user)) {
      return tier.offer.get();
    }
  }
  return offer_.get();
}

Flow Rule::serve(Request& request) const {
  const std::optional<Address> client = parse_address(request.client_address());
  if (!allow_.empty() && client && is_allowed(*client)) return pass();
  const Offer* const offer = offer_for(request);
  if (offer == nullptr) return pass();
  const Key key = subject_.of(request, client);
  const Moment moment = memory_->moment(request);
  const Decision decision = offer->policy.take(key, moment, cost_);
  if (!decision.allowed) {
    note(request, key);
    return refuse(*offer, decision, moment);
  }
  return pass(teller(*offer, decision, moment), giver_back(*offer, key, decision));
}

Flow Rule::refuse(const Offer& offer, const Decision& decision, const Moment& moment) const {
  Response response = refusal_.answer(seconds_up(decision.retry));
  offer.fields.write(response.headers(), told_of(decision, offer.policy.members().size()),
                     moment.unix / Second);
  return reply(std::move(response));
}

void Rule::note(const Request& request, const Key& key) const {
  memory_->refused().note(shown(key), home_, [&] {
    return showing_ == Showing::Texts ? subject_.text_of(request) : std::string();
  });
}

After Rule::teller(const Offer& offer, const Decision& decision, const Moment& moment) const {
  if (!offer.fields.any()) return {};
  const AllTold told = told_of(decision, offer.policy.members().size());
  return [&fields = offer.fields, told, now = moment.unix / Second](Response& response) {
    fields.write(response.headers(), told, now);
  };
}

Finally Rule::giver_back(const Offer& offer, const Key& key, const Decision& decision) const {
  if (!skip_successful_ && !skip_failed_ && !offer.policy.has_concurrency()) return {};
  return [this, &policy = offer.policy, key,
          receipts = decision.receipts](const Outcome& outcome) noexcept {
    const bool failed =
        outcome.how != Outcome::How::Answered || outcome.status >= Status::BadRequest;
    const bool skipped = failed ? skip_failed_ : skip_successful_;
    policy.give_back(key, receipts, cost_,
                     skipped ? Policy::What::Everything : Policy::What::Slots);
  };
}

std::size_t Rule::forget(const Key& key) const noexcept {
  std::size_t forgotten = offer_->policy.forget(key);
  for (const TierOffer& tier : tiers_) {
    if (tier.offer != nullptr) forgotten += tier.offer->policy.forget(key);
  }
  return forgotten;
}

}  // namespace portico::ratelimit
