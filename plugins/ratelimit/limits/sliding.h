// SPDX-License-Identifier: Apache-2.0
// A window that slides: what was taken in this one counts whole, what was taken in the one before
// by the part of it that the window still covers. The state is the window's number and both counts,
// with as many bits for a count as the limit needs.
#pragma once

#include "limits/bucket.h"

#include <bit>
#include <cstdint>

namespace portico::ratelimit {

class Sliding {
 public:
  /// Leaves 16 bits for numbers of windows: they come again after 18 hours at the earliest.
  static constexpr std::uint32_t MostLimit = 1'000'000;

  /// Requires 1 to MostLimit, and seconds.
  Sliding(std::uint32_t limit, std::int64_t seconds) noexcept
      : limit_(limit),
        length_(seconds * 1000),
        bits_(static_cast<unsigned>(std::bit_width(limit))),
        count_mask_((Word{1} << bits_) - 1),
        number_mask_((Word{1} << (WordBits - 2 * bits_)) - 1) {}

  /// Microseconds until whatever was taken is forgotten.
  [[nodiscard]] std::int64_t memory() const noexcept { return 2 * length_ * 1000; }

  [[nodiscard]] Taken take(Word word, const Moment& moment, std::uint32_t cost) const noexcept {
    State state = at(word, moment.steady / 1000);
    const std::int64_t weight = length_ - state.elapsed;
    const std::int64_t room = limit_ * length_ - state.before * weight - state.count * length_;
    if (cost * length_ > room) {
      return {word,
              {.allowed = false,
               .remaining = units(room),
               .reset = reset(state),
               .retry = wait(state, cost) * 1000}};
    }
    state.count += cost;
    return {pack(state),
            {.allowed = true, .remaining = units(room - cost * length_), .reset = reset(state)}};
  }

  /// `receipt` is what was left when it was taken.
  [[nodiscard]] Word give_back(Word word, Word receipt, std::uint32_t cost) const noexcept {
    State state = unpack(word);
    const Word ago = (state.number - unpack(receipt).number) & number_mask_;
    if (ago > 1 || word == 0) return word;
    std::int64_t& count = ago == 0 ? state.count : state.before;
    count = count > cost ? count - cost : 0;
    return state.count == 0 && state.before == 0 ? 0 : pack(state);
  }

 private:
  /// Milliseconds.
  struct State {
    Word number = 0;
    std::int64_t elapsed = 0;  // Of the window.
    std::int64_t before = 0;   // Taken in the one before.
    std::int64_t count = 0;
  };

  [[nodiscard]] State unpack(Word word) const noexcept {
    return {.number = word >> (2 * bits_),
            .before = static_cast<std::int64_t>(word >> bits_ & count_mask_),
            .count = static_cast<std::int64_t>(word & count_mask_)};
  }
  [[nodiscard]] Word pack(const State& state) const noexcept {
    return state.number << (2 * bits_) | static_cast<Word>(state.before) << bits_ |
           static_cast<Word>(state.count);
  }

  /// The state as it is at that time.
  [[nodiscard]] State at(Word word, std::int64_t time) const noexcept {
    const State known = unpack(word);
    State state{.number = static_cast<Word>(time / length_) & number_mask_,
                .elapsed = time % length_};
    if (word == 0) return state;
    const Word ahead = (state.number - known.number) & number_mask_;
    if (ahead == 0) {
      state.before = known.before;
      state.count = known.count;
    } else if (ahead == 1) {
      state.before = known.count;
    } else if (ahead == number_mask_) {
      // The clock of another loop, or a small step back: the window has begun.
      state = known;
    }
    return state;
  }

  [[nodiscard]] std::uint32_t units(std::int64_t room) const noexcept {
    return room <= 0 ? 0 : static_cast<std::uint32_t>(room / length_);
  }
  /// Microseconds.
  [[nodiscard]] std::int64_t reset(const State& state) const noexcept {
    if (state.count > 0) return (2 * length_ - state.elapsed) * 1000;
    return state.before > 0 ? (length_ - state.elapsed) * 1000 : 0;
  }
  /// Until `cost` would be allowed, when nothing else comes.
  [[nodiscard]] std::int64_t wait(const State& state, std::int64_t cost) const noexcept {
    const std::int64_t limit = limit_;
    if (state.count + cost <= limit) {
      return length_ - (limit - state.count - cost) * length_ / state.before - state.elapsed;
    }
    return 2 * length_ - (limit - cost) * length_ / state.count - state.elapsed;
  }

  std::int64_t limit_;
  std::int64_t length_;
  unsigned bits_;
  Word count_mask_;
  Word number_mask_;
};

}  // namespace portico::ratelimit
