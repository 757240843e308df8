// SPDX-License-Identifier: Apache-2.0
// The head of an HTTP/1.x request, read strictly: what two servers could read differently is
// refused. Pure functions on bytes; views point into the bytes given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::stopgap {

/// What a request that cannot be served is answered with. Literals.
struct Refusal {
  std::uint16_t status = 400;
  std::string_view code;
  std::string_view sentence;
};

struct HeadLimits {
  std::size_t bytes;
  std::size_t target;
  std::size_t fields;
};

/// Looks for the end of a head in bytes that arrive piece by piece.
class HeadScanner {
 public:
  explicit HeadScanner(const HeadLimits& limits) : limits_(limits) {}

  struct More {};
  /// The head is this long, its empty line included.
  struct Found {
    std::size_t length;
  };
  /// `bytes` is everything received so far; it only grows between calls.
  [[nodiscard]] std::variant<More, Found, Refusal> scan(std::string_view bytes);

 private:
  [[nodiscard]] std::optional<Refusal> check_limits() const;

  HeadLimits limits_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;   // Where the present line begins.
  std::size_t lines_ = 0;  // Complete ones.
  bool after_cr_ = false;
};

struct HeadField {
  std::string_view name;
  std::string_view value;
};

struct Head {
  std::string_view method;
  std::string_view target;
  int minor_version = 1;
  std::vector<HeadField> fields;
  std::string_view host;  ///< As received.
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool expects_continue = false;
};

/// `bytes` is a head that the scanner found.
[[nodiscard]] std::variant<Head, Refusal> parse_head(std::string_view bytes);

}  // namespace portico::stopgap
