// SPDX-License-Identifier: Apache-2.0
#include "loop/dns/inquiry.h"

#include <utility>

namespace portico::loop::dns {

Inquiry::Inquiry(Loop& loop, Home& home) noexcept : loop_(loop), home_(home) {
  fire = [](Timer& timer) noexcept {
    auto& self = static_cast<Inquiry&>(timer);
    self.detach();
    self.over_ = true;
    self.deliver(self.outcome_.value_or(Outcome::TimedOut));
  };
}

Inquiry::~Inquiry() {
  detach();
  loop_.timers().disarm(*this);
}

void Inquiry::begin(Channel& channel, std::vector<std::string> names,
                    std::span<const RecordType> types, std::chrono::nanoseconds patience) {
  channel_ = &channel;
  names_ = std::move(names);
  types_ = types.size();
  for (std::size_t i = 0; i < types_; ++i) {
    parts_[i].inquiry = this;
    parts_[i].type = types[i];
    parts_[i].answered = [](Question& question, const Reply& reply) noexcept {
      auto& part = static_cast<Part&>(question);
      part.inquiry->note(part, reply);
    };
  }
  loop_.timers().move(*this, loop_.clock().now() + patience);
  try_next();
}

/// The last of the parts may settle the matter before this returns.
void Inquiry::try_next() noexcept {
  const std::string& name = names_[tried_++];
  open_ = types_;
  for (std::size_t i = 0; i < types_; ++i) channel_->ask(name, parts_[i].type, parts_[i]);
}

void Inquiry::note(const Part& part, const Reply& reply) noexcept {
  const Outcome outcome =
      reply.outcome == Outcome::Found ? read(part.type, reply.message) : reply.outcome;
  switch (outcome) {
    case Outcome::Found: found_ = true; break;
    case Outcome::NoData: no_data_ = true; break;
    case Outcome::NoSuchName:
    case Outcome::BadName: break;  // Too long with its search domain, so there is none.
    default: failure_ = failure_.value_or(outcome);
  }
  if (--open_ == 0) settle();
}

/// A server that refuses one name may know the next: search domains may be others' than the name's.
/// That it failed stays noted, lest a name be reported gone of which nothing was heard.
void Inquiry::settle() noexcept {
  if (over_) return home_.leave(home_, *this);
  if (found_) return conclude(Outcome::Found);
  const bool may_go_on = !failure_ || *failure_ == Outcome::Refused;
  if (may_go_on && tried_ < names_.size()) return try_next();
  if (failure_) return conclude(*failure_);
  conclude(no_data_ ? Outcome::NoData : Outcome::NoSuchName);
}

void Inquiry::conclude(Outcome outcome) noexcept {
  outcome_ = outcome;
  loop_.timers().move(*this, loop_.clock().now());
}

void Inquiry::abandon() noexcept {
  silence();
  finish();
}

void Inquiry::silence() noexcept {
  detach();
  loop_.timers().disarm(*this);
  over_ = true;
}

/// What c-ares still asks for it cannot be called back: it stays until that has ended.
void Inquiry::finish() noexcept {
  if (open_ == 0) home_.leave(home_, *this);
}

void Inquiry::detach() noexcept {
  if (Inquiry** holder = std::exchange(handle, nullptr)) *holder = nullptr;
}

}  // namespace portico::loop::dns
