// SPDX-License-Identifier: Apache-2.0
// Small ELF files made by hand, so that tests can damage them at a known place.
#pragma once

#include <portico/stamp.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <elf.h>

namespace portico::plugin::test {

using FileBytes = std::vector<std::byte>;

inline std::span<const std::byte> bytes_of(const auto& value) {
  return std::as_bytes(std::span(&value, 1));
}

/// A shared object for this machine with one PT_NOTE segment and nothing else.
inline FileBytes elf_with_note(std::span<const std::byte> note) {
  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_DYN;
#if defined(__x86_64__)
  header.e_machine = EM_X86_64;
#elif defined(__aarch64__)
  header.e_machine = EM_AARCH64;
#endif
  header.e_phoff = sizeof header;
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_phnum = 1;
  Elf64_Phdr segment{};
  segment.p_type = PT_NOTE;
  segment.p_offset = sizeof header + sizeof segment;
  segment.p_filesz = note.size();
  segment.p_align = 4;

  FileBytes file;
  for (const auto part : {bytes_of(header), bytes_of(segment), note}) {
    file.insert(file.end(), part.begin(), part.end());
  }
  return file;
}

inline constexpr Info SampleInfo{"hello", "1.2.3", "Says hello"};

inline detail::Stamp sample_stamp() {
  static constexpr detail::Stamp stamp = detail::make_stamp(SampleInfo);
  return stamp;
}

inline FileBytes elf_with_stamp(const detail::Stamp& stamp) {
  const detail::StampNote note{.stamp = stamp};
  return elf_with_note(bytes_of(note));
}

/// Overwrites a value at an offset.
template <class T>
void patch(FileBytes& file, std::size_t offset, T value) {
  std::memcpy(file.data() + offset, &value, sizeof value);
}

}  // namespace portico::plugin::test
