// SPDX-License-Identifier: Apache-2.0
// What the parts of the HTTP/1 codec say to each other and to those who call them.
#pragma once

#include <portico/http.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::http::h1 {

enum class Parsed : std::uint8_t {
  More,     ///< Nothing wrong so far; the rest has not arrived.
  Done,     ///< Complete.
  Refused,  ///< Malformed, or beyond a limit; `refusal` says what to answer.
};

/// What is answered to a message that cannot be served. After it nobody knows where the next
/// message begins: the connection must be closed. The texts are literals.
struct Refusal {
  Status status;
  std::string_view code;
  std::string_view sentence;  ///< For the client; quotes nothing of what it sent.
};

struct HeadLimits {
  std::size_t head_bytes = 32 * 1024;  ///< From the first byte to the empty line; below 4 GiB.
  std::size_t target_bytes = 8 * 1024;
  std::size_t fields = 100;
  friend bool operator==(const HeadLimits&, const HeadLimits&) = default;
};

/// How the end of a body is told.
struct BodyFraming {
  enum class Kind : std::uint8_t {
    None,
    Length,
    Chunked,
    UntilClose,  ///< Of responses alone.
  };
  Kind kind = Kind::None;
  std::uint64_t length = 0;  ///< Of kind Length: 0 to 2^63 - 1.

  /// The head has told that no byte will come.
  [[nodiscard]] constexpr bool is_empty() const noexcept {
    return kind == Kind::None || (kind == Kind::Length && length == 0);
  }
};

}  // namespace portico::http::h1
