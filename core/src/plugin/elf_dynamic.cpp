// SPDX-License-Identifier: Apache-2.0
// The dynamic section: what a shared object needs and offers. The section headers are not used,
// because they may be stripped; the number of symbols comes from the hash table, as for the dynamic
// linker.
#include "plugin/elf_bytes.h"
#include "plugin/elf_file.h"

#include <algorithm>
#include <map>

#include <elf.h>

namespace portico::plugin {

class ElfDynamicReader {
 public:
  explicit ElfDynamicReader(const ElfFile& elf) : elf_(elf), file_(elf.bytes_) {}

  ElfDynamic read() {
    read_tags();
    strings_ = mapped(value(DT_STRTAB), "has no dynamic string table");
    if (has(DT_STRSZ)) {
      strings_ = strings_.part(0, value(DT_STRSZ), "has a dynamic string table that is cut short");
    }
    for (const std::uint64_t name : needed_) result_.needed.push_back(text(name));
    if (has(DT_SONAME)) result_.soname = text(value(DT_SONAME));
    result_.text_relocations = has(DT_TEXTREL) || (has(DT_FLAGS) && value(DT_FLAGS) & DF_TEXTREL);
    result_.executable_stack = executable_stack();
    read_versions_needed();
    read_versions_defined();
    read_symbols();
    return std::move(result_);
  }

 private:
  // A real object has some dozens; this bounds the work that a hostile one can cause.
  static constexpr std::size_t MaxVersions = 4096;

  [[nodiscard]] bool has(std::int64_t tag) const { return tags_.contains(tag); }
  [[nodiscard]] std::uint64_t value(std::int64_t tag) const {
    const auto found = tags_.find(tag);
    if (found == tags_.end()) throw Malformed{"is damaged: its dynamic section is not whole"};
    return found->second;
  }
  [[nodiscard]] std::string_view text(std::uint64_t offset) const {
    return strings_.text(offset, "is damaged: a name lies outside its string table");
  }

  /// The bytes from a virtual address to the end of its segment.
  [[nodiscard]] ElfBytes mapped(std::uint64_t address, const char* clause) const {
    for (const auto& segment : elf_.segments_) {
      if (segment.type != PT_LOAD || address < segment.address) continue;
      const std::uint64_t offset = address - segment.address;
      if (offset >= segment.size) continue;
      return file_.part(segment.offset + offset, segment.size - offset, clause);
    }
    throw Malformed{clause};
  }

  void read_tags() {
    const auto segment = std::find_if(elf_.segments_.begin(), elf_.segments_.end(),
                                      [](const auto& each) { return each.type == PT_DYNAMIC; });
    if (segment == elf_.segments_.end()) throw Malformed{"has no dynamic section"};
    for (std::uint64_t at = 0; at + sizeof(Elf64_Dyn) <= segment->size; at += sizeof(Elf64_Dyn)) {
      const auto entry = file_.at<Elf64_Dyn>(segment->offset + at, "is damaged");
      if (entry.d_tag == DT_NULL) return;
      if (entry.d_tag == DT_NEEDED) {
        needed_.push_back(entry.d_un.d_val);
      } else {
        tags_.emplace(entry.d_tag, entry.d_un.d_val);
      }
    }
  }

  [[nodiscard]] bool executable_stack() const {
    return std::none_of(elf_.segments_.begin(), elf_.segments_.end(), [](const auto& segment) {
      return segment.type == PT_GNU_STACK && (segment.flags & PF_X) == 0;
    });
  }

  void count_version() {
    if (++versions_seen_ > MaxVersions) throw Malformed{"is damaged: it names too many versions"};
  }

  void read_versions_needed() {
    if (!has(DT_VERNEED)) return;
    constexpr const char* Damaged = "is damaged: its table of needed versions is not whole";
    const ElfBytes table = mapped(value(DT_VERNEED), Damaged);
    for (std::uint64_t at = 0;;) {
      const auto need = table.at<Elf64_Verneed>(at, Damaged);
      std::uint64_t aux_at = at + need.vn_aux;
      for (unsigned i = 0; i < need.vn_cnt; ++i) {
        const auto aux = table.at<Elf64_Vernaux>(aux_at, Damaged);
        count_version();
        result_.versions_needed.push_back({text(aux.vna_name), text(need.vn_file)});
        if (aux.vna_next == 0) break;
        aux_at += aux.vna_next;
      }
      if (need.vn_next == 0) return;
      count_version();
      at += need.vn_next;
    }
  }

  void read_versions_defined() {
    if (!has(DT_VERDEF)) return;
    constexpr const char* Damaged = "is damaged: its table of versions is not whole";
    const ElfBytes table = mapped(value(DT_VERDEF), Damaged);
    for (std::uint64_t at = 0;;) {
      const auto definition = table.at<Elf64_Verdef>(at, Damaged);
      // The first name is the version's own, those behind it are the ones that it builds upon.
      const auto aux = table.at<Elf64_Verdaux>(at + definition.vd_aux, Damaged);
      count_version();
      result_.versions_defined.push_back(text(aux.vda_name));
      if (definition.vd_next == 0) return;
      at += definition.vd_next;
    }
  }

  [[nodiscard]] std::uint64_t symbol_count() const {
    constexpr const char* Damaged = "is damaged: its symbol hash table is not whole";
    if (has(DT_GNU_HASH)) return count_by_gnu_hash(mapped(value(DT_GNU_HASH), Damaged));
    if (!has(DT_HASH)) return 0;
    return mapped(value(DT_HASH), Damaged).at<std::uint32_t>(4, Damaged);
  }

  // Symbols are grouped by bucket: the last one is at the end of the chain of the highest bucket.
  static std::uint64_t count_by_gnu_hash(const ElfBytes& table) {
    constexpr const char* Damaged = "is damaged: its symbol hash table is not whole";
    const auto buckets = table.at<std::uint32_t>(0, Damaged);
    const auto first = table.at<std::uint32_t>(4, Damaged);
    const auto bloom_words = table.at<std::uint32_t>(8, Damaged);
    const std::uint64_t buckets_at = 16 + std::uint64_t{bloom_words} * 8;
    const std::uint64_t chains_at = buckets_at + std::uint64_t{buckets} * 4;
    const ElfBytes bucket_bytes = table.part(buckets_at, std::uint64_t{buckets} * 4, Damaged);
    std::uint64_t last = 0;
    for (std::uint64_t i = 0; i < buckets; ++i) {
      last = std::max<std::uint64_t>(last, bucket_bytes.at<std::uint32_t>(i * 4, Damaged));
    }
    if (last < first) return first;
    while ((table.at<std::uint32_t>(chains_at + (last - first) * 4, Damaged) & 1) == 0) ++last;
    return last + 1;
  }

  void read_symbols() {
    const std::uint64_t count = symbol_count();
    if (count == 0) return;
    constexpr const char* Damaged = "is damaged: its symbol table is not whole";
    if (count > file_.size() / sizeof(Elf64_Sym)) throw Malformed{Damaged};
    const ElfBytes symbols =
        mapped(value(DT_SYMTAB), Damaged).part(0, count * sizeof(Elf64_Sym), Damaged);
    // The first entry of a symbol table is empty.
    for (std::uint64_t i = 1; i < count; ++i) {
      const auto symbol = symbols.at<Elf64_Sym>(i * sizeof(Elf64_Sym), Damaged);
      const unsigned binding = ELF64_ST_BIND(symbol.st_info);
      if (binding == STB_LOCAL) continue;
      result_.symbols.push_back({text(symbol.st_name), place_of(symbol.st_shndx, binding)});
    }
  }

  static ElfSymbol::Place place_of(unsigned section, unsigned binding) {
    if (section != SHN_UNDEF) return ElfSymbol::Place::Defined;
    return binding == STB_WEAK ? ElfSymbol::Place::WeakUndefined : ElfSymbol::Place::Undefined;
  }

  const ElfFile& elf_;
  ElfBytes file_;
  ElfBytes strings_{{}};
  std::map<std::int64_t, std::uint64_t> tags_;
  std::vector<std::uint64_t> needed_;
  std::size_t versions_seen_ = 0;
  ElfDynamic result_;
};

Result<ElfDynamic> ElfFile::dynamic() const {
  try {
    return ElfDynamicReader(*this).read();
  } catch (const Malformed& malformed) {
    return Error(malformed.clause);
  }
}

}  // namespace portico::plugin
