// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Jobs`: the work of a database, as one instance of a plugin sees it.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "jobs/service.h"
#include "sql/client.h"
#include <portico/jobs.h>

#include <memory>
#include <string>
#include <string_view>

namespace portico::jobs {

class Client final : public Jobs {
 public:
  struct Parts {
    std::string plugin;
    const void* owner;
    sql::Client& sql;
    const base::Clock& clock;
    base::Ids& ids;
    /// Null where nothing is done: in a check, in a command.
    Service* service;
    std::shared_ptr<Dispatcher> dispatcher;  // Shared with others who work on that database.
  };
  explicit Client(Parts parts) : parts_(std::move(parts)) {}

  static Client& of(Jobs& jobs) noexcept { return static_cast<Client&>(jobs); }

  [[nodiscard]] std::string kind(std::string_view its_name) const;
  [[nodiscard]] const Parts& parts() const noexcept { return parts_; }
  /// Begins nothing new; does not wait for what is under way.
  void withdraw() noexcept;
  /// Waits for it.
  void disband() noexcept;

 private:
  const Parts parts_;
};

}  // namespace portico::jobs
