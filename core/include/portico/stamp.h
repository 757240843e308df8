// SPDX-License-Identifier: Apache-2.0
// The stamp of a plugin: an ELF note that says what it was built with. Core reads it from the file
// before any code of the plugin runs, and refuses a plugin whose stamp differs from its own.
#pragma once

#include <portico/api.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico {

/// Who a plugin is: its id (also its key in the file, its mount and the prefix of its metrics), its
/// version, and one sentence.
struct Info {
  std::string_view name;
  std::string_view version;
  std::string_view summary;
};

namespace detail {

inline constexpr std::uint32_t StampMagic = 0x4f545250;  // "PRTO"
inline constexpr std::uint32_t StampNoteType = 1;
inline constexpr std::string_view StampOwner = "Portico";

enum class StandardLibrary : std::uint8_t { Libstdcxx = 1, LibstdcxxOldStrings = 2, Libcxx = 3 };

enum StampFlags : std::uint32_t {
  AddressSanitizer = 1u << 0,
  ThreadSanitizer = 1u << 1,
  NoRtti = 1u << 2,
  NoExceptions = 1u << 3,
};

/// Append-only; `size` says how much of it the builder knew.
struct Stamp {
  std::uint32_t magic = StampMagic;
  std::uint32_t size = sizeof(Stamp);
  std::uint16_t sdk_major = SdkMajor;
  std::uint16_t sdk_minor = SdkMinor;
  std::uint32_t cxx_abi = 0;  ///< __GXX_ABI_VERSION
  std::uint8_t standard_library = 0;
  std::uint8_t pointer_bytes = sizeof(void*);
  std::uint16_t reserved = 0;
  std::uint32_t flags = 0;
  char compiler[48] = {};
  char name[48] = {};
  char version[32] = {};
  char summary[160] = {};
};

consteval StandardLibrary standard_library() {
#if defined(_LIBCPP_VERSION)
  return StandardLibrary::Libcxx;
#elif defined(_GLIBCXX_USE_CXX11_ABI) && _GLIBCXX_USE_CXX11_ABI == 0
  return StandardLibrary::LibstdcxxOldStrings;
#else
  return StandardLibrary::Libstdcxx;
#endif
}

#if defined(__SANITIZE_ADDRESS__)
#define PORTICO_HAS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PORTICO_HAS_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define PORTICO_HAS_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PORTICO_HAS_TSAN 1
#endif
#endif

consteval std::uint32_t build_flags() {
  std::uint32_t flags = 0;
#if defined(PORTICO_HAS_ASAN)
  flags |= AddressSanitizer;
#endif
#if defined(PORTICO_HAS_TSAN)
  flags |= ThreadSanitizer;
#endif
#if !defined(__cpp_rtti)
  flags |= NoRtti;
#endif
#if !defined(__cpp_exceptions)
  flags |= NoExceptions;
#endif
  return flags;
}

template <std::size_t N>
consteval void fill(char (&field)[N], std::string_view text) {
  for (std::size_t i = 0; i + 1 < N && i < text.size(); ++i) field[i] = text[i];
}

#if defined(__clang__)
inline constexpr std::string_view Compiler = "clang " __clang_version__;
#else
inline constexpr std::string_view Compiler = "gcc " __VERSION__;
#endif

/// The stamp of this translation unit's build.
consteval Stamp make_stamp(const Info& info) {
  Stamp stamp;
  stamp.cxx_abi = __GXX_ABI_VERSION;
  stamp.standard_library = static_cast<std::uint8_t>(standard_library());
  stamp.flags = build_flags();
  fill(stamp.compiler, Compiler);
  fill(stamp.name, info.name);
  fill(stamp.version, info.version);
  fill(stamp.summary, info.summary);
  return stamp;
}

/// The note as it stands in the file (Elf64_Nhdr, owner, stamp).
struct StampNote {
  std::uint32_t owner_size = 8;
  std::uint32_t stamp_size = sizeof(Stamp);
  std::uint32_t type = StampNoteType;
  char owner[8] = {'P', 'o', 'r', 't', 'i', 'c', 'o', '\0'};
  Stamp stamp;
};

}  // namespace detail
}  // namespace portico
