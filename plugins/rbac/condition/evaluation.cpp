// SPDX-License-Identifier: Apache-2.0
#include "condition/evaluation.h"

namespace portico::rbac::condition {
namespace {

Value operand_value(const Operand& operand, const Attributes& attributes) noexcept {
  if (const auto* const attribute = std::get_if<Attribute>(&operand)) {
    return attributes.find(*attribute);
  }
  return value_of(*std::get_if<Literal>(&operand));
}

bool holds(Comparison::Kind kind, std::partial_ordering order) noexcept {
  switch (kind) {
    case Comparison::Kind::Equal: return std::is_eq(order);
    case Comparison::Kind::NotEqual: return std::is_neq(order);
    case Comparison::Kind::Less: return std::is_lt(order);
    case Comparison::Kind::LessOrEqual: return std::is_lteq(order);
    case Comparison::Kind::Greater: return std::is_gt(order);
    case Comparison::Kind::GreaterOrEqual: return std::is_gteq(order);
  }
  return false;
}

Truth compare(Comparison::Kind kind, const Value& left, const Value& right) noexcept {
  const bool ranks = kind != Comparison::Kind::Equal && kind != Comparison::Kind::NotEqual;
  if (ranks && std::holds_alternative<bool>(left)) return Truth::Unknown;
  const std::partial_ordering found = order(left, right);
  return found == std::partial_ordering::unordered ? Truth::Unknown : truth_of(holds(kind, found));
}

// An empty text is what a claim or a field holds that was never filled in: it would begin every
// text, and its holder would own whatever has no owner.
bool is_empty_text(const Value& value) noexcept {
  const auto* const text = std::get_if<std::string_view>(&value);
  return text != nullptr && text->empty();
}

Truth leaf_truth(const Comparison& node, const Attributes& attributes) noexcept {
  return compare(node.kind, attributes.find(node.left), operand_value(node.right, attributes));
}

/// The same as an "or" of "eq"s.
Truth leaf_truth(const Membership& node, const Attributes& attributes) noexcept {
  const Value value = attributes.find(node.attribute);
  Truth truth = Truth::No;
  for (const Literal& each : node.list) {
    truth = either(truth, compare(Comparison::Kind::Equal, value, value_of(each)));
    if (truth == Truth::Yes) break;
  }
  return truth;
}

Truth leaf_truth(const Prefix& node, const Attributes& attributes) noexcept {
  const Value whole = attributes.find(node.attribute);
  const Value begin = operand_value(node.prefix, attributes);
  const auto* const text = std::get_if<std::string_view>(&whole);
  const auto* const prefix = std::get_if<std::string_view>(&begin);
  if (text == nullptr || prefix == nullptr || prefix->empty()) return Truth::Unknown;
  return truth_of(text->starts_with(*prefix));
}

Truth leaf_truth(const Existence& node, const Attributes& attributes) noexcept {
  return truth_of(!std::holds_alternative<std::monostate>(attributes.find(node.attribute)));
}

Truth leaf_truth(const Network& node, const Attributes& attributes) noexcept {
  const Value value = attributes.find(node.attribute);
  const auto* const text = std::get_if<std::string_view>(&value);
  const auto address = text != nullptr ? parse_address(*text) : std::nullopt;
  if (!address) return Truth::Unknown;
  for (const Block& block : node.blocks) {
    if (block.contains(*address)) return Truth::Yes;
  }
  return Truth::No;
}

Truth leaf_truth(const Hours& node, const Attributes& attributes) noexcept {
  return truth_of(node.contain(attributes.time()));
}

Truth leaf_truth(const Weekdays& node, const Attributes& attributes) noexcept {
  return truth_of(node.contain(attributes.time()));
}

Truth leaf_truth(const Ownership& node, const Attributes& attributes) noexcept {
  const Value owner = attributes.find(node.attribute);
  if (is_empty_text(owner)) return Truth::Unknown;
  return compare(Comparison::Kind::Equal, owner, attributes.find(node.subject));
}

class Evaluation {
 public:
  Evaluation(const Nodes& nodes, const Attributes& attributes) noexcept
      : nodes_(nodes), attributes_(attributes) {}

  [[nodiscard]] Truth at(std::uint32_t index) const noexcept {
    return std::visit([&](const auto& what) { return of(what, index); }, nodes_[index].what);
  }

 private:
  [[nodiscard]] Truth of(const AllOf& /*unused*/, std::uint32_t index) const noexcept {
    Truth truth = Truth::Yes;
    for (std::uint32_t each = index + 1; each < nodes_[index].end; each = nodes_[each].end) {
      truth = both(truth, at(each));
      if (truth == Truth::No) break;
    }
    return truth;
  }

  [[nodiscard]] Truth of(const AnyOf& /*unused*/, std::uint32_t index) const noexcept {
    Truth truth = Truth::No;
    for (std::uint32_t each = index + 1; each < nodes_[index].end; each = nodes_[each].end) {
      truth = either(truth, at(each));
      if (truth == Truth::Yes) break;
    }
    return truth;
  }

  [[nodiscard]] Truth of(const NotSo& /*unused*/, std::uint32_t index) const noexcept {
    return negated(at(index + 1));
  }

  template <class Leaf>
  [[nodiscard]] Truth of(const Leaf& leaf, std::uint32_t /*unused*/) const noexcept {
    return leaf_truth(leaf, attributes_);
  }

  const Nodes& nodes_;
  const Attributes& attributes_;
};

}  // namespace

Truth truth_at(const Nodes& nodes, std::uint32_t at, const Attributes& attributes) noexcept {
  return Evaluation(nodes, attributes).at(at);
}

}  // namespace portico::rbac::condition
