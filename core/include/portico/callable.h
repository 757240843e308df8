// SPDX-License-Identifier: Apache-2.0
// Callables that cross the plugin boundary: move-only, one pointer wide, called through a table
// that the maker compiled. `Callable` owns its closure on the heap and lives as long as you like.
// `Step` keeps its closure in the arena of the request that is being served: it costs no
// allocation, and it must not outlive that request, so it is only ever handed to a `Flow`.
#pragma once

#include <portico/api.h>

#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace portico {

namespace detail {

/// Memory of the request being served on this thread, or null when none is. Never throws.
PORTICO_API void* request_memory(std::size_t size, std::size_t alignment) noexcept;

template <class Signature>
struct CallableNode;

template <class R, class... A>
struct CallableNode<R(A...)> {
  R (*invoke)(CallableNode*, A...);
  void (*destroy)(CallableNode*) noexcept;
};

template <class F, class Signature>
struct Closure;

template <class F, class R, class... A>
struct Closure<F, R(A...)> : CallableNode<R(A...)> {
  using Node = CallableNode<R(A...)>;

  template <class G>
  Closure(G&& source, void (*destroyer)(Node*) noexcept)
      : Node{&Closure::call, destroyer}, function(std::forward<G>(source)) {}

  static R call(Node* node, A... arguments) {
    return std::invoke(static_cast<Closure*>(node)->function, std::forward<A>(arguments)...);
  }
  static void destroy_in_place(Node* node) noexcept { static_cast<Closure*>(node)->~Closure(); }
  static void destroy_on_heap(Node* node) noexcept { delete static_cast<Closure*>(node); }

  F function;
};

/// Where a closure's memory comes from.
enum class Storage : std::uint8_t { Heap, Request };

template <class Signature, Storage Where>
class BasicCallable;

template <class R, class... A, Storage Where>
class BasicCallable<R(A...), Where> {
  using Node = CallableNode<R(A...)>;

 public:
  BasicCallable() noexcept = default;
  BasicCallable(std::nullptr_t) noexcept {}  // NOLINT(google-explicit-constructor): reads as "none"

  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, BasicCallable> &&
             std::is_invocable_r_v<R, std::decay_t<F>&, A...>)
  BasicCallable(F&& function)  // NOLINT(google-explicit-constructor): lambdas convert
      : node_(make(std::forward<F>(function))) {}

  BasicCallable(BasicCallable&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  BasicCallable& operator=(BasicCallable&& other) noexcept {
    if (this != &other) {
      reset();
      node_ = std::exchange(other.node_, nullptr);
    }
    return *this;
  }
  ~BasicCallable() { reset(); }

  explicit operator bool() const noexcept { return node_ != nullptr; }

  /// Requires a callable that is not empty.
  R operator()(A... arguments) const { return node_->invoke(node_, std::forward<A>(arguments)...); }

  void reset() noexcept {
    if (Node* node = std::exchange(node_, nullptr)) node->destroy(node);
  }

 private:
  template <class F>
  static Node* make(F&& function) {
    using Held = Closure<std::decay_t<F>, R(A...)>;
    if constexpr (Where == Storage::Request) {
      if (void* memory = request_memory(sizeof(Held), alignof(Held))) {
        return ::new (memory) Held(std::forward<F>(function), &Held::destroy_in_place);
      }
    }
    return new Held(std::forward<F>(function), &Held::destroy_on_heap);
  }

  Node* node_ = nullptr;
};

}  // namespace detail

/// Outlives requests: registrations, timers, jobs.
template <class Signature>
using Callable = detail::BasicCallable<Signature, detail::Storage::Heap>;

/// Belongs to one request: what a `Flow` is made of.
template <class Signature>
using Step = detail::BasicCallable<Signature, detail::Storage::Request>;

}  // namespace portico
