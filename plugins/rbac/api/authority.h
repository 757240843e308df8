// SPDX-License-Identifier: Apache-2.0
// What the routes need of the rest of the plugin. Called on the threads of handlers, several at
// once; may block.
#pragma once

#include "model/assignment.h"
#include "model/book.h"
#include "store/decisions.h"
#include <portico/identity.h>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace portico::rbac {

class Authority {
 public:
  Authority() = default;
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;
  virtual ~Authority() = default;

  [[nodiscard]] virtual std::shared_ptr<const Book> book() = 0;
  /// Up to which change of roles and assignments this node has applied.
  [[nodiscard]] virtual std::int64_t version() = 0;
  /// Of a user: at least as new as `version` was before the call.
  [[nodiscard]] virtual std::shared_ptr<const std::vector<Assignment>> assignments(
      std::string_view user) = 0;
  /// Of whoever calls: what the database or, where that is trusted, the token says.
  [[nodiscard]] virtual std::shared_ptr<const std::vector<Assignment>> held_by(
      const Principal& caller) = 0;
  /// Applies what others have changed, up to that version at least; false where there is none such.
  [[nodiscard]] virtual bool catch_up(std::int64_t version) = 0;
  /// A change was committed: this node applies it before it returns, and others are told.
  virtual void committed(std::int64_t version) = 0;
  /// For the log of decisions.
  virtual void decided(LoggedDecision decision) = 0;
};

}  // namespace portico::rbac
