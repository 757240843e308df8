// SPDX-License-Identifier: Apache-2.0
#include "model/inheritance.h"

#include <bit>

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
    std::ranges::fill(bits_, 0U);
    gather(role);
    std::size_t count = 0;
    for (const std::uint32_t word : bits_) count += static_cast<std::size_t>(std::popcount(word));
    Row row{.begin = made_.words_.size(), .listed = count <= bits_.size()};
    if (row.listed) {
      append_list(row);
    } else {
      made_.words_.insert(made_.words_.end(), bits_.begin(), bits_.end());
    }
    row.size = static_cast<std::uint32_t>(made_.words_.size() - row.begin);
    made_.rows_[role] = row;
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
      } else if (!test_and_set(next)) {
        const auto above = parents_.of(next);
        ways_.insert(ways_.end(), above.begin(), above.end());
      }
    }
  }
  void add(const Lineage& lineage) {
    if (lineage.listed()) {
      for (const std::uint32_t role : lineage.words()) test_and_set(role);
    } else {
      for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] |= lineage.words()[i];
    }
  }
  bool test_and_set(std::uint32_t role) {
    std::uint32_t& word = bits_[role / Lineage::Bits];
    const std::uint32_t bit = std::uint32_t{1} << role % Lineage::Bits;
    const bool was = (word & bit) != 0;
    word |= bit;
    return was;
  }
  void append_list(Row& row) {
    for (std::uint32_t i = 0; i < bits_.size(); ++i) {
      for (std::uint32_t word = bits_[i]; word != 0; word &= word - 1) {
        const std::uint32_t role =
            i * Lineage::Bits + static_cast<std::uint32_t>(std::countr_zero(word));
        made_.words_.push_back(role);
        row.sketch |= std::uint64_t{1} << role % 64;
      }
    }
  }

  Inheritance& made_;
  const Parents& parents_;
  std::vector<std::uint32_t> bits_;
  std::vector<std::uint32_t> ways_;
};

Inheritance::Inheritance(std::span<const Role> roles, const RoleIndex& index)
    : rows_(roles.size()) {
  const Parents parents(roles, index);
  Maker maker(*this, parents);
  for (const std::uint32_t role : parents_first(parents)) maker.make(role);
}

}  // namespace portico::rbac
