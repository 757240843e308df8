// SPDX-License-Identifier: Apache-2.0
// A body on its way into an output, in chunks or bare: pieces that are copied, and pieces that stay
// where they are until they have left.
#pragma once

#include "loop/output.h"

#include <string_view>

namespace portico::http::h1 {

class BodyWriter {
 public:
  void begin(bool chunks) noexcept {
    chunks_ = chunks;
    open_ = false;
  }
  /// Both require bytes.
  void copy(std::string_view bytes, loop::Output& to);
  /// As `Output::hold`: nothing may be written before they have left.
  void hold(std::string_view bytes, loop::Output& to);
  /// Whether bytes go as they are.
  [[nodiscard]] bool bare() const noexcept { return !chunks_; }
  /// `trailers`: what BodyDecoder gave of them, where the body came in chunks; those that may pass
  /// are written where it leaves in chunks.
  void end(loop::Output& to, std::string_view trailers = {});

 private:
  void close_chunk(loop::Output& to);

  bool chunks_ = false;
  bool open_ = false;  // What was held was a chunk: its end is to be written.
};

}  // namespace portico::http::h1
