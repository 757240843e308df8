// SPDX-License-Identifier: Apache-2.0
#include "tests/condition/random_condition.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <span>

namespace portico::rbac::test {
namespace {

using condition::Literal;

constexpr std::array<const char*, 8> Names{"subject.id", "subject.claims.a", "resource.a",
                                           "resource.b", "resource.c.d",     "context.a",
                                           "context.ip", "context.never"};
constexpr std::array<const char*, 7> Days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<const char*, 10> Texts{
    "",         "a",          "ab",        "abc",        "b",
    "10.1.2.3", "subject.id", "context. ", "\"\\\n\x7F", "\xC3\xA9\xF0\x9F\x98\x80"};
constexpr std::array<const char*, 8> Blocks{
    "10.0.0.0/8", "10.1.2.3/32",   "0.0.0.0/0", "11.0.0.0/9",
    "::/0",       "2001:db8::/32", "::1/128",   "2001:db8::8000/113"};

std::size_t below(Random& random, std::size_t end) { return random() % end; }

template <class List>
auto one_of(Random& random, const List& list) {
  return list[below(random, std::size(list))];
}

Literal random_literal(Random& random) {
  constexpr std::array<std::int64_t, 7> Wholes{0,
                                               1,
                                               2,
                                               -1,
                                               (std::int64_t{1} << 53) + 1,
                                               std::numeric_limits<std::int64_t>::max(),
                                               std::numeric_limits<std::int64_t>::min()};
  constexpr std::array<double, 9> Doubles{-0.0, 0.5, 1.0, 2.0, -1.5, 0x1p53, 0x1p63, 1e300, 5e-324};
  switch (below(random, 4)) {
    case 0: return random() % 2 == 0;
    case 1: return one_of(random, Wholes);
    case 2: return one_of(random, Doubles);
    default: return std::string(one_of(random, Texts));
  }
}

Tree random_leaf(Random& random) {
  constexpr std::array<const char*, 12> Leaves{"eq",     "ne",   "lt",           "lte",
                                               "gt",     "gte",  "in",           "prefix",
                                               "exists", "cidr", "between_time", "weekday"};
  Tree tree{.name = below(random, 13) == 0 ? "owner" : one_of(random, Leaves)};
  tree.attribute = tree.name == "cidr" ? "context.ip" : one_of(random, Names);
  tree.offset = static_cast<int>(below(random, 1681)) - 840;
  tree.from = static_cast<int>(below(random, 1440));
  tree.to = (tree.from + 1 + static_cast<int>(below(random, 1439))) % 1440;
  if (tree.name == "weekday") {
    const auto chosen = 1 + below(random, 127);
    for (std::size_t i = 0; i < 7; ++i) {
      if ((chosen >> i & 1U) != 0) tree.literals.emplace_back(std::string(Days[i]));
    }
  } else if (tree.name == "cidr") {
    for (auto i = 1 + below(random, 3); i > 0; --i) {
      tree.literals.emplace_back(std::string(one_of(random, Blocks)));
    }
  } else if (tree.name == "in") {
    for (auto i = 1 + below(random, 4); i > 0; --i) tree.literals.push_back(random_literal(random));
  } else {
    tree.literals.push_back(random_literal(random));
    if (tree.name == "prefix") tree.literals[0] = std::string(Texts[1 + below(random, 9)]);
    // Truth values have no order, which the parser knows.
    const bool ranks = tree.name.starts_with('l') || tree.name.starts_with('g');
    const bool unfit = ranks && std::holds_alternative<bool>(tree.literals[0]);
    if (unfit || below(random, 3) == 0) tree.other = one_of(random, Names);
  }
  return tree;
}

Tree random_part(Random& random, std::size_t depth, std::size_t& nodes) {
  --nodes;
  if (depth == 8 || nodes < 2 || below(random, 5) < 2) return random_leaf(random);
  constexpr std::array<const char*, 3> Branches{"and", "or", "not"};
  Tree tree{.name = one_of(random, Branches)};
  const std::size_t parts = tree.name == "not" ? 1 : 1 + below(random, 3);
  for (std::size_t i = 0; i < parts && nodes > 0; ++i) {
    tree.parts.push_back(random_part(random, depth + 1, nodes));
  }
  return tree;
}

std::string in_quotes(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    std::array<char, 8> escape{};
    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
    std::snprintf(escape.data(), escape.size(), "\\u%04x", byte);
    const bool plain = c != '"' && c != '\\' && byte >= 0x20;
    json += plain ? std::string(1, c) : std::string(escape.data());
  }
  return json + '"';
}

std::string json_of(const Literal& literal, bool listed) {
  if (const auto* const truth = std::get_if<bool>(&literal)) return *truth ? "true" : "false";
  if (const auto* const whole = std::get_if<std::int64_t>(&literal)) return std::to_string(*whole);
  if (const auto* const point = std::get_if<double>(&literal)) {
    std::array<char, 40> digits{};
    std::snprintf(digits.data(), digits.size(), "%.17e", *point);
    return digits.data();
  }
  const auto& text = std::get<std::string>(literal);
  const bool hidden = text.starts_with("subject.") || text.starts_with("context.");
  return hidden || !listed ? R"({"value":)" + in_quotes(text) + '}' : in_quotes(text);
}

std::string clock(int minutes) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d", minutes / 60 % 100, minutes % 60);
  return in_quotes(text.data());
}

std::string list_of(const Tree& tree, bool plain) {
  std::string list = "[";
  for (const Literal& each : tree.literals) {
    if (list.size() > 1) list += ',';
    list += plain ? in_quotes(std::get<std::string>(each)) : json_of(each, true);
  }
  return list + ']';
}

std::string timed(const Tree& tree, Random& random) {
  std::string offset = clock(std::abs(tree.offset));
  offset.insert(1, tree.offset < 0 ? "-" : "+");
  offset = R"("offset":)" + offset;
  const std::string rest = tree.name == "weekday"
                               ? R"("days":)" + list_of(tree, true)
                               : R"("from":)" + clock(tree.from) + R"(,"to":)" + clock(tree.to);
  return random() % 2 == 0 ? '{' + offset + ',' + rest + '}' : '{' + rest + ", " + offset + '}';
}

std::string operands(const Tree& tree, Random& random) {
  std::string attribute = in_quotes(tree.attribute);
  if (tree.name == "exists" || tree.name == "owner") return attribute;
  if (tree.name == "between_time" || tree.name == "weekday") return timed(tree, random);
  std::string second = tree.other.empty() ? "" : in_quotes(tree.other);
  if (tree.name == "in" || tree.name == "cidr") second = list_of(tree, tree.name == "cidr");
  if (second.empty()) second = json_of(tree.literals[0], random() % 2 == 0);
  return '[' + attribute + ',' + second + ']';
}

}  // namespace

Tree random_tree(Random& random) {
  std::size_t nodes = 1 + below(random, 32);
  return random_part(random, 1, nodes);
}

Facts random_facts(Random& random) {
  constexpr std::array<const char*, 8> Addresses{
      "10.1.2.3", "10.200.0.1", "11.128.0.0",       "::ffff:10.1.2.3",
      "::1",      "2001:db8::", "2001:db8::ffff:1", "no address"};
  Facts facts;
  for (const char* const name : Names) {
    if (below(random, 4) != 0 && std::string_view(name) != "context.never") {
      facts.set(name, below(random, 12) == 0 ? Literal(std::nan("")) : random_literal(random));
    }
  }
  if (below(random, 4) != 0) facts.set("context.ip", std::string(one_of(random, Addresses)));
  const auto span = std::int64_t{200} * 365 * 86400 * 1'000'000;
  facts.at(std::chrono::microseconds(static_cast<std::int64_t>(random() >> 1U) % span - span / 2));
  return facts;
}

std::string json_of(const Tree& tree, Random& random) {
  const std::string blank(below(random, 3), ' ');
  std::string inside;
  if (tree.parts.empty()) {
    inside = operands(tree, random);
  } else if (tree.name == "not") {
    inside = json_of(tree.parts[0], random);
  } else {
    for (const Tree& part : tree.parts) {
      inside += (inside.empty() ? "[" : ",") + blank + json_of(part, random);
    }
    inside += ']';
  }
  return '{' + blank + in_quotes(tree.name) + ':' + blank + inside + '}';
}

}  // namespace portico::rbac::test
