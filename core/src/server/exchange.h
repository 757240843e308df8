// SPDX-License-Identifier: Apache-2.0
// HTTP/1 as one connection speaks it: request after request, each through the driver, each answer
// in its turn. It holds all the memory that a request needs, and is lent to one connection after
// another. It never touches the socket: `advance` goes as far as the input and the output allow and
// says what it waits for. The driver is told of events from `advance` alone, never within a call
// that it makes, so that each event finds the exchange at rest.
#pragma once

#include "base/arena.h"
#include "http/h1/body_decoder.h"
#include "http/h1/body_writer.h"
#include "http/h1/request_parser.h"
#include "http/request_state.h"
#include "http/reserved_fields.h"
#include "loop/input.h"
#include "loop/output.h"
#include "loop/pace.h"
#include "pipeline/driver.h"
#include "pipeline/engine.h"
#include "server/options.h"
#include "upstream/call.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::server {

class Connection;
class Lane;
class Mirror;  // NOLINT(cppcoreguidelines-virtual-class-destructor): its definition is final.
struct Served;

class Exchange final : public pipeline::Wire, upstream::Caller {
 public:
  using Time = std::chrono::nanoseconds;

  /// What it waits for.
  enum class Want : std::uint8_t {
    Nothing,  ///< An event: of a worker, a timer, an upstream.
    Room,     ///< That the client takes what the output holds.
    Close,    ///< The last answer has left.
    Linger,   ///< The same, and the client may still be sending.
    Bytes,    ///< More of a request.
    Rest,     ///< Bytes too, but nothing is under way.
  };

  explicit Exchange(Lane& lane);
  ~Exchange();

  /// Whether it was made for these limits of a head; one that was not is not to be lent.
  [[nodiscard]] bool suits(const Limits& limits) const noexcept;
  /// As new, for a connection that borrows it.
  void lend_to(Connection& connection) noexcept;

  [[nodiscard]] loop::Input& input() noexcept { return input_; }
  [[nodiscard]] loop::Output& output() noexcept { return output_; }
  void received(std::size_t bytes);
  /// How many bytes may be received by a pipe now, of a long body that goes to the upstream as it
  /// is; 0: none.
  [[nodiscard]] std::size_t takes_pipe() const noexcept;
  /// What such a pipe got; it may be empty.
  void received(loop::Pipes::Lent pipe);
  /// Of what waits in the output, which knows.
  void sent(std::size_t bytes);
  [[nodiscard]] Want advance();
  /// The client is gone. Once `advance` returns Rest, nothing of the request is left.
  void lose() noexcept {
    lost_ = true;
    output_.clear();
  }

  /// When `time_is_up` is to be called.
  [[nodiscard]] Time deadline() const noexcept;
  void time_is_up(Time now);
  /// Requests that `advance` has begun since it was lent.
  [[nodiscard]] std::uint64_t begun() const noexcept { return begun_; }
  /// Its connection is to end: the next answer whose head is not out yet is the last, and says so.
  /// One that could stay open for long ends soon.
  void leave() noexcept { leaving_ = true; }
  /// The process stops: 503 where that can still be said.
  void give_up() noexcept;

  void send_head(Response& head, pipeline::AnswerBody body) override;
  std::size_t send(pipeline::Way way, std::string_view bytes) override;
  void end(pipeline::Way way) override;
  void abort() override;
  void read(pipeline::Way way) override;
  void hold(pipeline::Way way) override;
  void forward(const Target& target, pipeline::RequestBody body) override;
  void drop_upstream() override;
  [[nodiscard]] pipeline::Traffic traffic() const noexcept override { return traffic_; }
  void release() override;

 private:
  enum class Stage : std::uint8_t {
    Head,      // A request's head arrives.
    Running,   // The driver runs.
    Skipping,  // The answer is out; the rest of the request's body is thrown away.
    Refused,   // The last answer leaves; what still comes is not read as a request.
  };

  // exchange_request.cpp: from bytes to the driver.
  [[nodiscard]] bool take_head();
  void begin(const http::h1::RequestHead& head, std::string_view received);
  [[nodiscard]] bool fill_request(const http::h1::RequestHead& head);
  [[nodiscard]] const pipeline::Chain& route();
  void refuse(const http::h1::Refusal& refusal, std::string_view received);
  void refuse_late();
  [[nodiscard]] bool tell_body();
  void take_body(std::string_view bytes);
  void await_body();
  void pass_trailers();
  [[nodiscard]] const http::ReservedFields* reserved() const noexcept;
  void fail_body(const pipeline::Failure& failure);
  [[nodiscard]] bool skip_body();

  // exchange.cpp
  [[nodiscard]] bool step();
  [[nodiscard]] bool tell_driver();
  void rest();
  [[nodiscard]] Want waits_for() const noexcept;
  void finish();
  [[nodiscard]] Time now() const noexcept;
  [[nodiscard]] Time patience() const noexcept;
  void schedule() noexcept;

  // exchange_record.cpp
  void record_end();
  void record_refusal(const http::h1::Refusal& refusal, std::string_view received);

  // exchange_upstream.cpp: what goes to an upstream, and what comes back.
  void call_moved() noexcept override { schedule(); }
  [[nodiscard]] bool tell_of_upstream();
  [[nodiscard]] bool tell_of_answer();
  void fail_upstream();
  void pass_interim();
  [[nodiscard]] bool pass_answer();
  [[nodiscard]] bool pass_pipe();
  void relay(std::string_view bytes);
  void end_relay();
  void cut_relay();
  [[nodiscard]] bool sends_up() const noexcept;
  void send_up(std::string_view bytes);
  void end_up(std::string_view trailers = {});
  void hang_up() noexcept;

  // exchange_answer.cpp
  void write_head(const Response& head, http::h1::BodyFraming framing);
  [[nodiscard]] http::h1::BodyFraming framing_of(const Response& head,
                                                 pipeline::AnswerBody body) const noexcept;
  [[nodiscard]] bool may_keep_alive() const noexcept;
  void end_answer(std::string_view trailers = {});

  Lane& lane_;
  const http::h1::HeadLimits head_limits_;
  Connection* connection_ = nullptr;
  Served* served_ = nullptr;
  const pipeline::Chain* chain_ = nullptr;
  loop::Input input_;
  loop::Output output_;
  http::h1::BodyWriter body_writer_;  // Of the answer.
  http::h1::RequestParser parser_;
  http::h1::BodyDecoder decoder_;
  base::Arena arena_;
  http::RequestState request_{arena_};
  pipeline::Driver driver_;

  Time head_deadline_ = Time::max();
  loop::Pace in_pace_;
  loop::Pace out_pace_;
  pipeline::Traffic traffic_;
  std::uint64_t head_bytes_ = 0;  // Of the answer: what is no body.
  std::uint64_t begun_ = 0;
  std::uint64_t body_limit_ = 0;
  std::uint64_t body_taken_ = 0;
  std::size_t skipped_ = 0;
  std::optional<pipeline::Failure> failure_;
  loop::Output trailers_;           // Of the request, for the upstream.
  upstream::Call* call_ = nullptr;  // From `forward` until the request is forgotten.
  Mirror* mirror_ = nullptr;        // Of this request, until its body is whole.

  Stage stage_ = Stage::Head;
  bool advancing_ = false;
  http::h1::Parsed body_ = http::h1::Parsed::More;
  bool asked_head_ = false;  // The method is HEAD.
  bool old_client_ = false;  // HTTP/1.0
  bool keep_alive_ = true;
  bool expects_continue_ = false;
  bool upgraded_ = false;  // What follows the answer's head, both ways, is no HTTP.

  // What the driver is to be told, and was.
  bool reading_ = false;
  bool relays_request_ = false;  // Its body goes from here to the upstream, past the driver.
  bool relays_answer_ = false;   // The same, the other way.
  bool passes_trailers_ = false;
  bool relay_over_ = false;     // The answer is to end where it is.
  bool answer_wanted_ = false;  // The upstream's body goes to the driver.
  bool upstream_told_ = false;  // Its head.
  bool up_drain_wanted_ = false;
  bool body_ended_ = false;
  bool head_written_ = false;
  bool drain_wanted_ = false;
  bool complete_ = false;
  bool sent_told_ = false;
  bool leaving_ = false;
  bool lost_ = false;
  bool lost_told_ = false;
  bool released_ = false;
};

}  // namespace portico::server
