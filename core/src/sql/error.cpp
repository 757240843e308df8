// SPDX-License-Identifier: Apache-2.0
#include <portico/sql.h>

#include <atomic>
#include <string>

namespace portico {

/// Shared by copies, which the language makes of what is thrown and which must not throw.
struct detail::SqlErrorState {
  std::atomic<std::uint32_t> owners{1};
  SqlError::Kind kind;
  std::string statement;
  std::string text;
};

SqlError::SqlError(Kind kind, std::string_view statement, std::string_view sentence)
    : state_(new detail::SqlErrorState{
          .kind = kind, .statement = std::string(statement), .text = std::string(statement)}) {
  if (!statement.empty()) state_->text += ": ";
  state_->text += sentence;
}

SqlError::SqlError(const SqlError& other) noexcept : std::exception(other), state_(other.state_) {
  state_->owners.fetch_add(1, std::memory_order_relaxed);
}

SqlError& SqlError::operator=(const SqlError& other) noexcept {
  SqlError copy(other);
  std::swap(state_, copy.state_);
  return *this;
}

SqlError::~SqlError() {
  if (state_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete state_;
}

SqlError::Kind SqlError::kind() const noexcept { return state_->kind; }

std::string_view SqlError::statement() const noexcept { return state_->statement; }

const char* SqlError::what() const noexcept { return state_->text.c_str(); }

}  // namespace portico
