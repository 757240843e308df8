// SPDX-License-Identifier: Apache-2.0
// Takes the framing off a body as its bytes arrive; nothing is copied. Strict where a chunk begins
// or ends: CR LF, hexadecimal digits without sign, prefix or blank. Extensions are skipped,
// trailers are checked, and both are bounded.
#pragma once

#include "http/h1/framing.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::http::h1 {

class BodyDecoder {
 public:
  /// What extensions and trailers may take beside what chunks of their size need.
  static constexpr std::size_t MostOverhead = 16 * 1024;

  struct Piece {
    Parsed state;
    std::string_view data;  ///< Into the bytes given; may be empty, and may come with any state.
    std::size_t used;       ///< Bytes to drop from the front: framing and data.
    /// Of the lines behind the last chunk, without the empty one that ends them.
    std::string_view trailers{};
  };

  void begin(BodyFraming framing) noexcept;
  /// The first piece of `bytes`, which begins where the last one ended. To be called until
  /// everything is used or the state is not More.
  [[nodiscard]] Piece next(std::string_view bytes) noexcept;
  /// How many bytes are nothing but data, from here to the end; 0 where framing lies between.
  [[nodiscard]] std::uint64_t counted() const noexcept {
    return part_ == Part::Counted ? left_ : 0;
  }
  /// So many of those have gone another way.
  [[nodiscard]] Parsed skip(std::uint64_t bytes) noexcept;
  /// The peer has closed: Done when that ends the body, else Refused: it was cut short.
  [[nodiscard]] Parsed close() noexcept;
  /// Bytes of data that are still to come at most; the largest number when only the end will tell.
  [[nodiscard]] std::uint64_t remaining() const noexcept;
  /// After Refused.
  [[nodiscard]] const Refusal& refusal() const noexcept { return *refusal_; }

 private:
  enum class Part : std::uint8_t {
    // Framing, byte by byte.
    SizeBegin,
    Size,
    Extension,
    SizeLf,
    DataCr,
    DataLf,
    TrailerBegin,
    TrailerName,
    TrailerValue,
    TrailerLf,
    LastLf,
    // Data.
    Chunk,
    Counted,
    UntilClose,
    // The end.
    Done,
    Broken,
  };

  [[nodiscard]] Parsed state() const noexcept;
  [[nodiscard]] std::string_view take_data(std::string_view& bytes) noexcept;
  void take_framing(std::string_view& bytes, Part last) noexcept;
  [[nodiscard]] std::string_view take_trailers(std::string_view& bytes) noexcept;
  void take_byte(char c) noexcept;
  void take_size(char c) noexcept;
  void take_ignored(char c, Part end) noexcept;
  void take_trailer_name(char c) noexcept;
  void expect(bool right, Part next) noexcept;
  void refuse(const Refusal& refusal) noexcept;

  Part part_ = Part::Done;
  std::uint8_t digits_ = 0;
  std::uint32_t overhead_ = 0;
  std::uint64_t left_ = 0;  // Of the chunk, or of the whole.
  const Refusal* refusal_ = nullptr;
};

}  // namespace portico::http::h1
