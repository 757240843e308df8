// SPDX-License-Identifier: Apache-2.0
#include "condition/parser.h"

#include "condition/json.h"
#include "condition/operands.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace portico::rbac::condition {
namespace {

using What = decltype(Node::what);

/// What stands in [attribute, second].
struct Pair {
  Attribute attribute;
  Json::Value second;
};

class Parser {
 public:
  /// One condition and all within it; false where it found a fault.
  bool condition(Json::Value json, const Place& place, std::size_t depth);

  [[nodiscard]] Nodes& nodes() noexcept { return nodes_; }
  [[nodiscard]] const std::optional<Fault>& fault() const noexcept { return operands_.fault(); }

 private:
  bool refuse(const Place& place, std::string sentence) {
    operands_.refuse(place, std::move(sentence));
    return false;
  }

  bool parts(Json::Value json, const Place& place, std::size_t depth);
  std::optional<What> leaf(std::string_view name, Json::Value json, const Place& place);
  std::optional<What> comparison(std::string_view name, Json::Value json, const Place& place);
  std::optional<What> prefix(Json::Value json, const Place& place);
  std::optional<Pair> pair(Json::Value json, const Place& place, const char* form);

  template <class Kind>
  std::optional<What> of_attribute(Json::Value json, const Place& place) {
    auto attribute = operands_.attribute(json, place);
    if (!attribute) return std::nullopt;
    return Kind{*std::move(attribute)};
  }

  Nodes nodes_;
  Operands operands_;
};

constexpr const char* ConditionForm =
    R"(Write a condition: an object of one member, such as {"eq": ["resource.state", "open"]}.)";

bool Parser::condition(Json::Value json, const Place& place, std::size_t depth) {
  if (!json.is_object() || json.size() != 1) return refuse(place, ConditionForm);
  if (depth > MostDepth) return refuse(place, "Nest conditions at most 8 deep.");
  if (nodes_.size() == MostNodes) return refuse(place, "A condition has at most 32 parts.");
  const Json::Value member = *json.begin();
  const std::string_view name = member.key();
  const Place inside(place, name);
  const std::size_t index = nodes_.size();
  nodes_.emplace_back();
  if (name == "and" || name == "or") {
    if (name == "or") nodes_[index].what = AnyOf{};
    if (!parts(member, inside, depth)) return false;
  } else if (name == "not") {
    nodes_[index].what = NotSo{};
    if (!condition(member, inside, depth + 1)) return false;
  } else {
    auto what = leaf(name, member, inside);
    if (!what) return false;
    nodes_[index].what = *std::move(what);
  }
  nodes_[index].end = static_cast<std::uint32_t>(nodes_.size());
  return true;
}

bool Parser::parts(Json::Value json, const Place& place, std::size_t depth) {
  // None at all would hold always, or never, which nobody means.
  if (!json.is_array() || json.size() == 0) {
    return refuse(place, "Write a list of at least one condition.");
  }
  std::size_t index = 0;
  for (const Json::Value each : json) {
    if (!condition(each, Place(place, index++), depth + 1)) return false;
  }
  return true;
}

std::optional<Pair> Parser::pair(Json::Value json, const Place& place, const char* form) {
  if (!json.is_array() || json.size() != 2) return operands_.refuse(place, form);
  auto first = json.begin();
  auto attribute = operands_.attribute(*first, Place(place, 0));
  if (!attribute) return std::nullopt;
  return Pair{*std::move(attribute), *++first};
}

std::optional<What> Parser::comparison(std::string_view name, Json::Value json,
                                       const Place& place) {
  const auto* const found = std::find(Comparison::Names.begin(), Comparison::Names.end(), name);
  const auto kind = static_cast<Comparison::Kind>(found - Comparison::Names.begin());
  auto both = pair(json, place, "Write a list of two: an attribute, and what it is compared with.");
  if (!both) return std::nullopt;
  const Place second(place, 1);
  auto right = operands_.operand(both->second, second);
  if (!right) return std::nullopt;
  const auto* const literal = std::get_if<Literal>(&*right);
  const bool ranks = kind != Comparison::Kind::Equal && kind != Comparison::Kind::NotEqual;
  if (ranks && literal != nullptr && std::holds_alternative<bool>(*literal)) {
    return operands_.refuse(second, R"(True and false have no order; compare them with "eq".)");
  }
  return Comparison{kind, std::move(both->attribute), *std::move(right)};
}

std::optional<What> Parser::prefix(Json::Value json, const Place& place) {
  auto both = pair(json, place, "Write a list of two: an attribute, and the text it begins with.");
  if (!both) return std::nullopt;
  const Place second(place, 1);
  auto begin = operands_.operand(both->second, second);
  if (!begin) return std::nullopt;
  if (const auto* const literal = std::get_if<Literal>(&*begin)) {
    const auto* const text = std::get_if<std::string>(literal);
    if (text == nullptr || text->empty()) {
      return operands_.refuse(second, "Write a text of at least one character, or an attribute.");
    }
  }
  return Prefix{std::move(both->attribute), *std::move(begin)};
}

std::optional<What> Parser::leaf(std::string_view name, Json::Value json, const Place& place) {
  if (std::find(Comparison::Names.begin(), Comparison::Names.end(), name) !=
      Comparison::Names.end()) {
    return comparison(name, json, place);
  }
  if (name == "prefix") return prefix(json, place);
  if (name == "exists") return of_attribute<Existence>(json, place);
  if (name == "owner") return of_attribute<Ownership>(json, place);
  if (name == "between_time") return operands_.hours(json, place);
  if (name == "weekday") return operands_.weekdays(json, place);
  if (name == "in") {
    auto both = pair(json, place, "Write a list of two: an attribute, and a list of values.");
    if (!both) return std::nullopt;
    auto list = operands_.literals(both->second, Place(place, 1));
    if (!list) return std::nullopt;
    return Membership{std::move(both->attribute), *std::move(list)};
  }
  if (name == "cidr") {
    auto both =
        pair(json, place, R"(Write a list of two: an attribute, and "10.0.0.0/8" or more.)");
    if (!both) return std::nullopt;
    auto blocks = operands_.blocks(both->second, Place(place, 1));
    if (!blocks) return std::nullopt;
    return Network{std::move(both->attribute), *std::move(blocks)};
  }
  return operands_.refuse(place,
                          "There is no such condition; write one of and, or, not, eq, ne, lt, lte, "
                          "gt, gte, in, prefix, "
                          "exists, cidr, between_time, weekday, owner.");
}

}  // namespace

std::variant<Nodes, Fault> parse_nodes(std::string_view json) {
  if (json.size() > MostBytes) return Fault{{}, "A condition has at most 16 KiB of text."};
  const auto tree = Json::parse(json);
  if (const auto* const fault = std::get_if<Fault>(&tree)) return *fault;
  Parser parser;
  if (!parser.condition(std::get<Json>(tree).root(), Place(), 1)) return *parser.fault();
  return std::move(parser.nodes());
}

}  // namespace portico::rbac::condition
