// SPDX-License-Identifier: Apache-2.0
#include "model/decision.h"

#include "condition/condition.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace portico::rbac {
namespace {

using Found = GrantTable::Found;

class Weighing {
 public:
  /// How many tenures are looked at together.
  static constexpr std::size_t Together = 8;

  Weighing(const Book& book, const Query& query) noexcept : book_(book), query_(query) {}

  /// Of somebody who was not asked about lately nothing is in a cache. So what is known to be read
  /// is sent for at once: first the terms of all, then what the book has of their roles.
  void add(std::span<const Tenure> tenures) noexcept {
    std::array<const Heritage*, Together> heritages;
    for (const Tenure& tenure : tenures) tenure.expect();
    for (std::size_t i = 0; i < tenures.size(); ++i) {
      heritages[i] = book_.heritage(tenures[i].role());
      if (heritages[i] != nullptr) heritages[i]->expect();
    }
    for (std::size_t i = 0; i < tenures.size() && !closed(); ++i) {
      if (heritages[i] != nullptr) add(tenures[i], *heritages[i]);
    }
  }

  /// Nothing that is still to come changes the decision.
  [[nodiscard]] bool closed() const noexcept { return deny_.always; }

  [[nodiscard]] Decision decision() const noexcept {
    if (deny_.found) return of(deny_, Reason::DeniedByGrant, deny_.always);
    if (allow_.found) return of(allow_, Reason::Granted, allow_.always && !deniable_);
    if (failed_.found) return of(failed_, Reason::ConditionFailed, false);
    const Reason reason = counted_ ? Reason::NothingMatches : Reason::NoAssignment;
    const bool same_reason = steady_ || !fleeting_;
    return {.reason = reason, .settled = same_reason && !deniable_ && !allowable_};
  }

 private:
  void add(const Tenure& tenure, const Heritage& heritage) noexcept {
    const Standing standing{tenure.counts(query_.scope, query_.now), tenure.always()};
    counted_ |= standing.counts;
    (standing.always ? steady_ : fleeting_) = true;
    add_denies(heritage, standing);
    if (!deny_.found) add_allows(heritage, standing);
  }

  /// Of a tenure.
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

  // Both look at what does not count as well: one day, or elsewhere, they do.

  void add_denies(const Heritage& heritage, const Standing& standing) noexcept {
    heritage.search(query_.matches.of(Effect::Deny), [&](const Found& found) noexcept {
      deniable_ = true;
      const bool always = standing.always && found.condition == GrantTable::Always;
      if (always || (standing.counts && !deny_.found && applies(found.condition))) {
        deny_ = kept(found, always);
      }
      return always;
    });
  }

  void add_allows(const Heritage& heritage, const Standing& standing) noexcept {
    if (allow_.always || (allow_.found && !standing.always)) return;
    heritage.search(query_.matches.of(Effect::Allow), [&](const Found& found) noexcept {
      allowable_ = true;
      if (!standing.counts) return true;
      const bool plain = found.condition == GrantTable::Always;
      if (plain || (!allow_.found && holds(found.condition))) {
        allow_ = kept(found, plain && standing.always);
      } else if (!allow_.found && !failed_.found) {
        failed_ = kept(found, false);
      }
      return plain;
    });
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
  bool counted_ = false;    // Some assignment counts.
  bool steady_ = false;     // Some counts always.
  bool fleeting_ = false;   // Some does not.
  bool deniable_ = false;   // Some deny is about this, whether it applies or not.
  bool allowable_ = false;  // Some allow is, whether it holds or not.
  Kept deny_;
  Kept allow_;
  Kept failed_;
};

}  // namespace

Decision decide(const Book& book, std::span<const Tenure> tenures, const Query& query) noexcept {
  Weighing weighing(book, query);
  while (!tenures.empty() && !weighing.closed()) {
    const std::size_t count = std::min(tenures.size(), Weighing::Together);
    weighing.add(tenures.first(count));
    tenures = tenures.subspan(count);
  }
  return weighing.decision();
}

Decision decide(const Book& book, std::span<const Assignment> assignments,
                const Query& query) noexcept {
  Weighing weighing(book, query);
  std::array<Tenure, Weighing::Together> some;
  while (!assignments.empty() && !weighing.closed()) {
    const std::size_t count = std::min(assignments.size(), some.size());
    for (std::size_t i = 0; i < count; ++i) some[i] = Tenure(assignments[i]);
    weighing.add(std::span(some).first(count));
    assignments = assignments.subspan(count);
  }
  return weighing.decision();
}

}  // namespace portico::rbac
