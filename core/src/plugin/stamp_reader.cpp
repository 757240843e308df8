// SPDX-License-Identifier: Apache-2.0
#include "plugin/stamp_reader.h"

#include "base/text.h"
#include "plugin/elf_file.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace portico::plugin {
namespace {

/// What a stamp had in SDK 0.1. It only ever grows.
constexpr std::size_t FirstStampSize = 312;
static_assert(sizeof(detail::Stamp) >= FirstStampSize);

constexpr std::string_view Rebuild = "cmake -B build && cmake --build build";

// The texts come from a file that anybody may have made, and end up on terminals.
template <std::size_t N>
void make_printable(char (&text)[N]) {
  text[N - 1] = '\0';
  const std::size_t length = std::strlen(text);
  for (char& letter : text) {
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f)
      letter = letter == 0 ? letter : '?';
  }
  const auto broken = base::find_invalid_utf8({text, length});
  if (broken) std::fill(text + *broken, text + N, '\0');
}

bool is_plugin_name(std::string_view name) noexcept {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || base::is_digit(c) || c == '_'; };
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
         std::all_of(name.begin(), name.end(), fits);
}

std::string library_name(std::uint8_t number) {
  switch (static_cast<detail::StandardLibrary>(number)) {
    case detail::StandardLibrary::Libstdcxx: return "libstdc++";
    case detail::StandardLibrary::LibstdcxxOldStrings:
      return "libstdc++ with its old strings (_GLIBCXX_USE_CXX11_ABI=0)";
    case detail::StandardLibrary::Libcxx: return "libc++";
  }
  return "standard library number " + std::to_string(number);
}

std::string sanitizer_names(std::uint32_t flags) {
  const bool address = (flags & detail::AddressSanitizer) != 0;
  const bool thread = (flags & detail::ThreadSanitizer) != 0;
  if (address && thread) return "AddressSanitizer and ThreadSanitizer";
  if (address) return "AddressSanitizer";
  return thread ? "ThreadSanitizer" : "no sanitizer";
}

std::string rebuild(std::string_view how) { return std::string(how) + ": " + std::string(Rebuild); }

std::string sdk_remedy(const PluginStamp& plugin, const PluginStamp& core) {
  std::string remedy = rebuild("rebuild it with portico-dev " + core.sdk());
  const bool newer = plugin.stamp.sdk_major == core.stamp.sdk_major &&
                     plugin.stamp.sdk_minor > core.stamp.sdk_minor;
  // In 0.x a newer Portico would refuse all other plugins of this one.
  if (newer && core.stamp.sdk_major > 0) {
    return "upgrade Portico to " + plugin.sdk() + " or later, or " + remedy;
  }
  return remedy;
}

class Comparison {
 public:
  Comparison(const PluginStamp& plugin, const PluginStamp& core)
      : plugin_(plugin), core_(core), theirs_(plugin.stamp), ours_(core.stamp) {}

  std::vector<Misfit> run() && {
    if (!runs_in({theirs_.sdk_major, theirs_.sdk_minor}, {ours_.sdk_major, ours_.sdk_minor})) {
      add({"sdk", "SDK " + plugin_.sdk(), "SDK " + core_.sdk(), sdk_remedy(plugin_, core_)});
    }
    if (theirs_.standard_library != ours_.standard_library) {
      add({"standard_library", library_name(theirs_.standard_library),
           library_name(ours_.standard_library),
           rebuild("rebuild it with the standard library of this Portico")});
    }
    if (theirs_.cxx_abi != ours_.cxx_abi) {
      add({"cxx_abi",
           "C++ ABI " + std::to_string(theirs_.cxx_abi) + " (" + plugin_.compiler() + ")",
           "C++ ABI " + std::to_string(ours_.cxx_abi) + " (" + core_.compiler() + ")",
           rebuild("rebuild it with " + core_.compiler() + " and without -fabi-version")});
    }
    if (theirs_.pointer_bytes != ours_.pointer_bytes) {
      add({"pointer_bytes", bits(theirs_), bits(ours_), rebuild("rebuild it for " + bits(ours_))});
    }
    compare_flags();
    return std::move(found_);
  }

 private:
  static std::string bits(const detail::Stamp& stamp) {
    return std::to_string(stamp.pointer_bytes * 8) + "-bit pointers";
  }

  void compare_flags() {
    constexpr std::uint32_t Sanitizers = detail::AddressSanitizer | detail::ThreadSanitizer;
    if ((theirs_.flags & Sanitizers) != (ours_.flags & Sanitizers)) {
      add({"sanitizer", sanitizer_names(theirs_.flags), sanitizer_names(ours_.flags),
           rebuild("rebuild it with the -fsanitize options of this Portico")});
    }
    if ((theirs_.flags & detail::NoRtti) != 0) {
      add({"rtti", "-fno-rtti", "run-time type information",
           rebuild("rebuild it without -fno-rtti")});
    }
    if ((theirs_.flags & detail::NoExceptions) != 0) {
      add({"exceptions", "-fno-exceptions", "exceptions",
           rebuild("rebuild it without -fno-exceptions")});
    }
  }

  void add(Misfit misfit) { found_.push_back(std::move(misfit)); }

  const PluginStamp& plugin_;
  const PluginStamp& core_;
  const detail::Stamp& theirs_;
  const detail::Stamp& ours_;
  std::vector<Misfit> found_;
};

Result<PluginStamp> from_note(const ElfNote& note) {
  constexpr std::size_t Head = offsetof(detail::Stamp, sdk_major);
  PluginStamp result;
  if (note.type != detail::StampNoteType) {
    return Error("has a stamp of a kind that this Portico does not know");
  }
  if (note.content.size() < Head) return Error("has a stamp that is cut short");
  std::memcpy(static_cast<void*>(&result.stamp), note.content.data(), Head);
  if (result.stamp.magic != detail::StampMagic) return Error("has a stamp that is damaged");
  if (result.stamp.size > note.content.size() || result.stamp.size < FirstStampSize) {
    return Error("has a stamp that is cut short");
  }
  const std::size_t known = std::min<std::size_t>(result.stamp.size, sizeof(detail::Stamp));
  result.stamp = detail::Stamp{};
  std::memcpy(static_cast<void*>(&result.stamp), note.content.data(), known);
  make_printable(result.stamp.compiler);
  make_printable(result.stamp.name);
  make_printable(result.stamp.version);
  make_printable(result.stamp.summary);
  if (!is_plugin_name(result.stamp.name)) {
    return Error("has a stamp with a name that is none ([a-z][a-z0-9_]*)");
  }
  return result;
}

}  // namespace

std::string PluginStamp::sdk() const {
  return std::to_string(stamp.sdk_major) + "." + std::to_string(stamp.sdk_minor);
}

Result<PluginStamp> read_stamp(std::span<const std::byte> file) {
  const Result<ElfFile> elf = ElfFile::parse(file);
  if (!elf) return Error(elf.error());
  const auto note = elf->note(detail::StampOwner);
  if (!note) return Error(note.error());
  if (!*note) return Error("is not a Portico plugin: it has no stamp");
  return from_note(**note);
}

PluginStamp core_stamp() {
  static constexpr detail::Stamp Ours = detail::make_stamp(Info{});
  return PluginStamp{Ours};
}

bool runs_in(SdkVersion plugin, SdkVersion core) noexcept {
  if (plugin.major != core.major) return false;
  return core.major == 0 ? plugin.minor == core.minor : plugin.minor <= core.minor;
}

std::string Misfit::sentence() const {
  return "was built with " + plugin + " and this Portico has " + core;
}

std::vector<Misfit> misfits(const PluginStamp& plugin, const PluginStamp& core) {
  return Comparison(plugin, core).run();
}

}  // namespace portico::plugin
