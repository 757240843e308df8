// SPDX-License-Identifier: Apache-2.0
// What Have I Been Pwned says of a range of passwords: asked with the first five digits of a SHA-1,
// it answers with the rest of every one that it knows, so that it never learns which was meant.
// Values, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

/// A SHA-1 as the service divides it.
struct BreachDigest {
  using Suffix = std::array<std::uint8_t, 18>;

  std::string prefix;  ///< Five digits, "5BAA6": all that leaves the gateway.
  Suffix suffix{};     ///< The other thirty-five, each four bits; the last four are 0.
};

[[nodiscard]] BreachDigest breach_digest(std::string_view password);

class BreachRange {
 public:
  /// Lines of `<35 digits>:<count>`. Nothing where one is anything else, or where there is none: a
  /// proxy's page of errors says nothing of a password. Lines with a count of 0 are padding, by
  /// which the length of the answer does not tell the range.
  [[nodiscard]] static std::optional<BreachRange> read(std::string_view text);

  [[nodiscard]] bool has(const BreachDigest::Suffix& suffix) const noexcept;

 private:
  explicit BreachRange(std::vector<BreachDigest::Suffix> sorted) : suffixes_(std::move(sorted)) {}

  std::vector<BreachDigest::Suffix> suffixes_;
};

}  // namespace portico::auth
