// SPDX-License-Identifier: Apache-2.0
// The state machine of one exchange: it runs a chain over an engine, from the request's head to the
// last `finally`. All of Portico's promises about middlewares are kept here and nowhere else:
//  - links run in order; a reply ends the descent; then the after-functions of the links that
//    passed run once, innermost first, on every answer, also on core's own (404, 413, 500, 503,
//    504);
//  - every `finally` runs exactly once, innermost first, after everything else of the exchange;
//  - whatever a plugin throws, the request is answered: with 500 when no head is out, else by
//    cutting the connection. There is never a second answer. Where stages rewrite a body that is
//    held here, the head waits for the first byte that they let out;
//  - a client that goes cancels what the exchange waits for; a worker's late result is dropped, and
//    nothing is freed before that worker is back.
//
// For who writes an engine. One driver serves one exchange after another: fill RequestState,
// `start`, wait for `Wire::release`, reset RequestState and arena, `start` again. The functions
// below are the events; all on the loop. Each may call the wire, up to and including `release`,
// before it returns. Events that come when they mean nothing (a body nobody asked for, the second
// end of one exchange) are ignored.
#pragma once

#include "http/feed_state.h"
#include "http/request_state.h"
#include "pipeline/body_collector.h"
#include "pipeline/body_pump.h"
#include "pipeline/chain.h"
#include "pipeline/engine.h"
#include "pipeline/failure.h"
#include "pipeline/journal.h"
#include "pipeline/worker_pool.h"
#include <portico/flow.h>
#include <portico/http.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portico::pipeline {

class Driver {
 public:
  Driver(Engine& engine, Wire& wire, Workers& workers, Journal& journal) noexcept;
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;
  /// Requires that no exchange is running.
  ~Driver();

  /// Runs `chain` for `request`. Both stay until `Wire::release`. Where the engine knows already
  /// that the request cannot be served, its links run, and `instead` is answered in the place of
  /// the terminal.
  void start(http::RequestState& request, const Chain& chain, const Failure* instead = nullptr);

  // Events of the request's body, once `Wire::read(ToUpstream)` was called.
  void request_body(std::string_view bytes);
  void request_body_end();

  // Events of the upstream, once `Wire::forward` was called.
  /// The final answer's head (101 too, no other 1xx), made in the request's arena. Its body is
  /// Relayed, or comes by the two functions below once `Wire::read(ToClient)` was called.
  void upstream_head(Response head);
  void upstream_body(std::string_view bytes);
  void upstream_end();

  /// The peer of a driven body has taken what waited for it, down to LowWater.
  void drained(Way way);

  /// The server stops: an answer that stays open is to end soon.
  void leave();
  /// The whole answer was handed to the client's connection. Ends the exchange.
  void sent();
  /// The client's connection broke or was closed. Ends the exchange.
  void client_gone();
  /// The upstream failed, a deadline struck, the process stops: the client gets this answer through
  /// the after-functions, or a cut connection when the head is out. While a worker holds the
  /// exchange the answer waits for the worker.
  void fail(const Failure& failure);

  /// How the last exchange ended; from its `release` until the next `start`.
  [[nodiscard]] const Outcome& outcome() const noexcept { return outcome_; }

  /// Of the exchange that is running.
  [[nodiscard]] const Chain& chain() const noexcept { return *chain_; }
  [[nodiscard]] const base::Clock& clock() const noexcept { return engine_.clock(); }

  [[nodiscard]] Engine& engine() const noexcept { return engine_; }
  /// Whether an exchange is running.
  [[nodiscard]] bool busy() const noexcept { return state_ != State::Idle; }

  /// The link whose turn it is; the number of links means the terminal.
  [[nodiscard]] std::size_t at() const noexcept { return at_; }
  /// The timer by which an answer that stays open is asked about. It says nothing of progress.
  [[nodiscard]] Timer& watch() noexcept { return watch_; }

  // For the functions of flow.h.
  /// The pending step when it waits for its operation, else null.
  [[nodiscard]] detail::Pending* awaiting() const noexcept;
  /// The operation has ended.
  void resumed();
  /// The ticket of the operation that is being started.
  [[nodiscard]] detail::Ticket ticket() const noexcept;
  /// The driver that is starting an operation on this thread, or null.
  [[nodiscard]] static Driver* starting() noexcept;
  void want_body(Resume<std::string_view> resume, std::uint64_t limit);
  void stop_wanting_body() noexcept;
  /// A timer in the exchange's arena.
  [[nodiscard]] Timer& start_sleeping(Resume<Elapsed> resume, std::chrono::milliseconds delay);
  void stop_sleeping(Timer& timer) noexcept;

 private:
  enum class State : std::uint8_t {
    Idle,        // No exchange.
    Descending,  // The link or terminal at `at_` is next.
    Starting,    // `pending_` is an operation to be started.
    Awaiting,    // It runs.
    Resuming,    // Its result is there.
    Submitting,  // `pending_` is a job for a worker; none means the handler.
    Working,     // A worker holds the exchange: nothing else may touch it.
    Returned,    // The worker has given it back.
    Collecting,  // The handler's body arrives.
    Forwarding,  // An upstream has been asked.
    Answering,   // `answer_` goes through the after-functions.
    Streaming,   // The head is out; the driver sends the body, or has sent it.
    Finishing,   // The engine has all of the answer.
    Closing,     // The exchange has ended; the finallys are next.
  };
  enum class WorkResult : std::uint8_t { Done, Answered, Threw, Dropped };
  struct Frame;
  struct Sleep;
  class Task final : public Job {
   public:
    explicit Task(Driver& driver) noexcept : driver_(driver) {}
    void run() noexcept override;
    void drop() noexcept override;

   private:
    Driver& driver_;
  };
  struct Deadline : Timer {
    explicit Deadline(Driver& its_driver) noexcept;
    Driver& driver;
  };
  struct Watch : Timer {
    explicit Watch(Driver& its_driver) noexcept;
    Driver& driver;
  };
  struct Return : Mail {
    explicit Return(Driver& its_driver) noexcept;
    Driver& driver;
  };
  class DrivenHead final : public BodyHead {
   public:
    explicit DrivenHead(Driver& driver) noexcept : driver_(driver) {}
    void send() override;

   private:
    Driver& driver_;
  };

  class FeedReader final : public detail::FeedState::Reader {
   public:
    explicit FeedReader(Driver& driver) noexcept : driver_(driver) {}
    void feed_ready() noexcept override;

   private:
    Driver& driver_;
  };

  // driver.cpp: the machine and its end.
  template <class Event>
  void on(Event event) noexcept;
  bool step();
  void end_with(Outcome::How how) noexcept;
  void give_up();
  void stop_waiting() noexcept;
  void close();
  void run_finallys(const Outcome& outcome) noexcept;

  // descent.cpp: links and terminal.
  void call_next();
  void call_rule(const detail::Rule& rule);
  void call_terminal();
  void call_then();
  void settle(Flow flow);
  void push_frame(detail::FlowState* state);
  void reply_with(Response response);
  void forward_to(const Target& target);

  // waiting.cpp: operations and workers.
  void start_operation();
  void submit_work();
  void work() noexcept;
  void work_threw(std::string_view what) noexcept;
  void take_work();
  void drop_pending() noexcept;

  // request_body.cpp
  void read_whole(std::uint64_t limit);
  void stop_reading() noexcept;
  void take_chunk(std::string_view bytes);
  void body_arrived();
  void too_large();
  void transform_collected();
  void strip_request();

  // ascent.cpp: the answer.
  void ascend();
  void run_after(Frame& frame);
  void refuse_unsendable(Turn turn, std::size_t at);
  void remember_fields();
  void send_answer();
  void drive_answer();
  void replace_broken();
  [[nodiscard]] AnswerBody plan_body();

  // open_answer.cpp: an answer that stays open.
  void open_answer();
  void pull_feed();
  void receive(std::string_view bytes);
  void close_feed() noexcept;
  template <class Call>
  void tolerate(Call call) noexcept;
  template <class Call>
  void pumping(BodyPump& pump, Turn turn, Call&& call);

  // keep_open.cpp: what an open answer depends on.
  void watch_answer();
  void ask_bonds();
  [[nodiscard]] bool bond_holds(const http::RequestState::Bond& bond) noexcept;
  void end_open_answer();

  // faults.h and faults.cpp: what plugins do wrong.
  template <class Call>
  bool guarded(Turn turn, Call&& call);
  class Occupied;
  [[nodiscard]] std::uint16_t plugin_at(std::size_t at) const noexcept;
  [[nodiscard]] bool in_shadow(std::size_t at) const noexcept;
  void note(Incident::Kind kind, Turn turn, std::size_t at, std::string_view what,
            Status status = {}) noexcept;
  void fault(Incident::Kind kind, Turn turn, std::string_view what);
  void decline(const Failure& failure);
  void answer_with(const Failure& failure);

  Engine& engine_;
  Wire& wire_;
  Workers& workers_;
  Journal& journal_;
  http::RequestState* request_ = nullptr;
  const Chain* chain_ = nullptr;
  std::chrono::nanoseconds started_{0};

  State state_ = State::Idle;
  bool running_ = false;
  bool head_sent_ = false;
  bool rewrites_response_ = false;
  bool upstream_open_ = false;
  std::optional<Outcome::How> end_;
  std::optional<Failure> failure_;
  const Failure* instead_ = nullptr;

  std::size_t at_ = 0;  // The link whose turn it is; the number of links means the terminal.
  Frame* frames_ = nullptr;
  std::size_t frame_count_ = 0;
  std::size_t afters_left_ = 0;

  detail::Pending* pending_ = nullptr;
  std::optional<std::uint32_t> slot_;
  std::uint32_t generation_ = 0;
  Sleep* sleeps_ = nullptr;

  Task task_{*this};
  Return mail_{*this};
  Deadline deadline_{*this};
  Watch watch_{*this};
  WorkResult work_result_ = WorkResult::Done;
  std::string_view work_what_;

  BodyCollector collected_;
  std::optional<Resume<std::string_view>> body_wanted_;
  std::uint64_t body_limit_ = 0;
  bool reading_ = false;
  bool body_ended_ = false;
  bool body_too_large_ = false;

  std::optional<Response> answer_;
  Status status_{};
  Outcome outcome_;
  std::span<const Headers::Entry> inner_fields_;  // When the last stage was attached.
  DrivenHead driven_head_{*this};
  FeedReader feed_reader_{*this};
  std::string fed_;  // What was taken of the feed.
  bool feeding_ = false;
  BodyPump request_pump_;
  BodyPump answer_pump_;
};

}  // namespace portico::pipeline
