// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Sql`: a database, as one instance of a plugin uses it.
#pragma once

#include "sql/store.h"
#include <portico/sql.h>

#include <atomic>
#include <memory>
#include <utility>

namespace portico::sql {

class Client final : public Sql {
 public:
  explicit Client(std::shared_ptr<Store> store) : user_(std::move(store)) {}

  static Client& of(Sql& sql) noexcept { return static_cast<Client&>(sql); }
  static const Client& of(const Sql& sql) noexcept { return static_cast<const Client&>(sql); }

  /// The instance starts: before that nothing is asked, for its file may be refused yet.
  void start() noexcept { started_ = true; }
  [[nodiscard]] Store& store() const noexcept { return user_.store(); }
  /// The same, for a call. Throws std::logic_error where none may be made.
  [[nodiscard]] Store& store_to_ask() const;

 private:
  const Store::User user_;
  std::atomic<bool> started_{false};
};

}  // namespace portico::sql
