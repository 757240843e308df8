// SPDX-License-Identifier: Apache-2.0
#include "plugin/elf_file.h"

#include "plugin/elf_bytes.h"

#include <bit>

#include <elf.h>

namespace portico::plugin {
namespace {

static_assert(std::endian::native == std::endian::little && sizeof(void*) == 8,
              "plugins are read as little-endian ELF64");

#if defined(__x86_64__)
constexpr std::uint16_t Machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t Machine = EM_AARCH64;
#elif defined(__riscv)
constexpr std::uint16_t Machine = EM_RISCV;
#else
#error "name the ELF machine of this processor"
#endif

Elf64_Ehdr read_header(const ElfBytes& file) {
  if (file.size() < EI_NIDENT || !file.view().starts_with(ELFMAG)) {
    throw Malformed{"is not a shared object (no ELF file)"};
  }
  if (file.view()[EI_CLASS] != ELFCLASS64) throw Malformed{"is not a 64-bit shared object"};
  if (file.view()[EI_DATA] != ELFDATA2LSB) throw Malformed{"is not little-endian"};
  const auto header = file.at<Elf64_Ehdr>(0, "is cut short: its ELF header is not whole");
  if (header.e_machine != Machine) throw Malformed{"was built for another kind of processor"};
  if (header.e_type != ET_DYN) throw Malformed{"is an ELF file, but not a shared object"};
  return header;
}

std::uint64_t padded(std::uint64_t size, std::uint64_t alignment) noexcept {
  return (size + alignment - 1) / alignment * alignment;
}

/// The notes of one segment; the first of that owner.
std::optional<ElfNote> find_note(const ElfBytes& segment, std::uint64_t alignment,
                                 std::string_view owner) {
  constexpr const char* Cut = "has an ELF note that is cut short";
  std::uint64_t offset = 0;
  while (segment.size() - offset >= sizeof(Elf64_Nhdr)) {
    const auto header = segment.at<Elf64_Nhdr>(offset, Cut);
    const std::uint64_t name = offset + sizeof header;
    const std::uint64_t content = offset + padded(sizeof header + header.n_namesz, alignment);
    std::string_view found = segment.part(name, header.n_namesz, Cut).view();
    if (found.ends_with('\0')) found.remove_suffix(1);
    const ElfBytes bytes = segment.part(content, header.n_descsz, Cut);
    if (found == owner) return ElfNote{found, header.n_type, bytes.bytes()};
    offset = content + padded(header.n_descsz, alignment);
    // The padding of the last note may be missing.
    if (offset >= segment.size()) break;
  }
  return std::nullopt;
}

}  // namespace

Result<ElfFile> ElfFile::parse(std::span<const std::byte> bytes) {
  try {
    const ElfBytes file(bytes);
    const Elf64_Ehdr header = read_header(file);
    if (header.e_phnum == 0 || header.e_phnum == PN_XNUM ||
        header.e_phentsize != sizeof(Elf64_Phdr)) {
      throw Malformed{"is damaged: it has no usable program headers"};
    }
    const ElfBytes table = file.part(header.e_phoff, header.e_phnum * sizeof(Elf64_Phdr),
                                     "is cut short: its program headers lie outside the file");
    ElfFile result(bytes);
    result.segments_.reserve(header.e_phnum);
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
      const auto segment = table.at<Elf64_Phdr>(i * sizeof(Elf64_Phdr), "is damaged");
      static_cast<void>(file.part(segment.p_offset, segment.p_filesz,
                                  "is cut short: a segment lies outside the file"));
      result.segments_.push_back({segment.p_type, segment.p_flags, segment.p_offset,
                                  segment.p_vaddr, segment.p_filesz, segment.p_align});
    }
    return result;
  } catch (const Malformed& malformed) {
    return Error(malformed.clause);
  }
}

Result<std::optional<ElfNote>> ElfFile::note(std::string_view owner) const {
  try {
    for (const Segment& segment : segments_) {
      if (segment.type != PT_NOTE) continue;
      const ElfBytes bytes(bytes_.subspan(segment.offset, segment.size));
      const std::uint64_t alignment = segment.alignment == 8 ? 8 : 4;
      if (const auto found = find_note(bytes, alignment, owner)) return found;
    }
    return std::optional<ElfNote>();
  } catch (const Malformed& malformed) {
    return Error(malformed.clause);
  }
}

}  // namespace portico::plugin
