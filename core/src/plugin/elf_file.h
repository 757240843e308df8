// SPDX-License-Identifier: Apache-2.0
// What the bytes of an ELF file say, read without running or mapping any of it. The bytes are
// hostile until proven otherwise: every offset is checked against the file before it is followed,
// and what does not fit is an error, never a read past the end. Views point into the bytes that
// were handed in.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin {

/// One ELF note: its owner without the final NUL, its type, its content.
struct ElfNote {
  std::string_view owner;
  std::uint32_t type = 0;
  std::span<const std::byte> content;
};

/// One name of the dynamic symbol table.
struct ElfSymbol {
  std::string_view name;
  enum class Place : std::uint8_t { Undefined, WeakUndefined, Defined } place{};
};

/// A version of a library's symbols ("GLIBCXX_3.4.30" of "libstdc++.so.6").
struct ElfVersion {
  std::string_view name;
  std::string_view library;
};

/// What the dynamic section says.
struct ElfDynamic {
  std::vector<std::string_view> needed;  ///< Libraries, in the order of loading.
  std::string_view soname;
  std::vector<ElfSymbol> symbols;
  std::vector<ElfVersion> versions_needed;
  std::vector<std::string_view> versions_defined;
  bool text_relocations = false;
  bool executable_stack = false;
};

class ElfFile {
 public:
  /// Accepts a little-endian ELF64 shared object for this machine. `bytes` must outlive the value.
  static Result<ElfFile> parse(std::span<const std::byte> bytes);

  /// The first note of that owner, looked for in PT_NOTE segments.
  [[nodiscard]] Result<std::optional<ElfNote>> note(std::string_view owner) const;
  [[nodiscard]] Result<ElfDynamic> dynamic() const;

 private:
  struct Segment {
    std::uint32_t type = 0;
    std::uint32_t flags = 0;
    std::uint64_t offset = 0;
    std::uint64_t address = 0;
    std::uint64_t size = 0;  ///< In the file.
    std::uint64_t alignment = 0;
  };
  friend class ElfDynamicReader;

  explicit ElfFile(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::span<const std::byte> bytes_;
  std::vector<Segment> segments_;
};

}  // namespace portico::plugin
