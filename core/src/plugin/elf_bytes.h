// SPDX-License-Identifier: Apache-2.0
// Reading of hostile bytes: each access is checked, and what lies outside throws Malformed, which
// the functions of ElfFile turn into their error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

namespace portico::plugin {

/// A clause about the file: "its program headers lie outside the file".
struct Malformed {
  const char* clause;
};

class ElfBytes {
 public:
  explicit ElfBytes(std::span<const std::byte> bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] std::uint64_t size() const noexcept { return bytes_.size(); }

  /// Part of the bytes; `clause` says what it was meant to be.
  [[nodiscard]] ElfBytes part(std::uint64_t offset, std::uint64_t length,
                              const char* clause) const {
    // The second comparison cannot overflow once the first has passed.
    if (offset > bytes_.size() || length > bytes_.size() - offset) throw Malformed{clause};
    return ElfBytes(bytes_.subspan(offset, length));
  }

  /// A value, copied out: nothing says that the file is aligned.
  template <class T>
    requires std::is_trivially_copyable_v<T>
  [[nodiscard]] T at(std::uint64_t offset, const char* clause) const {
    T value;
    std::memcpy(&value, part(offset, sizeof(T), clause).bytes_.data(), sizeof(T));
    return value;
  }

  /// The text that ends with the next NUL.
  [[nodiscard]] std::string_view text(std::uint64_t offset, const char* clause) const {
    if (offset >= bytes_.size()) throw Malformed{clause};
    const std::string_view rest = view().substr(offset);
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos) throw Malformed{clause};
    return rest.substr(0, end);
  }

  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }
  [[nodiscard]] std::string_view view() const noexcept {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace portico::plugin
