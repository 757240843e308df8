// SPDX-License-Identifier: Apache-2.0
#include "model/inheritance.h"

#include <algorithm>
#include <cstddef>

namespace portico::rbac {
namespace {

/// For each role the places of its parents, one list after the other.
class Parents {
 public:
  Parents(std::span<const Role> roles, const RoleIndex& index) {
    begins_.reserve(roles.size() + 1);
    for (const Role& role : roles) {
      begins_.push_back(places_.size());
      for (const std::int64_t parent : role.parents) {
        const std::uint32_t place = index.find(parent);
        if (place != RoleIndex::None) places_.push_back(place);
      }
    }
    begins_.push_back(places_.size());
  }

  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t role) const noexcept {
    return {places_.data() + begins_[role], begins_[role + 1] - begins_[role]};
  }
  [[nodiscard]] std::uint32_t roles() const noexcept {
    return static_cast<std::uint32_t>(begins_.size() - 1);
  }

 private:
  std::vector<std::size_t> begins_;
  std::vector<std::uint32_t> places_;
};

/// All roles, parents before children; at the end those that are in a circle or below one.
std::vector<std::uint32_t> parents_first(const Parents& parents) {
  const std::uint32_t count = parents.roles();
  std::vector<std::vector<std::uint32_t>> children(count);
  std::vector<std::size_t> missing(count);
  std::vector<std::uint32_t> order;
  for (std::uint32_t role = 0; role < count; ++role) {
    missing[role] = parents.of(role).size();
    for (const std::uint32_t parent : parents.of(role)) children[parent].push_back(role);
    if (missing[role] == 0) order.push_back(role);
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    for (const std::uint32_t child : children[order[next]]) {
      if (--missing[child] == 0) order.push_back(child);
    }
  }
  for (std::uint32_t role = 0; role < count; ++role) {
    if (missing[role] > 0) order.push_back(role);
  }
  return order;
}

}  // namespace

class Inheritance::Maker {
 public:
  Maker(Inheritance& made, const Parents& parents)
      : made_(made),
        parents_(parents),
        bits_((parents.roles() + Lineage::Bits - 1) / Lineage::Bits) {}

  void make(std::uint32_t role) {
    gather(role);
    Row row{.begin = made_.words_.size()};
    row.listed = !wide_ && found_.size() <= bits_.size();
    if (row.listed) {
      std::ranges::sort(found_);
      for (const std::uint32_t each : found_) row.sketch |= std::uint64_t{1} << each % 64;
    }
    const std::vector<std::uint32_t>& words = row.listed ? found_ : bits_;
    made_.words_.insert(made_.words_.end(), words.begin(), words.end());
    row.size = static_cast<std::uint32_t>(words.size());
    made_.rows_[role] = row;
    forget();
  }

 private:
  /// Goes up only where what is above is not known yet, which outside of circles is nowhere.
  void gather(std::uint32_t role) {
    ways_.assign(1, role);
    while (!ways_.empty()) {
      const std::uint32_t next = ways_.back();
      ways_.pop_back();
      if (made_.rows_[next].size > 0) {
        add(made_.of(next));
      } else if (add(next)) {
        const auto above = parents_.of(next);
        ways_.insert(ways_.end(), above.begin(), above.end());
      }
    }
  }
  void add(const Lineage& lineage) {
    if (lineage.listed()) {
      for (const std::uint32_t role : lineage.words()) add(role);
      return;
    }
    wide_ = true;
    for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] |= lineage.words()[i];
  }
  /// Whether it was not there yet.
  bool add(std::uint32_t role) {
    std::uint32_t& word = bits_[role / Lineage::Bits];
    const std::uint32_t bit = std::uint32_t{1} << role % Lineage::Bits;
    if ((word & bit) != 0) return false;
    word |= bit;
    found_.push_back(role);
    return true;
  }
  void forget() {
    if (wide_) std::ranges::fill(bits_, 0U);
    for (const std::uint32_t role : found_) bits_[role / Lineage::Bits] = 0;
    found_.clear();
    wide_ = false;
  }

  Inheritance& made_;
  const Parents& parents_;
  std::vector<std::uint32_t> bits_;   // One for each role that is there.
  std::vector<std::uint32_t> found_;  // The same roles, but for those of rows of bits.
  bool wide_ = false;                 // There are such.
  std::vector<std::uint32_t> ways_;
};

Inheritance::Inheritance(std::span<const Role> roles, const RoleIndex& index)
    : rows_(roles.size()) {
  const Parents parents(roles, index);
  Maker maker(*this, parents);
  for (const std::uint32_t role : parents_first(parents)) maker.make(role);
}

}  // namespace portico::rbac
