// SPDX-License-Identifier: Apache-2.0
#include "sql/prepared.h"

#include "sql/statement_check.h"

#include <string_view>

#include <sqlite3.h>

namespace portico::sql {

void ValueBinding::bind(std::size_t position) {
  texts_.clear();
  blobs_.clear();
  integers_.clear();
  auto binder = getBinder();
  for (const SqlValue& value : values_) {
    switch (value.kind) {
      case SqlValue::Kind::Nothing: binder->bind(position, Poco::NULL_GENERIC); break;
      case SqlValue::Kind::Integer:
        binder->bind(position, integers_.emplace_back(value.integer));
        break;
      case SqlValue::Kind::Text: binder->bind(position, texts_.emplace_back(value.bytes)); break;
      case SqlValue::Kind::Blob:
        if (value.bytes.empty()) {
          bind_empty_blob(position);
          break;
        }
        binder->bind(position,
                     blobs_.emplace_back(reinterpret_cast<const unsigned char*>(value.bytes.data()),
                                         value.bytes.size()));
        break;
    }
    ++position;
  }
}

/// By SQLite itself: the connector takes an empty blob for a null.
void ValueBinding::bind_empty_blob(std::size_t position) {
  ::sqlite3_bind_zeroblob(statement_, static_cast<int>(position), 0);
}

std::size_t RowExtraction::extract(std::size_t position) {
  auto extractor = getExtractor();
  for (std::size_t i = 0; i < columns_; ++i) {
    if (extractor->isNull(position + i)) {
      rows_->add_null();
    } else {
      Poco::Data::BLOB blob;
      extractor->extract(position + i, blob);
      rows_->add({reinterpret_cast<const char*>(blob.rawContent()), blob.size()});
    }
  }
  return columns_;
}

void RowExtraction::reset() {
  rows_ = std::make_unique<detail::RowsState>();
  rows_->statement = statement_;
}

std::unique_ptr<detail::RowsState> RowExtraction::finish() {
  rows_->columns = columns_;
  rows_->finish();
  return std::move(rows_);
}

Prepared::Prepared(const Statement& statement, Poco::Data::SQLite::SessionImpl& session,
                   sqlite3* handle)
    : SQLiteStatementImpl(session, handle),
      handle_(handle),
      text_(statement.text),
      count_(checked_count(statement)),
      binding_(new ValueBinding(count_)),
      extraction_(new RowExtraction(std::string(statement.name))) {
  add(text_);
  if (count_ != 0) addBind(binding_);
  addExtract(extraction_);
}

Rows Prepared::run(SqlValues values) {
  binding_->take(values);
  reset();
  execute();
  return Rows(extraction_->finish().release());
}

void Prepared::compileImpl() {
  if (compiled_) return;
  SQLiteStatementImpl::compileImpl();
  extraction_->expect(columnsReturned());
  if (count_ != 0) binding_->bind_to(compiled());
  compiled_ = true;
}

/// The connector keeps it to itself, but SQLite knows all statements of a connection, each with its
/// text up to the semicolon. A session has every text once.
sqlite3_stmt* Prepared::compiled() const {
  sqlite3_stmt* found = nullptr;
  std::size_t longest = 0;
  for (sqlite3_stmt* each = ::sqlite3_next_stmt(handle_, nullptr); each != nullptr;
       each = ::sqlite3_next_stmt(handle_, each)) {
    const std::string_view text = ::sqlite3_sql(each);
    if (text.size() <= longest || !text_.starts_with(text)) continue;
    found = each;
    longest = text.size();
  }
  if (found == nullptr) throw std::logic_error("SQLite does not know a statement that it has");
  return found;
}

}  // namespace portico::sql
