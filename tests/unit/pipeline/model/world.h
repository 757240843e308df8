// SPDX-License-Identifier: Apache-2.0
// Runs the real driver by a plan, on an engine whose time is a queue of events, and writes down
// what happens. One world serves many plans with the same driver, arena and tickets, as an engine
// does.
#pragma once

#include "unit/pipeline/model/plan.h"
#include "unit/pipeline/simulation.h"
#include <portico/stream.h>

#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace portico::pipeline::model {

class World final : public Engine, public Wire, public Workers, public Journal {
 public:
  std::vector<Event> run(const Plan& plan);
  /// Bytes of bodies that the client got.
  [[nodiscard]] std::size_t bytes() const noexcept { return sent_bytes_; }
  /// Objects of plugins that are alive: closures, stages, attributes. None between exchanges.
  [[nodiscard]] int alive() const noexcept { return alive_; }

 private:
  using Action = Callable<void()>;
  class MarkStage;
  /// A captured object whose life is counted, and that reads memory of its own while it lives.
  class Witness {
   public:
    explicit Witness(World& world) : world_(&world), cell_(std::make_unique<int>(1)) {
      ++world.alive_;
    }
    Witness(Witness&& other) noexcept
        : world_(std::exchange(other.world_, nullptr)), cell_(std::move(other.cell_)) {}
    Witness& operator=(Witness&&) = delete;
    Witness(const Witness&) = delete;
    ~Witness() {
      if (world_ != nullptr) --world_->alive_;
    }
    World& operator()() const { return *cell_ == 1 ? *world_ : *static_cast<World*>(nullptr); }

   private:
    World* world_;
    std::unique_ptr<int> cell_;
  };
  struct Dated {
    Action action;
    Timer* timer = nullptr;
  };

  // Engine.
  void post(Mail& mail) noexcept override {
    at(time_, [&mail] { mail.deliver(mail); });
  }
  void arm(Timer& timer) noexcept override {
    timer.armed = true;
    queue_.emplace(milliseconds(timer.deadline), Dated{{}, &timer});
  }
  void disarm(Timer& timer) noexcept override {
    timer.armed = false;
    std::erase_if(queue_, [&timer](const auto& entry) { return entry.second.timer == &timer; });
  }
  [[nodiscard]] const base::Clock& clock() const noexcept override { return clock_; }

  // Workers.
  [[nodiscard]] bool submit(Job& job) override;

  // Wire.
  void send_head(Response& head, AnswerBody body) override;
  std::size_t send(Way way, std::string_view bytes) override;
  void end(Way way) override;
  void abort() override { say('A', 0, 0); }
  void read(Way way) override;
  void hold(Way way) override { reading_[index(way)] = false; }
  void forward(const Target& target, RequestBody body) override;
  void drop_upstream() override { say('d', 0, 0), upstream_gone_ = true; }
  [[nodiscard]] Traffic traffic() const noexcept override { return {0, sent_bytes_}; }
  void release() override;

  // Journal.
  void note(const Incident& incident) noexcept override {
    say('n', incident.plugin, static_cast<int>(incident.kind));
  }
  void ended(const http::RequestState&, const Chain&, const Outcome& outcome) noexcept override {
    say('E', static_cast<int>(outcome.how), static_cast<int>(outcome.status));
  }

  // What plugins do.
  Flow rule(Request& request, int who);
  Flow go_on(Request& request, int who, std::size_t step);
  Flow wait(Request& request, int who, std::size_t step);
  Flow decide(int who);
  Flow passing(int who);
  void after(Response& response, int who);
  Step<void()> start(Resume<int> resume, int who, const Wait& wait);
  void job(int who, WaitKind kind);
  Response handler();
  Response terminal_answer();
  Response open_answer(const FeedPlan& planned);
  std::unique_ptr<BodyStage> stage(Stage kind);

  static std::size_t index(Way way) { return static_cast<std::size_t>(way); }
  static int milliseconds(std::chrono::nanoseconds time) {
    return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
  }
  void say(char what, int who, int value) { events_.push_back({what, who, value}); }
  void at(int when, Action action) { queue_.emplace(when, Dated{std::move(action), nullptr}); }
  const LinkPlan& link(int who) const {
    return who == terminal_ ? plan_->terminal : plan_->links[static_cast<std::size_t>(who)];
  }
  void prepare();
  void turn();
  void read_request();
  void read_upstream();
  void complete();
  void give_up(Status status, Outcome::How how);

  const Plan* plan_ = nullptr;
  int terminal_ = 0;
  std::vector<Event> events_;
  int time_ = 0;
  simulation::Clock clock_;
  std::multimap<int, Dated> queue_;
  std::vector<Resume<int>> stale_;
  int alive_ = 0;

  base::Arena arena_;
  http::RequestState request_{arena_};
  Driver driver_{*this, *this, *this, *this};
  std::vector<detail::Rule> rules_;
  std::vector<pipeline::Link> links_;
  Callable<Response(Request&)> handler_;
  Chain chain_;

  const Wait* next_job_ = nullptr;
  bool released_ = false;
  bool upstream_gone_ = false;
  bool request_ended_ = false;
  bool reading_[2] = {};
  std::size_t queued_[2] = {};
  std::size_t request_read_ = 0;
  std::size_t upstream_read_ = 0;
  std::size_t upstream_chunks_ = 0;
  std::size_t sent_bytes_ = 0;
  std::size_t upstream_bytes_ = 0;
};

}  // namespace portico::pipeline::model
