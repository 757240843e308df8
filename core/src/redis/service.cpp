// SPDX-License-Identifier: Apache-2.0
#include "redis/service.h"

#include <algorithm>
#include <exception>
#include <semaphore>
#include <stdexcept>
#include <utility>

namespace portico::redis {

struct Service::Letter final : loop::Mail {
  explicit Letter(Callable<void()> its_work) : work(std::move(its_work)) {
    deliver = [](loop::Mail& mail) noexcept {
      const std::unique_ptr<Letter> self(&static_cast<Letter&>(mail));
      self->work();
    };
  }
  Callable<void()> work;
};

/// A command for whose reply nobody waits.
struct Service::Errand final : Asker {
  Service& service;
  const void* owner;
  std::shared_ptr<Store> store;
  std::string command;
  Done done;
  std::list<Errand>::iterator place{};

  Errand(Service& its_service, const void* its_owner, std::shared_ptr<Store> its_store,
         std::string its_command, Done its_done)
      : service(its_service),
        owner(its_owner),
        store(std::move(its_store)),
        command(std::move(its_command)),
        done(std::move(its_done)) {
    answered = [](Asker& asker, RedisReply reply) noexcept {
      auto& self = static_cast<Errand&>(asker);
      self.tell(reply);
      self.service.errands_.erase(self.place);
    };
  }

  void tell(const RedisReply& reply) const noexcept {
    if (!done) return;
    try {
      done(reply);
    } catch (const std::exception& error) {
      store->tell(Level::Error, "who was told a reply has thrown", error.what());
    } catch (...) {
      store->tell(Level::Error, "who was told a reply has thrown", {});
    }
  }
};

Service::Service(const base::Clock& clock, services::LogSink& log)
    : clock_(clock), log_(log), loop_(clock), lines_(std::make_unique<Lines>(loop_)) {}

Service::~Service() {
  loop_.stop();
  if (thread_.joinable()) thread_.join();
  // What was asked for behind it.
  loop_.turn(std::chrono::nanoseconds(0));
  sweeper_.reset();
  ears_.clear();
  lines_.reset();
}

std::shared_ptr<Store> Service::open(const std::string& name, const Options& options) {
  return shelf_.find_or_make(name, options,
                             [&] { return std::make_shared<Store>(name, options, log_, clock_); });
}

void Service::wake() {
  std::call_once(woken_, [this] {
    sweeper_ = std::make_unique<loop::Every>(loop_, Link::Idle, [this] { sweep(); });
    thread_ = std::thread([this] { loop_.run(); });
    awake_ = true;
  });
}

void Service::post(Callable<void()> work) {
  wake();
  loop_.post(*new Letter(std::move(work)));
}

void Service::call_up(const std::shared_ptr<Store>& store) {
  post([this, store] { lines_->call_up(store); });
}

void Service::ask(const std::shared_ptr<Store>& store, const Command& command, Asker& asker,
                  std::chrono::nanoseconds patience) {
  wake();
  if (std::this_thread::get_id() == thread_.get_id()) {
    throw std::logic_error("what a Redis calls back must not wait for one");
  }
  post([this, store, command, &asker, patience] { lines_->ask(store, command, asker, patience); });
}

void Service::send(const void* owner, const std::shared_ptr<Store>& store, std::string command,
                   Done done) {
  post([this, owner, store, command = std::move(command), done = std::move(done)]() mutable {
    begin(owner, store, std::move(command), std::move(done));
  });
}

void Service::begin(const void* owner, const std::shared_ptr<Store>& store, std::string command,
                    Done done) {
  Errand& errand = errands_.emplace_back(*this, owner, store, std::move(command), std::move(done));
  errand.place = std::prev(errands_.end());
  lines_->ask(store, {.bytes = errand.command}, errand, store->options.timeout);
}

Ear& Service::ear(const std::shared_ptr<Store>& store) {
  const auto found = std::ranges::find(ears_, store, [](const Ear& each) { return each.store(); });
  return found != ears_.end() ? *found : ears_.emplace_back(lines_->surroundings(), store);
}

void Service::subscribe(const void* owner, const std::shared_ptr<Store>& store, std::string channel,
                        Heard heard, Joined joined) {
  post([this, owner, store, channel = std::move(channel), heard = std::move(heard),
        joined = std::move(joined)]() mutable {
    ear(store).add(owner, channel, std::move(heard), std::move(joined));
  });
}

void Service::forget(const void* owner) noexcept {
  if (!awake_) return;
  std::binary_semaphore forgotten(0);
  post([this, owner, &forgotten] {
    drop(owner);
    forgotten.release();
  });
  forgotten.acquire();
}

void Service::drop(const void* owner) noexcept {
  for (Errand& errand : errands_) {
    if (errand.owner == owner) errand.done.reset();
  }
  for (Ear& ear : ears_) ear.drop(owner);
}

void Service::sweep() noexcept {
  std::erase_if(ears_, [](const Ear& ear) { return ear.idle(); });
  for (Ear& ear : ears_) ear.beat();
}

}  // namespace portico::redis
