// SPDX-License-Identifier: Apache-2.0
// The middleware `rbac`, and what all of its places share.
#pragma once

#include "gate/decision_log.h"
#include "gate/knowledge.h"
#include "gate/looked_up.h"
#include "gate/questions.h"
#include "gate/view.h"
#include "settings.h"
#include <portico/identity.h>
#include <portico/per_thread.h>
#include <portico/plugin.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::rbac {

/// Who says which roles a caller has.
enum class RoleSource : std::uint8_t {
  Database,
  Token,    ///< The token itself, of an issuer who is trusted with it.
  Nowhere,  ///< Nobody is: the caller has none.
};

class Gate {
 public:
  /// All last as long as this.
  Gate(const Config& config, Knowledge& knowledge, LookedUp& looked_up, DecisionLog& log);
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  void setup(Registrar& registrar);
  /// `issuer` is whose users the database knows; everybody's where it is empty.
  void start(std::string_view issuer) { issuer_ = issuer; }
  /// The rule of a route that asks for one permission.
  [[nodiscard]] Callable<Flow(Request&)> guard(std::string_view permission);

  // For the rules, on loops.

  [[nodiscard]] Knowledge& knowledge() noexcept { return knowledge_; }
  [[nodiscard]] LookedUp& looked_up() noexcept { return looked_up_; }
  [[nodiscard]] View& view() { return views_.here(); }
  [[nodiscard]] RoleSource source_of(const Principal& caller) const noexcept;
  void allowed(const Verdict& verdict) { log_.allowed(verdict); }
  /// Returns the id of the decision.
  [[nodiscard]] std::string refused(const Verdict& verdict) { return log_.refused(verdict); }

 private:
  const Config& config_;
  Knowledge& knowledge_;
  LookedUp& looked_up_;
  DecisionLog& log_;
  Questions questions_;
  std::string issuer_;
  PerThread<View> views_;
};

}  // namespace portico::rbac
