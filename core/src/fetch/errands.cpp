// SPDX-License-Identifier: Apache-2.0
#include "fetch/errands.h"

#include "http/forwarded.h"

#include <array>
#include <memory>
#include <semaphore>
#include <utility>

namespace portico::fetch {

using loop::dns::Outcome;

struct Errands::Letter final : loop::Mail {
  explicit Letter(Callable<void()> its_work) : work(std::move(its_work)) {
    deliver = [](loop::Mail& mail) noexcept {
      const std::unique_ptr<Letter> self(&static_cast<Letter&>(mail));
      self->work();
    };
  }
  Callable<void()> work;
};

struct Errands::Trip {
  const void* owner;
  std::unique_ptr<Errand> errand;
};

/// A name that is asked for. The lookup goes before what its end calls.
struct Errands::Question {
  const void* owner;
  Told told;
  loop::dns::Lookup lookup{};
  bool answered = false;
};

namespace {

template <class T>
[[nodiscard]] Resolved summary(const loop::dns::Answer<T>& answer) {
  Resolved resolved;
  resolved.ttl = answer.ttl;
  resolved.gone = answer.outcome == Outcome::NoSuchName || answer.outcome == Outcome::NoData;
  if (answer.outcome == Outcome::BadName) resolved.error = "this is no name";
  if (answer.outcome == Outcome::TimedOut) resolved.error = "no name server answered in time";
  if (answer.outcome == Outcome::Refused) resolved.error = "every name server refused";
  if (answer.outcome == Outcome::Malformed) resolved.error = "the answer cannot be read";
  return resolved;
}

[[nodiscard]] Resolved told_of(const loop::dns::Addresses& answer) {
  Resolved resolved = summary(answer);
  for (const http::Address& each : answer.found) {
    std::array<char, http::AddressRoom> space;
    resolved.addresses.emplace_back(http::write_address(each, space));
  }
  return resolved;
}

[[nodiscard]] Resolved told_of(const loop::dns::Services& answer) {
  Resolved resolved = summary(answer);
  for (const loop::dns::Service& each : answer.found) {
    resolved.services.push_back({each.target, each.port, each.priority, each.weight});
  }
  return resolved;
}

}  // namespace

Errands::Errands(const base::Clock& clock, services::LogSink& log, loop::dns::Options names)
    : loop_(clock),
      resolver_(loop_, std::move(names)),
      outbound_(loop_, log),
      office_{loop_, resolver_, outbound_},
      thread_([this] { loop_.run(); }) {}

Errands::~Errands() {
  // By post, behind all that was asked for: a loop that stops leaves its mail unread.
  post([this] {
    end_all();
    loop_.stop();
  });
  thread_.join();
}

void Errands::post(Callable<void()> work) { loop_.post(*new Letter(std::move(work))); }

void Errands::fetch(const void* owner, Fetch order, Done done) {
  post([this, owner, order = std::move(order), done = std::move(done)]() mutable {
    begin(owner, std::move(order), std::move(done));
  });
}

void Errands::resolve(const void* owner, std::string name, Record kind, Told told) {
  post([this, owner, name = std::move(name), kind, told = std::move(told)]() mutable {
    ask(owner, name, kind, std::move(told));
  });
}

void Errands::forget(const void* owner) noexcept {
  std::binary_semaphore forgotten(0);
  post([this, owner, &forgotten] {
    drop(owner);
    forgotten.release();
  });
  forgotten.acquire();
}

void Errands::begin(const void* owner, Fetch order, Done done) {
  const auto place = trips_.insert(trips_.end(), {owner, nullptr});
  place->errand = std::make_unique<Errand>(office_, std::move(order), std::move(done),
                                           [this, place] { trips_.erase(place); });
  place->errand->begin();
}

void Errands::ask(const void* owner, const std::string& name, Record kind, Told told) {
  // Questions that were answered go when the next one comes: their lookup must not end in its own
  // callback.
  std::erase_if(questions_, [](const Question& each) { return each.answered; });
  Question& question = questions_.emplace_back(owner, std::move(told));
  const auto answer = [&question](const auto& found) {
    question.answered = true;
    question.told(told_of(found));
  };
  question.lookup = kind == Record::Address ? resolver_.addresses(name, answer)
                                            : resolver_.services(name, answer);
}

void Errands::drop(const void* owner) noexcept {
  for (Trip& trip : trips_) {
    if (trip.owner == owner) trip.errand->abandon();
  }
  std::erase_if(questions_, [owner](const Question& each) { return each.owner == owner; });
}

void Errands::end_all() noexcept {
  for (Trip& trip : trips_) trip.errand->fail("the server is stopping");
  questions_.clear();
}

}  // namespace portico::fetch
