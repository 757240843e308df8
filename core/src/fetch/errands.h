// SPDX-License-Identifier: Apache-2.0
// The gateway's own requests, on a loop and a thread of their own: a plugin's callback, or a slow
// name server, never keeps a client waiting.
#pragma once

#include "base/clock.h"
#include "fetch/courier.h"
#include "fetch/errand.h"
#include "loop/dns/resolver.h"
#include "loop/loop.h"
#include "services/log/sink.h"
#include "upstream/outbound.h"

#include <list>
#include <memory>
#include <string>
#include <thread>

namespace portico::fetch {

class Errands final : public Courier {
 public:
  /// Throws std::runtime_error.
  Errands(const base::Clock& clock, services::LogSink& log, loop::dns::Options names = {});
  /// Ends what is under way, each with an error.
  ~Errands();

  void fetch(const void* owner, Fetch order, Done done) override;
  void resolve(const void* owner, std::string name, Record kind, Told told) override;
  void forget(const void* owner) noexcept override;

 private:
  struct Letter;
  struct Trip;
  struct Question;

  void post(Callable<void()> work);
  void begin(const void* owner, Fetch order, Done done);
  void ask(const void* owner, const std::string& name, Record kind, Told told);
  void drop(const void* owner) noexcept;
  void end_all() noexcept;

  loop::Loop loop_;
  loop::dns::Resolver resolver_;
  upstream::Outbound outbound_;
  Office office_;
  std::list<Trip> trips_;
  std::list<Question> questions_;
  std::jthread thread_;
};

}  // namespace portico::fetch
