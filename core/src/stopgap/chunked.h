// SPDX-License-Identifier: Apache-2.0
// Takes the framing off a chunked body as its bytes arrive. Strict: CR LF everywhere, hexadecimal
// sizes without sign or blank, extensions and trailers skipped within a bound.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::stopgap {

class ChunkDecoder {
 public:
  enum class State : std::uint8_t { More, Done, Broken };

  /// Takes from the front of `bytes` up to the end of the next piece of data, and returns that
  /// piece: empty when all was taken without one. To be called until `bytes` is empty or `state` is
  /// not More.
  [[nodiscard]] std::string_view take(std::string_view& bytes);
  [[nodiscard]] State state() const noexcept { return state_; }

 private:
  enum class Part : std::uint8_t {
    Size,
    Extension,
    SizeEnd,
    Data,
    DataCr,
    DataLf,
    TrailerStart,
    Trailer,
    TrailerLf,
    LastLf,
  };

  void take_framing(char c);
  void take_size(char c);
  void end_size();
  void move_on_if(bool right, Part next);

  State state_ = State::More;
  Part part_ = Part::Size;
  std::uint64_t left_ = 0;  // Of the chunk.
  unsigned digits_ = 0;
  std::size_t ignored_ = 0;  // Bytes of extensions and trailers.
};

}  // namespace portico::stopgap
