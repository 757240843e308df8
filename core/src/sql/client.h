// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Sql`: a database, as one instance of a plugin uses it.
#pragma once

#include "sql/store.h"
#include <portico/sql.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace portico::sql {

class Client final : public Sql {
 public:
  explicit Client(std::shared_ptr<Store> store) : user_(std::move(store)) {}

  static Client& of(Sql& sql) noexcept { return static_cast<Client&>(sql); }
  static const Client& of(const Sql& sql) noexcept { return static_cast<const Client&>(sql); }

  /// The instance starts: before that nothing is asked, for its file may be refused yet.
  void start() noexcept { started_ = true; }
  /// In a process that starts no instance: whoever asks first calls this, and it is as if started.
  void start_when_asked(std::function<void(Store&)> prepare);
  [[nodiscard]] Store& store() const noexcept { return user_.store(); }
  [[nodiscard]] const std::shared_ptr<Store>& shared() const noexcept { return user_.shared(); }
  /// The same, for a call. Throws std::logic_error where none may be made.
  [[nodiscard]] Store& store_to_ask();

 private:
  const Store::User user_;
  std::atomic<bool> started_{false};
  std::mutex preparing_;
  std::function<void(Store&)> prepare_;
};

}  // namespace portico::sql
