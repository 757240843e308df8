// SPDX-License-Identifier: Apache-2.0
// Who is chosen: prepared when endpoints are published, immutable, and read on all loops.
#pragma once

#include "balance/balance_settings.h"
#include "balance/ring.h"
#include "health/health.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace portico::proxy {

class Table {
 public:
  static constexpr std::size_t None = static_cast<std::size_t>(-1);

  struct Member {
    std::uint64_t id = 0;  ///< The same for the same endpoint, on every node and after every start.
    std::uint32_t weight = 1;
    std::uint32_t priority = 0;
  };
  /// What a request brings along.
  struct Wish {
    std::optional<std::uint64_t> key{};     ///< Of `hash`.
    std::optional<std::uint64_t> sticky{};  ///< The id of the endpoint that it had before.
  };

  /// `health` must outlive this.
  Table(Method method, std::vector<Member> members, const Health& health);

  /// The endpoint for a request, or None. `Chooser` is a Choice, or a test's: tried, load, turn,
  /// random.
  template <class Chooser>
  [[nodiscard]] std::size_t pick(Chooser& chooser, const Wish& wish) const;

  [[nodiscard]] std::uint64_t id(std::size_t endpoint) const noexcept {
    return members_[endpoint].id;
  }

 private:
  /// Endpoints of one priority.
  struct Tier {
    std::vector<std::uint32_t> members;
    std::vector<std::uint32_t> turns;
    Ring ring;
  };
  enum class Care : std::uint8_t {
    Usable,    ///< Endpoints that are up, and new to this request.
    Repeated,  ///< Those that are up.
    None,      ///< Any.
  };
  static constexpr int Draws = 8;

  [[nodiscard]] std::size_t find(std::uint64_t id) const noexcept;
  /// Whether so few of them are up that asking these alone would break them too.
  [[nodiscard]] bool in_panic(const Tier& tier) const;
  template <class Chooser>
  [[nodiscard]] bool suits(Chooser& chooser, std::size_t endpoint, Care care) const;
  template <class Chooser>
  [[nodiscard]] std::size_t draw(Chooser& chooser, const Tier& tier, const Wish& wish) const;
  template <class Chooser>
  [[nodiscard]] std::size_t search(Chooser& chooser, const Tier& tier, const Wish& wish,
                                   Care care) const;
  template <class Chooser>
  [[nodiscard]] std::size_t less_busy(Chooser& chooser, const Tier& tier) const;
  template <class Chooser>
  [[nodiscard]] static std::size_t any(Chooser& chooser, const Tier& tier) {
    return tier.turns[chooser.random() % tier.turns.size()];
  }

  Method method_;
  std::vector<Member> members_;
  std::vector<Tier> tiers_;
  const Health& health_;
};

template <class Chooser>
std::size_t Table::pick(Chooser& chooser, const Wish& wish) const {
  if (wish.sticky) {
    const std::size_t before = find(*wish.sticky);
    if (before != None && suits(chooser, before, Care::Usable)) return before;
  }
  std::size_t in_need = None;
  for (const Tier& tier : tiers_) {
    const std::size_t drawn = draw(chooser, tier, wish);
    if (suits(chooser, drawn, Care::Usable)) return drawn;
    if (in_panic(tier)) {
      if (in_need == None && !chooser.tried(drawn)) in_need = drawn;
      continue;
    }
    const std::size_t found = search(chooser, tier, wish, Care::Usable);
    if (found != None) return found;
  }
  if (in_need != None) return in_need;
  for (const Care care : {Care::Repeated, Care::None}) {
    for (const Tier& tier : tiers_) {
      const std::size_t found = search(chooser, tier, wish, care);
      if (found != None) return found;
    }
  }
  return None;
}

template <class Chooser>
bool Table::suits(Chooser& chooser, std::size_t endpoint, Care care) const {
  if (care == Care::None) return true;
  if (care == Care::Usable && chooser.tried(endpoint)) return false;
  return health_.usable(endpoint);
}

/// The first draw, which is the last one as long as all is well.
template <class Chooser>
std::size_t Table::draw(Chooser& chooser, const Tier& tier, const Wish& wish) const {
  std::size_t drawn = None;
  if (method_ == Method::Hash && wish.key) {
    tier.ring.walk(*wish.key, [&drawn](std::size_t endpoint) {
      drawn = endpoint;
      return true;
    });
    return drawn;
  }
  switch (method_) {
    case Method::LeastConnections: drawn = less_busy(chooser, tier); break;
    case Method::Random: drawn = any(chooser, tier); break;
    default: drawn = tier.turns[chooser.turn() % tier.turns.size()]; break;
  }
  // Who has just come back lets most of its turns pass.
  for (int i = 0; i < Draws; ++i) {
    const std::uint32_t share = health_.share(drawn);
    if (share == Health::Whole || chooser.random() % Health::Whole < share) break;
    drawn = any(chooser, tier);
  }
  return drawn;
}

/// Of an endpoint that is out, each of the others takes over its part: hence by chance, and one
/// after another only when chance did not help.
template <class Chooser>
std::size_t Table::search(Chooser& chooser, const Tier& tier, const Wish& wish, Care care) const {
  std::size_t found = None;
  const auto wants = [&](std::size_t endpoint) {
    if (!suits(chooser, endpoint, care)) return false;
    found = endpoint;
    return true;
  };
  if (method_ == Method::Hash && wish.key) {
    tier.ring.walk(*wish.key, wants);
    return found;
  }
  for (int i = 0; i < Draws; ++i) {
    if (wants(any(chooser, tier))) return found;
  }
  for (const std::uint32_t member : tier.members) {
    if (wants(member)) return found;
  }
  return None;
}

/// Of two at random: almost as good as the least busy of all, and no loop runs after the same one
/// as all the others.
template <class Chooser>
std::size_t Table::less_busy(Chooser& chooser, const Tier& tier) const {
  const std::size_t one = any(chooser, tier);
  std::size_t other = any(chooser, tier);
  for (int i = 0; i < Draws && other == one; ++i) other = any(chooser, tier);
  if (!suits(chooser, other, Care::Usable)) return one;
  if (!suits(chooser, one, Care::Usable)) return other;
  const auto cost = [&](std::size_t mine, std::size_t its) {
    return (std::uint64_t{chooser.load(mine)} + 1) * members_[its].weight;
  };
  return cost(other, one) < cost(one, other) ? other : one;
}

}  // namespace portico::proxy
