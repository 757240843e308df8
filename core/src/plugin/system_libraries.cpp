// SPDX-License-Identifier: Apache-2.0
#include "plugin/system_libraries.h"

#include "plugin/elf_file.h"
#include "plugin/file_content.h"

#include <system_error>

#include <dlfcn.h>
#include <link.h>

namespace portico::plugin {
namespace {

namespace fs = std::filesystem;

/// Where the dynamic linker looks, from itself: LD_LIBRARY_PATH and the folders of the system.
std::vector<fs::path> search_path() {
  std::vector<fs::path> folders;
  // What was put there by hand is found through the linker's cache, which has no interface.
  folders.emplace_back("/usr/local/lib");
  void* program = ::dlopen(nullptr, RTLD_LAZY);
  if (program == nullptr) return folders;
  Dl_serinfo size = {};
  if (::dlinfo(program, RTLD_DI_SERINFOSIZE, &size) != 0) return folders;
  std::vector<std::max_align_t> memory(size.dls_size / sizeof(std::max_align_t) + 1);
  auto* found = reinterpret_cast<Dl_serinfo*>(memory.data());
  if (::dlinfo(program, RTLD_DI_SERINFOSIZE, found) != 0) return folders;
  if (::dlinfo(program, RTLD_DI_SERINFO, found) != 0) return folders;
  for (unsigned i = 0; i < found->dls_cnt; ++i) {
    folders.emplace_back((&found->dls_serpath[0] + i)->dls_name);
  }
  return folders;
}

/// The file of a library that this process has mapped. RTLD_NOLOAD runs and maps nothing.
fs::path mapped_file(const std::string& name) {
  void* handle = ::dlopen(name.c_str(), RTLD_LAZY | RTLD_NOLOAD);
  if (handle == nullptr) return {};
  const link_map* map = nullptr;
  if (::dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0 || map == nullptr) return {};
  // The program itself has no name.
  return map->l_name[0] == '\0' ? fs::path("/proc/self/exe") : fs::path(map->l_name);
}

std::optional<SystemLibraries::Facts> read(const fs::path& file) {
  const auto content = read_file(file.string());
  if (!content) return std::nullopt;
  const auto elf = ElfFile::parse(content->bytes());
  if (!elf) return std::nullopt;
  const auto dynamic = elf->dynamic();
  if (!dynamic) return std::nullopt;
  SystemLibraries::Facts facts{file, {}, {}};
  for (const ElfSymbol& symbol : dynamic->symbols) {
    if (symbol.place == ElfSymbol::Place::Defined) facts.symbols.emplace(symbol.name);
  }
  facts.versions.assign(dynamic->versions_defined.begin(), dynamic->versions_defined.end());
  return facts;
}

}  // namespace

SystemLibraries::SystemLibraries() : folders_(search_path()) {}

const SystemLibraries::Facts* SystemLibraries::find(std::string_view name) {
  const auto known = known_.find(name);
  if (known != known_.end()) return known->second ? &*known->second : nullptr;

  auto& facts = known_[std::string(name)];
  const fs::path mapped = mapped_file(std::string(name));
  if (!mapped.empty()) facts = read(mapped);
  for (const fs::path& folder : folders_) {
    if (facts) break;
    std::error_code error;
    const fs::path file = folder / std::string(name);
    if (fs::exists(file, error)) facts = read(file);
  }
  return facts ? &*facts : nullptr;
}

bool process_offers(std::string_view symbol) {
  ::dlerror();
  const void* found = ::dlsym(RTLD_DEFAULT, std::string(symbol).c_str());
  // A symbol may be null and yet be there.
  return found != nullptr || ::dlerror() == nullptr;
}

}  // namespace portico::plugin
