// SPDX-License-Identifier: Apache-2.0
// The reader of plugin files: any bytes give a stamp or a reason, and nothing else.
#include "plugin/elf_file.h"
#include "plugin/stamp_reader.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  if (const auto stamp = portico::plugin::read_stamp(bytes)) {
    if (stamp->name().empty() || stamp->name().size() >= sizeof stamp->stamp.name) std::abort();
    static_cast<void>(portico::plugin::misfits(*stamp, portico::plugin::core_stamp()));
  }
  if (const auto elf = portico::plugin::ElfFile::parse(bytes)) {
    if (const auto dynamic = elf->dynamic()) {
      for (const auto& symbol : dynamic->symbols) {
        // A name outside the file would have been read past its end.
        const auto* first = reinterpret_cast<const std::uint8_t*>(symbol.name.data());
        if (first < data || first + symbol.name.size() >= data + size) std::abort();
      }
    }
  }
  return 0;
}
