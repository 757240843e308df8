// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Rows`: every value as its bytes, in one buffer.
#pragma once

#include <portico/sql.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portico::detail {

struct RowState {
  const RowsState* rows;
  std::size_t index;
};

struct RowsState {
  struct Cell {
    std::size_t begin;
    std::size_t size;  ///< `Null` where there is no value.
  };
  static constexpr std::size_t Null = static_cast<std::size_t>(-1);

  std::string statement;  ///< Its name.
  std::size_t columns = 0;
  std::string bytes;
  std::vector<Cell> cells;
  std::vector<RowState> rows;

  void add_null() { cells.push_back({bytes.size(), Null}); }
  void add(std::string_view value) {
    cells.push_back({bytes.size(), value.size()});
    bytes += value;
  }
  /// Once all is in its place: rows refer to it.
  void finish() {
    const std::size_t count = columns == 0 ? 0 : cells.size() / columns;
    rows.reserve(count);
    for (std::size_t i = 0; i < count; ++i) rows.push_back({this, i});
  }
};

}  // namespace portico::detail
