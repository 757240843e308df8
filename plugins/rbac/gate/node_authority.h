// SPDX-License-Identifier: Apache-2.0
// What this node knows, for the routes of the API.
#pragma once

#include "api/authority.h"
#include "gate/decision_log.h"
#include "gate/gate.h"
#include "gate/knowledge.h"
#include "gate/looked_up.h"
#include "gate/news.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::rbac {

class NodeAuthority final : public Authority {
 public:
  /// All last as long as this.
  NodeAuthority(Knowledge& knowledge, LookedUp& looked_up, const Gate& gate, News& news,
                DecisionLog& log) noexcept
      : knowledge_(knowledge), looked_up_(looked_up), gate_(gate), news_(news), log_(log) {}

  [[nodiscard]] std::shared_ptr<const Book> book() override { return knowledge_.book(); }
  [[nodiscard]] std::int64_t version() override { return knowledge_.version(); }
  [[nodiscard]] std::shared_ptr<const std::vector<Assignment>> assignments(
      std::string_view user) override {
    return looked_up_.get(user);
  }
  [[nodiscard]] std::shared_ptr<const std::vector<Assignment>> held_by(
      const Principal& caller) override;
  [[nodiscard]] bool catch_up(std::int64_t version) override {
    if (knowledge_.version() < version) (void)knowledge_.learn();
    return knowledge_.version() >= version;
  }
  void committed(std::int64_t version) override { news_.committed(version); }
  void decided(LoggedDecision decision) override { log_.add(std::move(decision)); }

 private:
  Knowledge& knowledge_;
  LookedUp& looked_up_;
  const Gate& gate_;
  News& news_;
  DecisionLog& log_;
};

}  // namespace portico::rbac
