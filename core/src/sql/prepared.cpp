// SPDX-License-Identifier: Apache-2.0
#include "sql/prepared.h"

#include "sql/statement_check.h"

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
          // The connector takes an empty blob for a null.
          binder->bind(position, texts_.emplace_back());
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
      count_(checked_count(statement)),
      binding_(new ValueBinding(count_)),
      extraction_(new RowExtraction(std::string(statement.name))) {
  add(std::string(statement.text));
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
  compiled_ = true;
}

}  // namespace portico::sql
