// SPDX-License-Identifier: Apache-2.0
// Where conditions read: what is known of the subject who asks, of the resource that is asked for
// and of the circumstances. Whoever asks implements it; a condition calls it on the thread that
// asks for its truth.
#pragma once

#include "condition/value.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::rbac {

enum class Root : std::uint8_t { Subject, Resource, Context };

struct Attribute {
  Root root;
  std::string path;  ///< "claims.department"

  bool operator==(const Attribute&) const = default;
};

class Attributes {
 public:
  virtual ~Attributes() = default;

  /// Allocates nothing. A text lives as long as *this.
  [[nodiscard]] virtual Value find(const Attribute& attribute) const noexcept = 0;
  /// Since 1970: context.time.
  [[nodiscard]] virtual std::chrono::microseconds time() const noexcept = 0;
};

namespace condition {

/// Whether the text names one of the three roots and has a dot behind it: then it stands for an
/// attribute, and is a fault where `parse_attribute` takes it for none.
[[nodiscard]] bool begins_like_attribute(std::string_view text) noexcept;

/// "subject.claims.department": a root, then 1 to 4 names of up to 64 letters, digits, "_" and "-".
[[nodiscard]] std::optional<Attribute> parse_attribute(std::string_view text);

/// As `parse_attribute` reads it.
[[nodiscard]] std::string text_of(const Attribute& attribute);

}  // namespace condition
}  // namespace portico::rbac
