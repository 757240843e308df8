// SPDX-License-Identifier: Apache-2.0
// One place of use: decides on the loop, by what its thread knows of the caller. A caller of whom
// nothing is known yet is looked up by a worker first.
#pragma once

#include "gate/demand.h"
#include "gate/view.h"
#include <portico/flow.h>
#include <portico/identity.h>

#include <optional>

namespace portico::rbac {

class Gate;

class Rule {
 public:
  Rule(Demand demand, Gate& gate) : demand_(std::move(demand)), gate_(gate) {}

  [[nodiscard]] Flow serve(Request& request) const;

 private:
  /// One request, about to be judged.
  struct Case {
    Request& request;
    const Principal& caller;
    View& view;
    Holding& holding;
  };

  /// Null where the database has to be asked first.
  [[nodiscard]] Holding* holding_of(const Principal& caller, View& view) const;
  [[nodiscard]] Flow look_up(const Principal& caller) const;
  /// Whether an answer that stays open may do so.
  [[nodiscard]] bool still_holds(Request& request) const;
  [[nodiscard]] Flow judge(const Case& asked) const;
  [[nodiscard]] Decision decide(const Case& asked) const;
  [[nodiscard]] Decision decide(const Case& asked, const Demand::Permission& permission) const;
  [[nodiscard]] Decision decide_role(const Case& asked) const;
  [[nodiscard]] Decision ask(const Case& asked, Question question) const;
  [[nodiscard]] bool is_owner(const Case& asked) const noexcept;
  [[nodiscard]] std::string_view scope(const Case& asked) const;

  Demand demand_;
  Gate& gate_;
};

}  // namespace portico::rbac
