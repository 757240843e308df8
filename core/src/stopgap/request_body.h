// SPDX-License-Identifier: Apache-2.0
// The body of one request on its way from received bytes to the pipeline: framing taken off, length
// bounded.
#pragma once

#include "stopgap/chunked.h"
#include "stopgap/head.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::stopgap {

class IncomingBody {
 public:
  enum class State : std::uint8_t { More, Done, Broken, TooLarge };

  void begin(const Head& head, std::uint64_t limit) noexcept;
  /// Takes from the front of `bytes` and returns the next piece of the body. Empty: look at
  /// `state`.
  [[nodiscard]] std::string_view take(std::string_view& bytes);
  [[nodiscard]] State state() const noexcept { return state_; }
  /// Empty where only the end will tell.
  [[nodiscard]] std::optional<std::uint64_t> length() const noexcept { return length_; }

 private:
  State state_ = State::Done;
  std::optional<ChunkDecoder> chunks_;
  std::optional<std::uint64_t> length_ = 0;
  std::uint64_t left_ = 0;
  std::uint64_t room_ = 0;
};

}  // namespace portico::stopgap
