// SPDX-License-Identifier: Apache-2.0
#include "model/decision.h"

#include "condition/condition.h"

#include <algorithm>
#include <cstddef>

namespace portico::rbac {
namespace {

using Found = GrantTable::Found;

class Weighing {
 public:
  Weighing(const Book& book, const Query& query) noexcept : book_(book), query_(query) {}

  void add(const Assignment& assignment) noexcept {
    const std::uint32_t place = book_.place(assignment.role);
    if (place == Book::None) return;
    const Heritage heritage = book_.heritage(place);
    const Standing standing{assignment.counts(query_.scope, query_.now), assignment.always()};
    counted_ |= standing.counts;
    fleeting_ |= !standing.always;
    add_denies(heritage, standing);
    if (standing.counts && !deny_.found) add_allows(heritage, standing);
  }

  /// Nothing that is still to come changes the decision.
  [[nodiscard]] bool closed() const noexcept { return deny_.always; }

  [[nodiscard]] Decision decision() const noexcept {
    if (deny_.found) return of(deny_, Reason::DeniedByGrant, deny_.always);
    if (allow_.found) return of(allow_, Reason::Granted, allow_.always && !deniable_);
    if (failed_.found) return of(failed_, Reason::ConditionFailed, false);
    const Reason reason = counted_ ? Reason::NothingMatches : Reason::NoAssignment;
    return {.reason = reason, .settled = !fleeting_ && !deniable_};
  }

 private:
  /// Of an assignment.
  struct Standing {
    bool counts;
    bool always;
  };
  struct Kept {
    bool found = false;
    bool always = false;  // Holds for every time, scope and attribute.
    std::uint32_t role = 0;
    std::uint32_t grant = 0;
  };

  static Kept kept(const Found& found, bool always) noexcept {
    return {true, always, found.role, found.grant};
  }
  [[nodiscard]] Decision of(const Kept& kept, Reason reason, bool settled) const noexcept {
    return {reason == Reason::Granted, reason, book_.number(kept.role), kept.grant, settled};
  }

  /// Looks at those of assignments that do not count as well: one day they may.
  void add_denies(const Heritage& heritage, const Standing& standing) noexcept {
    for (const std::uint32_t pattern : query_.matches.of(Effect::Deny)) {
      heritage.search(pattern, [&](const Found& found) noexcept {
        deniable_ = true;
        const bool always = standing.always && found.condition == GrantTable::Always;
        if (always || (standing.counts && !deny_.found && applies(found.condition))) {
          deny_ = kept(found, always);
        }
        return always;
      });
      if (closed()) return;
    }
  }

  void add_allows(const Heritage& heritage, const Standing& standing) noexcept {
    if (allow_.always || (allow_.found && !standing.always)) return;
    for (const std::uint32_t pattern : query_.matches.of(Effect::Allow)) {
      const bool enough = heritage.search(pattern, [&](const Found& found) noexcept {
        const bool plain = found.condition == GrantTable::Always;
        if (plain || (!allow_.found && holds(found.condition))) {
          allow_ = kept(found, plain && standing.always);
        } else if (!allow_.found && !failed_.found) {
          failed_ = kept(found, false);
        }
        return plain;
      });
      if (enough) return;
    }
  }

  [[nodiscard]] bool applies(std::uint32_t condition) const noexcept {
    return condition == GrantTable::Always ||
           book_.condition(condition).truth(query_.attributes) != Truth::No;
  }
  [[nodiscard]] bool holds(std::uint32_t condition) const noexcept {
    return condition != GrantTable::Never &&
           book_.condition(condition).truth(query_.attributes) == Truth::Yes;
  }

  const Book& book_;
  const Query& query_;
  bool counted_ = false;   // Some assignment counts.
  bool fleeting_ = false;  // Some does not always.
  bool deniable_ = false;  // Some deny is about this, whether it applies or not.
  Kept deny_;
  Kept allow_;
  Kept failed_;
};

/// Of somebody who was not asked about lately no assignment is in a cache: all are sent for at
/// once, instead of one after the other.
void expect(std::span<const Assignment> assignments) noexcept {
  constexpr std::size_t Most = 8;
  for (const Assignment& each : assignments.first(std::min(assignments.size(), Most))) {
    __builtin_prefetch(&each);
  }
}

}  // namespace

Decision decide(const Book& book, std::span<const Assignment> assignments,
                const Query& query) noexcept {
  expect(assignments);
  Weighing weighing(book, query);
  for (const Assignment& assignment : assignments) {
    weighing.add(assignment);
    if (weighing.closed()) break;
  }
  return weighing.decision();
}

}  // namespace portico::rbac
