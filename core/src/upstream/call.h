// SPDX-License-Identifier: Apache-2.0
// One request to an upstream, with all its tries: chooses an endpoint, takes a connection, sends,
// reads the answer. It is pulled: whoever made it looks at `stage`, gives it the request's body
// when it `takes_body` and asks for the answer's body piece by piece; what nobody asks for stays in
// the socket. For one loop's thread. It is told of its connection's events by `stirred` and tells
// its caller, never within a function that the caller called.
#pragma once

#include "http/h1/body_decoder.h"
#include "http/h1/body_writer.h"
#include "http/h1/response_parser.h"
#include "loop/input.h"
#include "loop/output.h"
#include "loop/timer.h"
#include "upstream/connection.h"
#include "upstream/local.h"
#include "upstream/question.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::upstream {

class Outbound;

class Caller {
 public:
  /// Something has happened: look at the call.
  virtual void call_moved() noexcept = 0;

  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

 protected:
  Caller() = default;
  ~Caller() = default;
};

class Call final : loop::Timer {
 public:
  enum class Stage : std::uint8_t {
    Idle,    ///< Not begun, or dropped.
    Queued,  ///< Every endpoint has its share of requests.
    Connecting,
    Asking,    ///< The request is on its way, the answer's head awaited.
    Interim,   ///< A head of 1xx lies in `head`; `go_on` asks for the next.
    Answered,  ///< The final head lies in `head`, its body may be asked for.
    Ended,     ///< All of the answer has come.
    Failed,    ///< `fault` says what to answer.
  };
  struct Piece {
    http::h1::Parsed state;
    std::string_view data;  ///< Until the next call of `next_body` or `reset`.
  };
  /// A request's body up to this size is kept, so that it can be sent again.
  static constexpr std::size_t KeptBody = std::size_t{16} * 1024;

  explicit Call(Outbound& outbound);
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  ~Call();

  /// Requires Idle. Throws std::bad_alloc.
  void begin(Caller& caller, const Question& question, detail::UpstreamState& group);
  /// Its answer is not wanted any more. Harmless at any time.
  void drop() noexcept;
  /// As new. The head's views end.
  void reset() noexcept;

  [[nodiscard]] Stage stage() const noexcept { return stage_; }
  [[nodiscard]] const http::h1::ResponseHead& head() const noexcept { return parser_.head(); }
  [[nodiscard]] const Fault& fault() const noexcept { return fault_; }
  /// For an operator: why the last try failed. A static text.
  [[nodiscard]] std::string_view reason() const noexcept { return reason_; }
  /// Until `reset`.
  [[nodiscard]] Report report() const noexcept;
  /// Requires Interim.
  void go_on();

  /// Whether everything given so far has left, and more can be taken.
  [[nodiscard]] bool takes_body() const noexcept;
  /// Bytes given that have not left yet.
  [[nodiscard]] std::size_t waiting() const noexcept { return out_.waiting(); }
  /// Of the request's body; copied. Frames it as the question said.
  void send(std::string_view bytes);
  /// The same, but the bytes stay where they are until `takes_body`, which must be true now.
  void hold(std::string_view bytes);
  /// Whether `hold` takes a pipe now.
  [[nodiscard]] bool takes_pipe() const noexcept;
  /// The same, of bytes that stay in the kernel. Requires `takes_pipe`.
  void hold(loop::Pipes::Lent pipe);
  /// `trailers`: of the request's chunks, as they came.
  void end_body(std::string_view trailers = {});

  /// What has come of the answer's body: nothing yet where More comes with no data. Refused: it
  /// broke off. Requires Answered.
  [[nodiscard]] Piece next_body();
  /// Whether `next_pipe` is worth asking: the last piece filled its room.
  [[nodiscard]] bool flows() const noexcept { return in_.flows(); }
  /// What has come of it and may pass in the kernel, where that pays: a long body that is bare on
  /// its way from there. Null: `next_body` knows more. Requires Answered.
  [[nodiscard]] loop::Pipes::Lent next_pipe() noexcept;
  /// Of its chunks, as they came; until `reset`. Requires Ended.
  [[nodiscard]] std::string_view trailers() const noexcept { return trailers_.pieces()[0]; }

  // The connection's.
  void stirred() noexcept;

  // The queue's.
  /// False when there is no place yet.
  [[nodiscard]] bool proceed_from_queue() noexcept;
  Call* before = nullptr;
  Call* behind = nullptr;

 private:
  using Time = std::chrono::nanoseconds;
  static constexpr std::size_t MostTries = 16;

  // call_try.cpp: one try after another.
  void try_until_it_works();
  [[nodiscard]] bool start_try();
  [[nodiscard]] std::size_t choose();
  [[nodiscard]] bool take_place(Backend& backend) const noexcept;
  [[nodiscard]] bool none_left();
  void leave_queue() noexcept;
  void write_head();
  [[nodiscard]] bool end_try(Try::How how, std::string_view reason);
  [[nodiscard]] bool may_repeat(const Try& failed) const;
  [[nodiscard]] Try describe(Try::How how, std::string_view reason) const noexcept;
  void tell(const Try& made) noexcept;
  void give_back(bool reusable) noexcept;
  void fail(const Fault& fault) noexcept;

  // call.cpp: what a try does. False: it failed, and another is to be made.
  [[nodiscard]] bool progress();
  [[nodiscard]] bool read_head();
  [[nodiscard]] bool take_head();
  void flush();
  void finish() noexcept;
  Piece cut_short(std::string_view reason) noexcept;
  [[nodiscard]] bool receive();

  // call_time.cpp
  static void on_time(loop::Timer& timer) noexcept;
  void schedule() noexcept;
  void time_is_up() noexcept;
  [[nodiscard]] Time patience() const noexcept;
  [[nodiscard]] Time deadline() const noexcept;

  Outbound& outbound_;
  Caller* caller_ = nullptr;
  Question question_;
  Local* local_ = nullptr;
  LocalEdition* edition_ = nullptr;
  Connection* connection_ = nullptr;
  http::h1::ResponseParser parser_;
  http::h1::BodyDecoder decoder_;
  loop::Input in_;
  loop::Output out_;
  http::h1::BodyWriter writer_;
  loop::Output kept_;      // The body so far, as it was sent.
  loop::Output trailers_;  // The answer's.
  Fault fault_;
  std::string_view reason_;

  std::array<std::size_t, MostTries> tried_{};
  std::uint32_t tries_ = 0;
  unsigned interims_ = 0;   // Heads of 1xx in this try.
  std::uint32_t full_ = 0;  // Endpoints behind those in `tried_`, for the present choice.
  Time queued_{0};
  std::size_t endpoint_ = 0;
  Time began_{0};
  Time try_began_{0};
  Time moved_{0};
  Time took_{0};  // The last try, to its answer's head or its failure.

  Stage stage_ = Stage::Idle;
  bool reused_ = false;
  bool sent_ = false;        // A byte of the request, at least.
  bool deaf_ = false;        // The backend takes no more.
  bool ended_ = false;       // It will say no more.
  bool kept_whole_ = false;  // The request can be sent again.
  bool body_ended_ = false;
  bool tunnel_ = false;  // What follows, both ways, is no HTTP.
  bool dry_ = false;     // The caller waits for the answer's body.
};

}  // namespace portico::upstream
