// SPDX-License-Identifier: Apache-2.0
// The last step of a lookup: among the entries of one pattern, the first whose conditions hold and
// that takes the method. Kept small and in a row, apart from the entries, because each lookup in a
// large table reads one that is not in the cache.
#pragma once

#include "base/arena.h"
#include "http/request_state.h"
#include "routing/matcher.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::routing {

/// The methods of a table as bits of a word.
class MethodBits {
 public:
  using Bits = std::uint64_t;
  /// Of every method that found no bit of its own.
  static constexpr Bits Others = Bits{1} << 63U;

  /// Of a method that some entry lists; gives it a bit where it has none.
  Bits add(std::string_view method);
  /// 0 where no entry lists it.
  [[nodiscard]] Bits of(std::string_view method) const noexcept;

 private:
  std::vector<std::string> names_;
  bool others_ = false;
};

/// One entry of the table, below its pattern.
struct Choice {
  MethodBits::Bits methods;  ///< Those that it lists.
  const Matcher* matcher;
  std::uint32_t route;
  std::uint32_t first_name;  ///< Of its pattern, in the table's list.
  std::uint32_t names;
  bool any_method;   ///< It lists none.
  bool conditional;  ///< It has conditions on header fields or the query.
  bool last;         ///< Of its pattern.
};

/// `bits` are those of `method`.
[[nodiscard]] inline bool takes(const Choice& choice, MethodBits::Bits bits,
                                std::string_view method) noexcept {
  if (choice.any_method) return true;
  if ((choice.methods & bits) == 0) return false;
  return bits != MethodBits::Others || choice.matcher->allows(method);
}

/// A value of Allow: these methods, sorted, each once.
[[nodiscard]] std::string_view join_methods(std::span<std::string_view> names, base::Arena& arena);

/// The parts of `path` that the pattern names.
[[nodiscard]] std::span<const http::Param> bind_names(std::span<const PathPattern::Name> names,
                                                      std::string_view path, base::Arena& arena);

}  // namespace portico::routing
