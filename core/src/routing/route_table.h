// SPDX-License-Identifier: Apache-2.0
// Which route serves a request. In order of precedence: host, then path segment by segment, then
// most matchers, then the order of the file; the first that matches wins. A miss by method alone is
// final (405), a miss by header or query falls to the next. Immutable once sealed and shared by all
// loops; a lookup takes no lock, counts nothing and allocates nothing but in the request's arena.
#pragma once

#include "base/arena.h"
#include "http/request_state.h"
#include "routing/choices.h"
#include "routing/host_index.h"
#include "routing/matcher.h"
#include "routing/segment_tree.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace portico::routing {

struct Decision {
  enum class Kind : std::uint8_t { Found, NotFound, MethodNotAllowed };
  Kind kind = Kind::NotFound;
  std::uint32_t route = 0;           ///< Found: the id given to `add`.
  const Matcher* matcher = nullptr;  ///< Found: the entry's.
  std::span<const http::Param> params{};
  std::string_view allow{};  ///< MethodNotAllowed: the value of Allow.
};

class RouteTable {
 public:
  struct Entry {
    Matcher matcher;
    std::uint32_t route;
  };

  RouteTable() = default;
  RouteTable(RouteTable&&) noexcept = default;
  RouteTable& operator=(RouteTable&&) noexcept = default;
  RouteTable(const RouteTable&) = delete;  // It points into itself.
  RouteTable& operator=(const RouteTable&) = delete;

  void add(Matcher matcher, std::uint32_t route);
  /// To be called once, after the last `add`.
  void seal();

  /// Requires a sealed table. What the decision points to lives in the table, in the request's path
  /// and in `arena`.
  [[nodiscard]] Decision find(const RequestView& request, base::Arena& arena) const;

  /// Once sealed: in order of precedence.
  [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

 private:
  class Builder;

  bool choose(std::uint32_t first, const RequestView& request, MethodBits::Bits method,
              base::Arena& arena, Decision& decision) const;
  [[nodiscard]] std::string_view allowed(std::uint32_t first, const RequestView& request,
                                         base::Arena& arena) const;

  std::vector<Entry> entries_;
  HostIndex hosts_;
  SegmentTree tree_;  // Its leaves are indices into `choices_`.
  std::vector<Choice> choices_;
  std::vector<PathPattern::Name> names_;
  MethodBits methods_;
};

}  // namespace portico::routing
