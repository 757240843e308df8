// SPDX-License-Identifier: Apache-2.0
// What a middleware wants to happen next. A middleware is one function from a request to a `Flow`:
// a value that is built, returned and tested. It runs on an event loop and must not block.
//
//   pass()                run the rest of the chain
//   pass(after, finally)  ... then let `after` touch the answer's head; run `finally` when all is
//   over reply(response)       answer now; later middlewares and the terminal do not run
//   await(operation, then)  wait for loop-native work (no thread), then decide with its result
//   defer(job, then)      run blocking work on a worker thread, then decide with its result
//   forward(target)       only for terminals: stream the request to an upstream
//
// `after` runs once, on the loop, innermost middleware first. `finally` runs exactly once however
// the exchange ended, also when the client has gone; what a middleware reserved it releases there.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/http.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace portico {

class Upstream;

namespace detail {
struct FlowState;
class FlowAccess;
}  // namespace detail

class [[nodiscard]] PORTICO_API Flow {
 public:
  enum class Kind : std::uint8_t { Pass, Reply, Await, Defer, Forward };

  Flow(Flow&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  Flow& operator=(Flow&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  ~Flow() {
    if (state_ != nullptr) destroy();
  }

  [[nodiscard]] Kind kind() const noexcept;
  /// The answer of a `reply`; null otherwise. For tests of a middleware's function alone.
  [[nodiscard]] const Response* response() const noexcept;

 private:
  friend class detail::FlowAccess;
  explicit Flow(detail::FlowState* state) noexcept : state_(state) {}
  void destroy() noexcept;

  detail::FlowState* state_;  // Null is a plain pass.
};

using After = Step<void(Response&)>;
using Finally = Step<void(const Outcome&)>;

PORTICO_API Flow pass(After after = {}, Finally finally = {});
PORTICO_API Flow reply(Response response);

/// Where a terminal sends the request, and what the upstream is told in the place of what the
/// client said. The fields are those of the request, as it is then.
struct Target {
  std::uint32_t size = sizeof(Target);
  Upstream* upstream = nullptr;  ///< upstream.h; as long as the plugin's instance.
  std::string_view path{};       ///< The request's where it is empty; else it begins with '/'.
  std::optional<std::string_view> query{};  ///< The request's where there is none.
  /// The request's where it is empty.
  std::string_view host{};
  bool endpoint_host = false;  ///< The Host is the endpoint's name.
  bool upgrades = true;        ///< The client may change to another protocol, as WebSocket does.
  /// Fields behind the request's chunks go there too, where nothing has changed its body. No
  /// middleware has seen them: for upstreams that never take them for fields of the head.
  bool request_trailers = false;
  /// A copy of the request goes there too; its answer is thrown away. Not of a request that offers
  /// to change to another protocol.
  Upstream* mirror = nullptr;
  std::uint32_t mirror_requests = 100;               ///< Copies under way there, at most.
  std::size_t mirror_body = std::size_t{64} * 1024;  ///< A request with a larger one is not copied.
};
/// The texts are copied. `after` runs before those of the chain, on the upstream's answer or on the
/// one that core gives in its place.
PORTICO_API Flow forward(const Target& target, After after = {}, Finally finally = {});

namespace detail {

/// A pending step with its result. Lives in the request's memory; core destroys it.
class PORTICO_API Pending {
 public:
  Pending(const Pending&) = delete;
  Pending& operator=(const Pending&) = delete;
  virtual ~Pending();
  /// Defer: the job, on a worker. Await: starts the operation, on the loop.
  virtual void run() = 0;
  /// On the loop, once the result is there.
  virtual Flow resume(Request& request) = 0;
  /// Await: stops the operation, which has not ended. Not called for a deferred job.
  virtual void cancel() noexcept = 0;

  /// In the request's memory where there is one, else on the heap.
  static void* operator new(std::size_t size);
  static void operator delete(void* memory) noexcept;

 protected:
  Pending() noexcept = default;
};

/// Names one wait of one exchange; goes stale when the exchange moves on, and is then harmless.
struct Ticket {
  void* engine = nullptr;
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
};

PORTICO_API Flow defer(Pending* pending);
PORTICO_API Flow await(Pending* pending);
/// The pending step that the ticket names, or null when it is stale. On the loop.
PORTICO_API Pending* claim(const Ticket& ticket) noexcept;
/// Continues the exchange. Requires a fresh ticket. On the loop.
PORTICO_API void resume(const Ticket& ticket);
/// The ticket of the pending step that is being started on this thread.
PORTICO_API Ticket starting() noexcept;

template <class T>
struct AwaitSlot : Pending {
  std::optional<T> result;
};

}  // namespace detail

/// Ends an operation with its result: once, on the loop that started it. Harmless when the exchange
/// has gone meanwhile.
template <class T>
class Resume {
 public:
  explicit Resume(detail::Ticket ticket) noexcept : ticket_(ticket) {}
  void operator()(T result) const {
    detail::Pending* pending = detail::claim(ticket_);
    if (pending == nullptr) return;
    static_cast<detail::AwaitSlot<T>*>(pending)->result.emplace(std::move(result));
    detail::resume(ticket_);
  }

 private:
  detail::Ticket ticket_;
};

/// Loop-native work that ends with a T. `start` begins it and returns how to cancel it; it may call
/// `Resume` before it returns. Cancelled work must not call its `Resume` with borrowed data.
template <class T>
class Operation {
 public:
  using Start = Step<Step<void()>(Resume<T>)>;
  explicit Operation(Start start) noexcept : start_(std::move(start)) {}
  [[nodiscard]] Start take() && noexcept { return std::move(start_); }

 private:
  Start start_;
};

namespace detail {

template <class T, class Then>
class Awaiting final : public AwaitSlot<T> {
 public:
  Awaiting(Operation<T> operation, Then then)
      : start_(std::move(operation).take()), then_(std::move(then)) {}
  void run() override { cancel_ = start_(Resume<T>(starting())); }
  Flow resume(Request& request) override { return then_(request, std::move(*this->result)); }
  void cancel() noexcept override {
    try {
      if (cancel_) cancel_();
    } catch (...) {  // NOLINT(bugprone-empty-catch): the exchange is over, there is nobody to tell.
    }
  }

 private:
  typename Operation<T>::Start start_;
  Step<void()> cancel_;
  Then then_;
};

template <class Job, class Then>
class Deferred final : public Pending {
 public:
  using Result = std::invoke_result_t<Job&>;
  Deferred(Job job, Then then) : job_(std::move(job)), then_(std::move(then)) {}
  void run() override {
    if constexpr (std::is_void_v<Result>) {
      job_();
    } else {
      result_.emplace(job_());
    }
  }
  Flow resume(Request& request) override {
    if constexpr (std::is_void_v<Result>) {
      return then_(request);
    } else {
      return then_(request, std::move(*result_));
    }
  }
  void cancel() noexcept override {}

 private:
  using Slot = std::conditional_t<std::is_void_v<Result>, bool, Result>;
  Job job_;
  Then then_;
  std::optional<Slot> result_;
};

}  // namespace detail

/// `then(Request&, T) -> Flow` runs on the loop with the operation's result.
template <class T, class Then>
Flow await(Operation<T> operation, Then then) {
  return detail::await(new detail::Awaiting<T, Then>(std::move(operation), std::move(then)));
}

/// `job() -> T` runs on a worker and must not touch the request; `then(Request&, T) -> Flow` runs
/// on the loop with its result. When every worker is busy and the queue is full the client gets 503
/// at once.
template <class Job, class Then>
Flow defer(Job job, Then then) {
  return detail::defer(new detail::Deferred<Job, Then>(std::move(job), std::move(then)));
}

/// The whole request body, at most `limit` bytes; a larger one is answered 413 by core. Afterwards
/// `request.body()` holds it too.
PORTICO_API Operation<std::string_view> whole_body(Request& request, Bytes limit);

/// Ends after `delay`.
struct Elapsed {};
PORTICO_API Operation<Elapsed> timer(Request& request, std::chrono::milliseconds delay);

}  // namespace portico
