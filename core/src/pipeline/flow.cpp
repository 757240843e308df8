// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "http/request_state.h"
#include "pipeline/driver.h"
#include "pipeline/flow_state.h"
#include <portico/flow.h>

#include <cstddef>
#include <memory>
#include <new>
#include <stdexcept>
#include <utility>

namespace portico {

using detail::FlowAccess;
using detail::FlowState;
using pipeline::Driver;

namespace {

FlowState* make_state(Flow::Kind kind) {
  if (base::Arena* const arena = base::Arena::current()) return arena->make<FlowState>(kind);
  // No request is being served: a test calls a middleware's function alone.
  auto* const state = new FlowState(kind);
  state->on_heap = true;
  return state;
}

Driver& driver_of(Request& request) {
  Driver* const driver = http::RequestState::of(request).driver;
  if (driver == nullptr) throw std::logic_error("this request is not being served by a chain");
  return *driver;
}

}  // namespace

Flow::Kind Flow::kind() const noexcept { return state_ == nullptr ? Kind::Pass : state_->kind; }

const Response* Flow::response() const noexcept {
  return state_ != nullptr && state_->response ? &*state_->response : nullptr;
}

void Flow::destroy() noexcept {
  if (state_->on_heap) {
    delete state_;
  } else {
    state_->~FlowState();
  }
}

Flow pass(After after, Finally finally) {
  if (!after && !finally) return FlowAccess::make(nullptr);
  FlowState* const state = make_state(Flow::Kind::Pass);
  state->after = std::move(after);
  state->finally = std::move(finally);
  return FlowAccess::make(state);
}

Flow reply(Response response) {
  FlowState* const state = make_state(Flow::Kind::Reply);
  state->response.emplace(std::move(response));
  return FlowAccess::make(state);
}

Flow forward(const Target& target, After after, Finally finally) {
  FlowState* const state = make_state(Flow::Kind::Forward);
  state->after = std::move(after);
  state->finally = std::move(finally);
  state->target = target;
  // The caller's texts may be gone when the flow is acted on.
  if (base::Arena* const arena = base::Arena::current()) {
    state->target.path = arena->copy(target.path);
    if (target.query) state->target.query = arena->copy(*target.query);
    state->target.host = arena->copy(target.host);
  }
  return FlowAccess::make(state);
}

namespace detail {

namespace {

// In front of every Pending: where its memory came from.
struct alignas(std::max_align_t) PendingOrigin {
  bool on_heap;
};

Flow wait_for(Flow::Kind kind, Pending* pending) {
  std::unique_ptr<Pending> owned(pending);
  FlowState* const state = make_state(kind);
  state->pending = owned.release();
  return FlowAccess::make(state);
}

}  // namespace

Pending::~Pending() = default;

void* Pending::operator new(std::size_t size) {
  const std::size_t whole = sizeof(PendingOrigin) + size;
  void* memory = request_memory(whole, alignof(PendingOrigin));
  const bool on_heap = memory == nullptr;
  if (on_heap) memory = ::operator new(whole);
  return ::new (memory) PendingOrigin{on_heap} + 1;
}

void Pending::operator delete(void* memory) noexcept {
  auto* const origin = static_cast<PendingOrigin*>(memory) - 1;
  if (origin->on_heap) ::operator delete(origin);
}

Flow defer(Pending* pending) { return wait_for(Flow::Kind::Defer, pending); }

Flow await(Pending* pending) { return wait_for(Flow::Kind::Await, pending); }

namespace {

Driver* waiting_driver(const Ticket& ticket) noexcept {
  if (ticket.engine == nullptr) return nullptr;
  return static_cast<pipeline::Engine*>(ticket.engine)
      ->tickets()
      .find(ticket.slot, ticket.generation);
}

}  // namespace

Pending* claim(const Ticket& ticket) noexcept {
  Driver* const driver = waiting_driver(ticket);
  return driver == nullptr ? nullptr : driver->awaiting();
}

void resume(const Ticket& ticket) {
  if (Driver* const driver = waiting_driver(ticket)) driver->resumed();
}

Ticket starting() noexcept {
  const Driver* const driver = Driver::starting();
  return driver == nullptr ? Ticket{} : driver->ticket();
}

}  // namespace detail

Operation<std::string_view> whole_body(Request& request, Bytes limit) {
  return Operation<std::string_view>(
      [driver = &driver_of(request), limit](Resume<std::string_view> resume) -> Step<void()> {
        driver->want_body(resume, limit.count);
        return [driver] { driver->stop_wanting_body(); };
      });
}

Operation<Elapsed> timer(Request& request, std::chrono::milliseconds delay) {
  return Operation<Elapsed>(
      [driver = &driver_of(request), delay](Resume<Elapsed> resume) -> Step<void()> {
        pipeline::Timer& timer = driver->start_sleeping(resume, delay);
        return [driver, &timer] { driver->stop_sleeping(timer); };
      });
}

}  // namespace portico
