// SPDX-License-Identifier: Apache-2.0
// The header fields behind the SDK's `Headers`: a short vector in the arena of the message. Lookups
// are linear with a comparison of lengths first; a message has about ten fields.
#pragma once

#include "base/arena.h"
#include <portico/http.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::detail {

struct HeaderList final : Headers {
  explicit HeaderList(base::Arena& memory) noexcept : arena(&memory) {}
  ~HeaderList() = default;

  static HeaderList& of(Headers& headers) noexcept { return static_cast<HeaderList&>(headers); }
  static const HeaderList& of(const Headers& headers) noexcept {
    return static_cast<const HeaderList&>(headers);
  }

  /// Adds a field that the codec has already checked. The views are kept: they must live as long as
  /// the message.
  void add_received(std::string_view name, std::string_view value);
  /// In the place of every field of that name; checked and kept as those of `add_received`.
  void put(std::string_view name, std::string_view value);
  /// Gives the first field of that name this value and drops the others. False when there is none.
  [[nodiscard]] bool replace(std::string_view name, std::string_view value) noexcept;
  [[nodiscard]] std::span<const Entry> entries() const noexcept { return {fields, count}; }
  void clear() noexcept;

  base::Arena* arena;
  Entry* fields = nullptr;
  std::uint32_t count = 0;
  std::uint32_t capacity = 0;
};

struct FixedField {
  std::string name;
  std::string value;
};

/// What is behind the SDK's `FixedHeaders`.
struct FixedFields {
  [[nodiscard]] const FixedField* find(std::string_view name) const noexcept;

  std::vector<FixedField> list;
  /// Bit n: a name has n characters, modulo 64. Spares most names of a message the comparison.
  std::uint64_t lengths = 0;
};

/// A token of RFC 9110.
[[nodiscard]] bool is_token(std::string_view text) noexcept;
/// Nothing below space but tab, and no DEL.
[[nodiscard]] bool is_field_value(std::string_view text) noexcept;
/// Comparison of field names.
[[nodiscard]] bool same_name(std::string_view left, std::string_view right) noexcept;

}  // namespace portico::detail
