// SPDX-License-Identifier: Apache-2.0
// Text for a YAML scanner that must not run away. Inside of brackets the scanner reads on and keeps
// every token until it knows whether the whole is a key, at some 200 bytes for each; it tells
// nobody before. So the stream is handed out in slices, and the guard counts what was taken since
// the last event.
#pragma once

#include <cstddef>
#include <streambuf>
#include <string_view>

namespace portico::config {

/// Thrown out of the parser.
struct TooDeep {};
struct TooFarAhead {};

class YamlStream final : public std::streambuf {
 public:
  /// Longest text in quotes, in brackets or in comments without an event between.
  static constexpr std::size_t MostAhead = std::size_t{4} << 20U;
  /// From this on, brackets are counted. They may stand in quotes, so the count is generous.
  static constexpr std::size_t CountAfter = std::size_t{64} << 10U;
  static constexpr std::ptrdiff_t MostOpen = 1024;
  /// Characters that begin a token. Some 300 bytes each are kept for them.
  static constexpr std::size_t MostTokens = 750'000;

  explicit YamlStream(std::string_view text) noexcept : text_(text) {}

  /// The parser has reported something.
  void progress() noexcept {
    reported_ = taken_;
    open_ = 0;
    tokens_ = 0;
  }

 protected:
  int_type underflow() override;

 private:
  std::string_view text_;
  std::size_t taken_ = 0;
  std::size_t reported_ = 0;
  std::ptrdiff_t open_ = 0;
  std::size_t tokens_ = 0;
};

}  // namespace portico::config
