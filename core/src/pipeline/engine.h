// SPDX-License-Identifier: Apache-2.0
// What the pipeline asks of the machine that carries exchanges. `Engine` is one event loop; `Wire`
// is one exchange as that loop carries it: the client's side, and the upstream's while one is
// forwarded to. An engine implements both and calls the `Driver` back (driver.h says when). All of
// it happens on the loop's thread; only `Engine::post` may be called from elsewhere.
//
// The rules of the game, for who writes an engine:
//  - No function throws. Every function of Wire but `send` and `hold` may call the driver back
//    before it returns.
//  - What RequestState's views point at, and the arena, stay until `release`. Between
//    `Driver::start` and `release` a worker may be using that arena: the engine allocates from it
//    only for the Response that it hands to `Driver::upstream_head`.
//  - The driver calls `send_head` at most once. It never calls anything after `release`.
//  - Once the engine has told `client_gone`, calls that send are harmless and do nothing.
//  - When an answer ends while the request's body has not been read to its end, the engine drains a
//    bounded rest or closes the connection; that is no business of the driver's.
#pragma once

#include "loop/executor.h"
#include "pipeline/occupation.h"
#include "pipeline/tickets.h"
#include "redis/line.h"
#include <portico/flow.h>
#include <portico/http.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::pipeline {

using loop::Mail;
using loop::Timer;

/// Never refuses mail while a driver of this engine is not released.
class Engine : public loop::Executor {
 public:
  ~Engine() override;

  /// The waits of this loop's exchanges.
  [[nodiscard]] Tickets& tickets() noexcept { return tickets_; }
  /// Whose function this loop is in.
  [[nodiscard]] Occupation& occupation() noexcept { return occupation_; }
  [[nodiscard]] const Occupation& occupation() const noexcept { return occupation_; }
  /// Who takes this loop's commands to a Redis; null where nobody does.
  [[nodiscard]] redis::Line* redis() const noexcept { return redis_; }

 protected:
  Engine() = default;
  void take_commands(redis::Line& line) noexcept { redis_ = &line; }

 private:
  Tickets tickets_;
  Occupation occupation_;
  redis::Line* redis_ = nullptr;
};

/// Which of the two bodies.
enum class Way : std::uint8_t {
  ToClient,    ///< The answer's: from the chain or an upstream to the client.
  ToUpstream,  ///< The request's: from the client to a terminal.
};

/// What follows an answer's head.
enum class AnswerBody : std::uint8_t {
  None,  ///< Nothing (HEAD, 204, 304). The answer is complete; the engine ends it, and disposes of
         ///< what an upstream may still send.
  Held,  ///< `head.body()`, which is all of it; the engine writes both at once and ends the answer.
  Driven,  ///< The driver calls `send(ToClient, ...)` and `end(ToClient)`. The length is not known.
  Relayed,  ///< The upstream's, by the engine alone, which owns both ends from now on and ends the
            ///< answer.
};

/// Where a forwarded request's body comes from.
enum class RequestBody : std::uint8_t {
  Relayed,  ///< From the client, by the engine alone.
  Driven,   ///< The driver calls `send(ToUpstream, ...)` and `end(ToUpstream)`.
            ///< RequestHead::body_length says how long it is, or is empty.
};

/// Bytes of both messages so far, for `Outcome`.
struct Traffic {
  std::uint64_t received = 0;
  std::uint64_t sent = 0;
};

/// The source of a body stops when this much waits for its peer, and goes on when it fell to the
/// low mark.
inline constexpr std::size_t HighWater = 256 * 1024;
inline constexpr std::size_t LowWater = 64 * 1024;

class Wire {
 public:
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// The answer's head. The engine adds framing, Date and the like; it has what it needs of `head`
  /// when the call returns, except that a Held body's bytes stay until `release`. Ends with
  /// `Driver::sent` unless the client goes first.
  virtual void send_head(Response& head, AnswerBody body) = 0;
  /// Copies bytes of a driven body. Returns how many bytes wait for that peer now; when that is
  /// HighWater or more, the engine calls `Driver::drained` once it has fallen to LowWater.
  virtual std::size_t send(Way way, std::string_view bytes) = 0;
  /// A driven body is complete. To the client also: no more of a relayed one is sent than has come,
  /// and that is all of it.
  virtual void end(Way way) = 0;
  /// Cuts the client's connection: an answer whose head is out cannot be completed.
  virtual void abort() = 0;

  /// Asks for a body's bytes: ToUpstream, the request's, by `Driver::request_body`; ToClient, the
  /// upstream's, by `Driver::upstream_body`. Nothing arrives before it was asked for; then all of
  /// it does, until `hold` or its end. Harmless when it is on already or the body has ended.
  virtual void read(Way way) = 0;
  /// No more of that body until `read`. What arrives meanwhile the engine keeps, or better leaves
  /// in the socket.
  virtual void hold(Way way) = 0;

  /// Connects to the upstream and sends the request as RequestState has it now. Ends with
  /// `Driver::upstream_head` or with `Driver::fail`.
  virtual void forward(const Target& target, RequestBody body) = 0;
  /// The upstream's answer is not wanted any more. Nothing of it reaches the driver afterwards.
  /// Harmless when the upstream has failed already.
  virtual void drop_upstream() = 0;

  [[nodiscard]] virtual Traffic traffic() const noexcept = 0;
  /// The exchange is over: every `finally` has run, no worker holds anything of it. RequestState
  /// and the arena may be reset, the driver used again or destroyed, within the call too.
  virtual void release() = 0;

 protected:
  Wire() = default;
  ~Wire() = default;
};

}  // namespace portico::pipeline
