// SPDX-License-Identifier: Apache-2.0
#include "plugin/verify.h"

#include "base/demangle.h"
#include "base/sha256.h"
#include "plugin/elf_file.h"
#include "plugin/file_content.h"
#include "plugin/system_libraries.h"
#include "plugin/trust.h"
#include "plugin/version_text.h"

#include <algorithm>
#include <map>
#include <utility>

namespace portico::plugin {
namespace {

constexpr std::string_view EntryName = "portico_plugin_v0";
constexpr std::size_t MostNamed = 10;

class Verification {
 public:
  explicit Verification(const std::filesystem::path& file) : file_(file) {
    report_.file = file.string();
  }

  VerifyReport run() && {
    check_rights();
    const auto content = read_file(file_.string());
    if (!content) {
      refuse("file", content.error());
      return std::move(report_);
    }
    const std::span<const std::byte> bytes = content->bytes();
    report_.hash = base::sha256(bytes);
    const auto elf = ElfFile::parse(bytes);
    if (!elf) {
      refuse("elf", elf.error());
      return std::move(report_);
    }
    check_stamp(bytes);
    const auto dynamic = elf->dynamic();
    if (!dynamic) {
      refuse("elf", dynamic.error());
      return std::move(report_);
    }
    fine("elf", "is a 64-bit shared object for this kind of processor");
    check_entry(*dynamic);
    check_libraries(*dynamic);
    check_symbols(*dynamic);
    check_versions(*dynamic);
    check_manners(*dynamic);
    return std::move(report_);
  }

 private:
  using Verdict = Check::Verdict;

  void add(std::string_view name, Verdict verdict, std::string finding, std::string remedy = {}) {
    report_.checks.push_back({std::string(name), verdict, std::move(finding), std::move(remedy)});
  }
  void fine(std::string_view name, std::string finding) {
    add(name, Verdict::Fine, std::move(finding));
  }
  void refuse(std::string_view name, std::string finding, std::string remedy = {}) {
    add(name, Verdict::Refused, std::move(finding), std::move(remedy));
  }

  void check_rights() {
    const auto trusted = trusted_file(file_);
    if (trusted) {
      fine("rights", "belongs to root or to us, and nobody else may write it");
      return;
    }
    const std::string& clause = trusted.error();
    const std::size_t remedy = clause.rfind("; ");
    refuse("rights", clause.substr(0, remedy),
           remedy == std::string::npos ? "" : clause.substr(remedy + 2));
  }

  void check_stamp(std::span<const std::byte> bytes) {
    const auto stamp = read_stamp(bytes);
    if (!stamp) {
      refuse("stamp", stamp.error(),
             "write PORTICO_EXPORT_PLUGIN in one of its files and rebuild it");
      return;
    }
    report_.stamp = *stamp;
    fine("stamp", "is " + stamp->name() + " " + stamp->version());
    const auto found = misfits(*stamp, core_stamp());
    for (const Misfit& misfit : found) refuse(misfit.field, misfit.sentence(), misfit.remedy);
    if (found.empty()) {
      fine("build", "was built with SDK " + stamp->sdk() + " and " + stamp->compiler() +
                        ", which fit this Portico");
    }
    if (file_.stem() != stamp->name()) {
      add("name", Verdict::Warning, "is not called " + stamp->name() + ".so",
          "rename it, or name it by `file:` under plugins." + stamp->name());
    }
  }

  void check_entry(const ElfDynamic& dynamic) {
    const bool exported =
        std::any_of(dynamic.symbols.begin(), dynamic.symbols.end(), [](const ElfSymbol& symbol) {
          return symbol.name == EntryName && symbol.place == ElfSymbol::Place::Defined;
        });
    if (exported) {
      fine("entry", "exports " + std::string(EntryName));
    } else {
      refuse("entry", "does not export " + std::string(EntryName),
             "write PORTICO_EXPORT_PLUGIN in one of its files and rebuild it");
    }
  }

  void check_libraries(const ElfDynamic& dynamic) {
    for (const std::string_view name : dynamic.needed) {
      report_.libraries.emplace_back(name);
      if (libraries_.find(name) != nullptr) continue;
      all_libraries_found_ = false;
      add("libraries", Verdict::Warning,
          "needs " + std::string(name) + ", which is in none of the usual places",
          "install the package that has it (apt-file search " + std::string(name) + ")");
    }
    if (all_libraries_found_) {
      fine("libraries",
           "needs " + std::to_string(dynamic.needed.size()) + " libraries, all installed");
    }
  }

  // The mangled name of anything in namespace portico has it as its first or an inner component.
  static bool of_portico(std::string_view symbol) {
    return symbol.find("7portico") != std::string_view::npos || symbol.starts_with("portico_");
  }

  bool offered(const ElfDynamic& dynamic, std::string_view symbol) {
    if (process_offers(symbol)) return true;
    return std::any_of(dynamic.needed.begin(), dynamic.needed.end(), [&](std::string_view name) {
      const auto* library = libraries_.find(name);
      return library != nullptr && library->symbols.contains(symbol);
    });
  }

  void check_symbols(const ElfDynamic& dynamic) {
    std::vector<std::string> missing;
    std::size_t needed = 0;
    for (const ElfSymbol& symbol : dynamic.symbols) {
      if (symbol.place != ElfSymbol::Place::Undefined) continue;
      ++needed;
      // What a library has that was not found cannot be known; what is Portico's can.
      if (!all_libraries_found_ && !of_portico(symbol.name)) continue;
      if (!offered(dynamic, symbol.name)) missing.push_back(base::demangle(symbol.name));
    }
    if (missing.empty()) {
      fine("symbols", "needs " + std::to_string(needed) + " symbols, all there");
      return;
    }
    std::sort(missing.begin(), missing.end());
    for (std::size_t i = 0; i < std::min(missing.size(), MostNamed); ++i) {
      refuse("symbols", "needs " + missing[i] + ", which nothing here has");
    }
    if (missing.size() > MostNamed) {
      refuse("symbols", "needs " + std::to_string(missing.size() - MostNamed) + " more");
    }
    report_.checks.back().remedy = "rebuild it with the portico-dev of this Portico";
  }

  void check_versions(const ElfDynamic& dynamic) {
    std::map<std::string, std::string> highest;
    bool all_there = true;
    for (const ElfVersion& version : dynamic.versions_needed) {
      auto& kept = highest[std::string(version_family(version.name))];
      if (version_less(kept, version.name)) kept = version.name;
      const auto* library = libraries_.find(version.library);
      if (library == nullptr) continue;
      const auto& have = library->versions;
      if (std::find(have.begin(), have.end(), version.name) != have.end()) continue;
      all_there = false;
      refuse("versions",
             "needs " + std::string(version.name) + ", and " + std::string(version.library) +
                 " here ends with " + last_of(have, version_family(version.name)),
             "rebuild it on this release of the system");
    }
    std::string list;
    for (const auto& [family, version] : highest) {
      report_.versions_needed.push_back(version);
      list += (list.empty() ? "" : ", ") + version;
    }
    if (all_there) fine("versions", list.empty() ? "needs none" : "needs up to " + list);
  }

  static std::string last_of(const std::vector<std::string>& versions, std::string_view family) {
    std::string last;
    for (const std::string& version : versions) {
      if (version_family(version) == family && version_less(last, version)) last = version;
    }
    return last.empty() ? "none" : last;
  }

  void check_manners(const ElfDynamic& dynamic) {
    if (dynamic.text_relocations) {
      refuse("relocations", "rewrites its own code as it is loaded, which hardened systems forbid",
             "compile all of it with -fPIC");
    }
    if (dynamic.executable_stack) {
      refuse("stack", "wants an executable stack, which hardened systems forbid",
             "link it with -Wl,-z,noexecstack");
    }
  }

  const std::filesystem::path file_;
  VerifyReport report_;
  SystemLibraries libraries_;
  bool all_libraries_found_ = true;
};

}  // namespace

VerifyReport verify(const std::filesystem::path& file) { return Verification(file).run(); }

}  // namespace portico::plugin
