// SPDX-License-Identifier: Apache-2.0
// Which route serves a request. Entries are kept in order of precedence: host, then path segment by
// segment, then most matchers, then the order of the file; the first that matches wins. A miss by
// method alone is final (405), a miss by header or query falls to the next. Immutable once built.
#pragma once

#include "routing/matcher.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace portico::routing {

struct Decision {
  enum class Kind : std::uint8_t { Found, NotFound, MethodNotAllowed };
  Kind kind = Kind::NotFound;
  std::uint32_t route = 0;  ///< Found: the id given to `add`.
  std::vector<Param> params;
  std::string allow;  ///< MethodNotAllowed: the value of Allow.
};

class RouteTable {
 public:
  struct Entry {
    Matcher matcher;
    std::uint32_t route;
  };

  void add(Matcher matcher, std::uint32_t route);
  /// Sorts; to be called once, after the last `add`.
  void seal();

  /// Told of every entry that is tried, in order, with why it missed.
  using Tell = std::function<void(const Entry&, Miss)>;
  [[nodiscard]] Decision find(const RequestView& request, const Tell& tell = nullptr) const;

  [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

 private:
  std::vector<Entry> entries_;
};

}  // namespace portico::routing
