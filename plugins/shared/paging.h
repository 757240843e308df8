// SPDX-License-Identifier: Apache-2.0
// A list that is shown page by page: `?limit=` and `?cursor=`. A cursor is sealed, and good for the
// list and the filters that it was made for: any other is refused, and so is one that was edited.
#pragma once

#include <portico/host.h>
#include <portico/http.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace portico {
inline namespace shared {

class Paging {
 public:
  static constexpr std::size_t Usual = 50;
  static constexpr std::size_t Most = 200;

  /// `list` says what is listed, filters and all. Throws Refusal for a limit or a cursor that is
  /// none.
  Paging(const Request& request, const Host& host, std::string list);

  [[nodiscard]] std::size_t limit() const noexcept { return limit_; }
  /// What `next` got on the page before; empty on the first one.
  [[nodiscard]] const std::string& after() const noexcept { return after_; }

  /// The cursor of the page behind this one, which ends with what `last` is found by.
  [[nodiscard]] std::string next(std::string_view last) const;
  /// Adds the Link to that page.
  void link(Response& answer, std::string_view cursor) const;

 private:
  const Request& request_;
  const Host& host_;
  std::string list_;
  std::size_t limit_ = Usual;
  std::string after_;
};

/// Takes as many as the limit says from rows that are one more where there is another page; the
/// cursor of that, or nothing. `key_of(row)` is what a row is found by.
template <class Rows, class KeyOf>
[[nodiscard]] std::string cut_page(Rows& rows, const Paging& paging, KeyOf key_of) {
  if (rows.size() <= paging.limit()) return {};
  rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(paging.limit()), rows.end());
  return paging.next(key_of(rows.back()));
}

}  // namespace shared
}  // namespace portico
