// SPDX-License-Identifier: Apache-2.0
#include "rule.h"

#include <portico/identity.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace portico::ratelimit {
namespace {

bool has_role(const Request& request, std::string_view role) {
  const Principal* const caller = request.principal();
  return caller != nullptr && std::ranges::find(caller->roles, role) != caller->roles.end();
}

bool is_user(const Request& request, std::string_view user) {
  const Principal* const caller = request.principal();
  return caller != nullptr && caller->subject == user;
}

}  // namespace

Rule::Rule(const Use& use, const Counting& counting, std::string_view home, Stores stores,
           Host& host)
    : home_(home),
      stores_(std::move(stores)),
      cost_(use.cost),
      allow_(use.allow),
      skip_successful_(use.skip_successful),
      skip_failed_(use.skip_failed),
      form_(use.headers),
      refusal_(use),
      on_failure_(use.on_store_failure),
      id_(hash()(home_)),
      subject_(counting, hash()),
      local_subject_(counting, stores_.memory->hash()),
      offer_(make_offer(counting, host)) {
  for (const Tier& tier : counting.tiers) {
    tiers_.push_back({tier.role, tier.user, tier.unlimited ? nullptr : make_offer(tier, host)});
  }
}

Hash Rule::hash() const noexcept {
  return stores_.shared == nullptr ? stores_.memory->hash() : Hash();
}

std::unique_ptr<const Rule::Offer> Rule::make_offer(const LimitSet& set, Host& host) const {
  Policy policy(set, home_, *stores_.memory, host);
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
  if (!allow_.empty()) {
    const std::optional<Address> client = parse_address(request.client_address());
    if (client && is_allowed(*client)) return pass();
  }
  const Offer* const offer = offer_for(request);
  if (offer == nullptr) return pass();
  return stores_.shared == nullptr ? decide_here(request, *offer) : decide_there(request, *offer);
}

Flow Rule::decide_here(Request& request, const Offer& offer) const {
  const Key key = local_subject_.of(request);
  const Moment moment = stores_.memory->moment(request);
  return act(request, {offer, Store::Memory, key, offer.policy.take(key, moment, cost_)});
}

Flow Rule::decide_there(Request& request, const Offer& offer) const {
  const Key key = subject_.of(request);
  return await(stores_.shared->take(request, offer.policy, key, cost_),
               [this, &offer, key](Request& asking, const RedisReply& reply) {
                 const auto decision = RedisBuckets::decision_of(reply, offer.policy, cost_);
                 if (!decision) return fail(asking, offer, reply.text());
                 return act(asking, {offer, Store::Shared, key, *decision});
               });
}

Flow Rule::fail(Request& request, const Offer& offer, std::string_view why) const {
  stores_.failures->note(request, why);
  if (on_failure_ == OnStoreFailure::Allow) return pass();
  if (on_failure_ == OnStoreFailure::Local) return decide_here(request, offer);
  Response response = problem(Status::ServiceUnavailable, "limits_unavailable",
                              "Requests cannot be counted at the moment; try again.");
  response.headers().set("Retry-After", "1");
  return reply(std::move(response));
}

Flow Rule::act(Request& request, const Verdict& verdict) const {
  const Moment moment = stores_.memory->moment(request);
  verdict.offer.policy.count(verdict.decision);
  if (verdict.decision.allowed) return pass(teller(verdict, moment), giver_back(verdict));
  note(request, verdict.key);
  return refuse(verdict, moment);
}

Flow Rule::refuse(const Verdict& verdict, const Moment& moment) const {
  Response response = refusal_.answer(seconds_up(verdict.decision.retry));
  verdict.offer.fields.write(response.headers(),
                             told_of(verdict.decision, verdict.offer.policy.members().size()),
                             moment.unix / Second);
  return reply(std::move(response));
}

void Rule::note(const Request& request, const Key& key) const {
  stores_.memory->refused().note(shown(key), home_, [&] {
    return stores_.showing == Showing::Texts ? subject_.text_of(request) : std::string();
  });
}

After Rule::teller(const Verdict& verdict, const Moment& moment) {
  const Fields& fields = verdict.offer.fields;
  if (!fields.any()) return {};
  const AllTold told = told_of(verdict.decision, verdict.offer.policy.members().size());
  return [&fields, told, now = moment.unix / Second](Response& response) {
    fields.write(response.headers(), told, now);
  };
}

Finally Rule::giver_back(const Verdict& verdict) const {
  const Policy& policy = verdict.offer.policy;
  if (!skip_successful_ && !skip_failed_ && !policy.has_concurrency()) return {};
  return [this, &policy, store = verdict.store, key = verdict.key,
          receipts = verdict.decision.receipts](const Outcome& outcome) {
    const bool failed =
        outcome.how != Outcome::How::Answered || outcome.status >= Status::BadRequest;
    const auto what =
        (failed ? skip_failed_ : skip_successful_) ? Policy::What::Everything : Policy::What::Slots;
    if (store == Store::Memory) {
      policy.give_back(key, receipts, cost_, what);
    } else {
      stores_.shared->give_back(policy, key, receipts, cost_, what);
    }
  };
}

std::size_t Rule::forget(const Key& key) const {
  const auto forget_at = [&](const Policy& policy) {
    return stores_.shared == nullptr ? policy.forget(key) : stores_.shared->forget(policy, key);
  };
  std::size_t forgotten = forget_at(offer_->policy);
  for (const TierOffer& tier : tiers_) {
    if (tier.offer != nullptr) forgotten += forget_at(tier.offer->policy);
  }
  return forgotten;
}

}  // namespace portico::ratelimit
