// SPDX-License-Identifier: Apache-2.0
#include "sql/rows.h"

#include <charconv>
#include <stdexcept>

namespace portico {
namespace {

[[noreturn]] void fault(const detail::RowsState& rows, std::string_view what) {
  throw std::logic_error(rows.statement + ": " + std::string(what));
}

[[nodiscard]] const detail::RowsState::Cell& cell_of(const detail::RowState& row,
                                                     std::size_t column) {
  const detail::RowsState& rows = *row.rows;
  if (column >= rows.columns) {
    fault(rows, "there is no column " + std::to_string(column) + ", it has " +
                    std::to_string(rows.columns));
  }
  return rows.cells[row.index * rows.columns + column];
}

[[nodiscard]] std::string_view bytes_of(const detail::RowState& row, std::size_t column) {
  const auto& cell = cell_of(row, column);
  if (cell.size == detail::RowsState::Null) {
    fault(*row.rows, "column " + std::to_string(column) + " is null");
  }
  return std::string_view(row.rows->bytes).substr(cell.begin, cell.size);
}

}  // namespace

bool Row::null(std::size_t column) const {
  return cell_of(*state_, column).size == detail::RowsState::Null;
}

std::int64_t Row::integer(std::size_t column) const {
  const std::string_view bytes = bytes_of(*state_, column);
  std::int64_t value = 0;
  const char* const end = bytes.data() + bytes.size();
  const auto [stop, fine] = std::from_chars(bytes.data(), end, value);
  if (fine != std::errc() || stop != end) {
    fault(*state_->rows,
          "column " + std::to_string(column) + " is no whole number of 64 bits; cast it to BIGINT");
  }
  return value;
}

std::string_view Row::text(std::size_t column) const { return bytes_of(*state_, column); }

std::span<const std::byte> Row::blob(std::size_t column) const {
  return std::as_bytes(std::span(bytes_of(*state_, column)));
}

Rows::~Rows() { delete state_; }

std::size_t Rows::size() const noexcept { return state_ == nullptr ? 0 : state_->rows.size(); }

Row Rows::operator[](std::size_t index) const {
  if (index >= size()) {
    if (state_ == nullptr) throw std::logic_error("these rows were moved away");
    fault(*state_,
          "there is no row " + std::to_string(index) + ", it found " + std::to_string(size()));
  }
  return Row(&state_->rows[index]);
}

}  // namespace portico
