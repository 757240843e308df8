// SPDX-License-Identifier: Apache-2.0
// What a condition is made of, once it is read: nodes in one flat row, each before those within it.
// Values, any thread.
#pragma once

#include "condition/address.h"
#include "condition/attributes.h"
#include "condition/clock_time.h"
#include "condition/value.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::rbac::condition {

using Operand = std::variant<Attribute, Literal>;

/// "and", "or", "not" of the nodes that follow.
struct AllOf {
  bool operator==(const AllOf&) const = default;
};
struct AnyOf {
  bool operator==(const AnyOf&) const = default;
};
struct NotSo {
  bool operator==(const NotSo&) const = default;
};

struct Comparison {
  enum class Kind : std::uint8_t { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };
  /// As JSON has them, in the order of Kind.
  static constexpr std::array<std::string_view, 6> Names{"eq", "ne", "lt", "lte", "gt", "gte"};

  Kind kind;
  Attribute left;
  Operand right;
  bool operator==(const Comparison&) const = default;
};

struct Membership {  // "in"
  Attribute attribute;
  std::vector<Literal> list;
  bool operator==(const Membership&) const = default;
};

struct Prefix {
  Attribute attribute;
  Operand prefix;
  bool operator==(const Prefix&) const = default;
};

struct Existence {
  Attribute attribute;
  bool operator==(const Existence&) const = default;
};

struct Network {  // "cidr"
  Attribute attribute;
  std::vector<Block> blocks;
  bool operator==(const Network&) const = default;
};

struct Ownership {
  Attribute attribute;
  Attribute subject{Root::Subject, "id"};
  bool operator==(const Ownership&) const = default;
};

struct Node {
  std::variant<AllOf, AnyOf, NotSo, Comparison, Membership, Prefix, Existence, Network, Hours,
               Weekdays, Ownership>
      what;
  std::uint32_t end = 0;  ///< Behind the last node within it.
  bool operator==(const Node&) const = default;
};

using Nodes = std::vector<Node>;

}  // namespace portico::rbac::condition
