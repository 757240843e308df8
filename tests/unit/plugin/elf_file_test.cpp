// SPDX-License-Identifier: Apache-2.0
#include "plugin/elf_file.h"

#include "plugin/file_content.h"
#include "unit/plugin/elf_builder.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

using test::elf_with_note;
using test::elf_with_stamp;
using test::FileBytes;
using test::patch;
using test::sample_stamp;

std::string parse_error(const FileBytes& file) {
  const auto elf = ElfFile::parse(file);
  return elf ? "" : elf.error();
}

TEST(ElfFile, FindsTheNoteOfAnOwner) {
  const FileBytes file = elf_with_stamp(sample_stamp());
  const auto elf = ElfFile::parse(file);
  ASSERT_TRUE(elf);
  const auto note = elf->note("Portico");
  ASSERT_TRUE(note && *note);
  EXPECT_EQ((*note)->type, detail::StampNoteType);
  EXPECT_EQ((*note)->content.size(), sizeof(detail::Stamp));
}

TEST(ElfFile, SkipsTheNotesOfOthers) {
  const detail::StampNote ours{.stamp = sample_stamp()};
  // Owner "GNU" and five bytes of content, which are padded to eight.
  struct {
    std::uint32_t owner = 4, content = 5, type = 3;
    char text[4] = {'G', 'N', 'U', '\0'};
    char bytes[8] = {};
  } const other;
  FileBytes notes;
  for (const auto part : {test::bytes_of(other), test::bytes_of(ours)}) {
    notes.insert(notes.end(), part.begin(), part.end());
  }
  const FileBytes file = elf_with_note(notes);
  const auto elf = ElfFile::parse(file);
  ASSERT_TRUE(elf);
  const auto note = elf->note("Portico");
  ASSERT_TRUE(note && *note);
  EXPECT_EQ((*note)->content.size(), sizeof(detail::Stamp));
  EXPECT_FALSE(*elf->note("Nobody"));
}

TEST(ElfFile, RefusesWhatIsNotAnElfFile) {
  EXPECT_EQ(parse_error({}), "is not a shared object (no ELF file)");
  EXPECT_EQ(parse_error(FileBytes(200)), "is not a shared object (no ELF file)");
}

TEST(ElfFile, RefusesOtherClassesOrdersMachinesAndKinds) {
  const FileBytes good = elf_with_stamp(sample_stamp());
  FileBytes file = good;
  patch<unsigned char>(file, EI_CLASS, ELFCLASS32);
  EXPECT_EQ(parse_error(file), "is not a 64-bit shared object");
  file = good;
  patch<unsigned char>(file, EI_DATA, ELFDATA2MSB);
  EXPECT_EQ(parse_error(file), "is not little-endian");
  file = good;
  patch<std::uint16_t>(file, offsetof(Elf64_Ehdr, e_machine), EM_S390);
  EXPECT_EQ(parse_error(file), "was built for another kind of processor");
  file = good;
  patch<std::uint16_t>(file, offsetof(Elf64_Ehdr, e_type), ET_REL);
  EXPECT_EQ(parse_error(file), "is an ELF file, but not a shared object");
}

TEST(ElfFile, RefusesProgramHeadersOutsideTheFile) {
  FileBytes file = elf_with_stamp(sample_stamp());
  patch<std::uint64_t>(file, offsetof(Elf64_Ehdr, e_phoff), ~std::uint64_t{0} - 8);
  EXPECT_EQ(parse_error(file), "is cut short: its program headers lie outside the file");
}

TEST(ElfFile, RefusesASegmentWhoseEndOverflows) {
  FileBytes file = elf_with_stamp(sample_stamp());
  patch<std::uint64_t>(file, sizeof(Elf64_Ehdr) + offsetof(Elf64_Phdr, p_filesz),
                       ~std::uint64_t{0} - 8);
  EXPECT_EQ(parse_error(file), "is cut short: a segment lies outside the file");
}

TEST(ElfFile, RefusesANoteThatClaimsMoreThanItsSegmentHas) {
  FileBytes file = elf_with_stamp(sample_stamp());
  const std::size_t note = sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr);
  patch<std::uint32_t>(file, note + offsetof(Elf64_Nhdr, n_descsz), 0xffffffff);
  const auto elf = ElfFile::parse(file);
  ASSERT_TRUE(elf);
  const auto found = elf->note("Portico");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error(), "has an ELF note that is cut short");
}

TEST(ElfFile, SurvivesEveryLengthOfAFile) {
  const FileBytes whole = elf_with_stamp(sample_stamp());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    // A copy of its own size lets AddressSanitizer see a read past the end.
    const FileBytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_FALSE(ElfFile::parse(part)) << length;
  }
}

TEST(ElfFile, ReadsTheDynamicSectionOfARealLibrary) {
  const auto file = read_file("/proc/self/exe");
  ASSERT_TRUE(file);
  const auto elf = ElfFile::parse(file->bytes());
  ASSERT_TRUE(elf) << elf.error();
  const auto dynamic = elf->dynamic();
  ASSERT_TRUE(dynamic) << dynamic.error();
  const auto has = [](const auto& list, std::string_view wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
  };
  EXPECT_TRUE(has(dynamic->needed, "libc.so.6"));
  const auto needs_exit = [](const ElfSymbol& symbol) {
    return symbol.name == "_ZSt9terminatev" && symbol.place == ElfSymbol::Place::Undefined;
  };
  EXPECT_TRUE(std::any_of(dynamic->symbols.begin(), dynamic->symbols.end(), needs_exit));
  EXPECT_TRUE(std::any_of(dynamic->versions_needed.begin(), dynamic->versions_needed.end(),
                          [](const ElfVersion& version) {
                            return version.name == "GLIBC_2.34" && version.library == "libc.so.6";
                          }));
  EXPECT_FALSE(dynamic->text_relocations);
  EXPECT_FALSE(dynamic->executable_stack);
}

}  // namespace
}  // namespace portico::plugin
