// SPDX-License-Identifier: Apache-2.0
// Objects that are lent again and again. As many are kept as were lent at once of late, so that a
// busy loop asks for no memory; what a rush has left goes with the requests that follow it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace portico::base {

template <class T>
class Spares {
 public:
  /// Kept in any case.
  static constexpr std::size_t Few = 64;
  /// After so many returns one less is kept.
  static constexpr std::size_t Patience = 256;

  /// `make() -> std::unique_ptr<T>`, where none is there. Throws std::bad_alloc, and what it
  /// throws.
  template <class Make>
  [[nodiscard]] T& lend(Make make) {
    // Room for all there are: who gives one back has to ask for none.
    const std::size_t all = lent_ + spare_.size() + 1;
    if (spare_.capacity() < all) spare_.reserve(std::max(Few, 2 * all));
    if (spare_.empty()) spare_.push_back(make());
    T& object = *spare_.back().release();
    spare_.pop_back();
    most_ = std::max(most_, ++lent_);
    return object;
  }
  /// One that was lent; `useful` is false where it is not to be lent again.
  void take_back(T& object, bool useful = true) noexcept {
    std::unique_ptr<T> owned(&object);
    --lent_;
    if (++returns_ % Patience == 0 && most_ > std::max(Few, lent_)) --most_;
    if (useful && spare_.size() < most_) spare_.push_back(std::move(owned));
    if (spare_.size() > most_) spare_.pop_back();
  }
  /// Those that are lent stay.
  void clear() noexcept { spare_.clear(); }

 private:
  std::vector<std::unique_ptr<T>> spare_;
  std::size_t lent_ = 0;
  std::size_t most_ = Few;
  std::size_t returns_ = 0;
};

}  // namespace portico::base
