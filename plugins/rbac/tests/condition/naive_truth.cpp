// SPDX-License-Identifier: Apache-2.0
#include "tests/condition/random_condition.h"

#include <array>
#include <cmath>
#include <ctime>

namespace portico::rbac::test {
namespace {

using condition::Literal;

std::string bits_of(std::string_view address) {
  const auto parsed = condition::parse_address(address);
  if (!parsed) return {};
  std::string bits = parsed->is_ipv4() ? "4" : "6";
  for (unsigned i = parsed->is_ipv4() ? 96 : 0; i < 128; ++i) {
    const std::uint64_t half = i < 64 ? parsed->high : parsed->low;
    bits += (half >> (63 - i % 64) & 1U) != 0 ? '1' : '0';
  }
  return bits;
}

Truth naive_network(const Value& value, const std::vector<Literal>& blocks) {
  const auto* const text = std::get_if<std::string_view>(&value);
  const std::string bits = text != nullptr ? bits_of(*text) : "";
  if (bits.empty()) return Truth::Unknown;
  for (const Literal& each : blocks) {
    const auto& block = std::get<std::string>(each);
    const auto slash = block.find('/');
    const auto count = static_cast<std::size_t>(std::stoi(block.substr(slash + 1)));
    if (bits.starts_with(bits_of(block.substr(0, slash)).substr(0, count + 1))) return Truth::Yes;
  }
  return Truth::No;
}

/// Whose 64 bits of mantissa hold every int64 and every double.
bool number(const Value& value, long double& result) {
  if (const auto* const whole = std::get_if<std::int64_t>(&value)) {
    result = static_cast<long double>(*whole);
    return true;
  }
  const auto* const point = std::get_if<double>(&value);
  if (point != nullptr) result = *point;
  return point != nullptr && !std::isnan(*point);
}

template <class T>
Truth ranked(const std::string& name, const T& left, const T& right) {
  if (name == "eq") return condition::truth_of(left == right);
  if (name == "ne") return condition::truth_of(left != right);
  if (name == "lt") return condition::truth_of(left < right);
  if (name == "lte") return condition::truth_of(left <= right);
  if (name == "gt") return condition::truth_of(left > right);
  return condition::truth_of(left >= right);
}

Truth naive_comparison(const std::string& name, const Value& left, const Value& right) {
  long double one = 0;
  long double two = 0;
  if (number(left, one) && number(right, two)) return ranked(name, one, two);
  const auto* const text = std::get_if<std::string_view>(&left);
  const auto* const other = std::get_if<std::string_view>(&right);
  if (text != nullptr && other != nullptr) return ranked(name, *text, *other);
  const auto* const truth = std::get_if<bool>(&left);
  const auto* const counter = std::get_if<bool>(&right);
  const bool equality = name == "eq" || name == "ne";
  if (truth == nullptr || counter == nullptr || !equality) return Truth::Unknown;
  return ranked(name, *truth, *counter);
}

constexpr std::array<const char*, 7> Days{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

Truth naive_time(const Tree& tree, const Facts& facts) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(facts.time());
  const std::time_t local = seconds.count() + tree.offset * 60;
  std::tm shown{};
  gmtime_r(&local, &shown);
  if (tree.name == "weekday") {
    for (const Literal& day : tree.literals) {
      if (std::get<std::string>(day) == Days[static_cast<std::size_t>(shown.tm_wday)]) {
        return Truth::Yes;
      }
    }
    return Truth::No;
  }
  int minute = tree.from;
  while (minute != tree.to && minute != shown.tm_hour * 60 + shown.tm_min) {
    minute = (minute + 1) % 1440;
  }
  return condition::truth_of(minute != tree.to);
}

Value found(const std::string& name, const Facts& facts) {
  return facts.find(condition::parse_attribute(name).value());
}

Truth naive_leaf(const Tree& tree, const Facts& facts) {
  const Value left = found(tree.attribute, facts);
  if (tree.name == "exists") return condition::truth_of(left.index() != 0);
  if (tree.name == "cidr") return naive_network(left, tree.literals);
  if (tree.name == "between_time" || tree.name == "weekday") return naive_time(tree, facts);
  if (tree.name == "owner") {
    if (left == Value("")) return Truth::Unknown;
    return naive_comparison("eq", left, found("subject.id", facts));
  }
  if (tree.name == "in") {
    Truth truth = Truth::No;
    for (const Literal& each : tree.literals) {
      truth = condition::either(truth, naive_comparison("eq", left, condition::value_of(each)));
    }
    return truth;
  }
  const Value right =
      tree.other.empty() ? condition::value_of(tree.literals[0]) : found(tree.other, facts);
  if (tree.name != "prefix") return naive_comparison(tree.name, left, right);
  const auto* const text = std::get_if<std::string_view>(&left);
  const auto* const begin = std::get_if<std::string_view>(&right);
  if (text == nullptr || begin == nullptr || begin->empty()) return Truth::Unknown;
  return condition::truth_of(text->substr(0, begin->size()) == *begin);
}

}  // namespace

Truth naive_truth(const Tree& tree, const Facts& facts) {
  if (tree.parts.empty()) return naive_leaf(tree, facts);
  if (tree.name == "not") return condition::negated(naive_truth(tree.parts[0], facts));
  std::array<std::size_t, 3> counts{};
  for (const Tree& part : tree.parts) ++counts[static_cast<std::size_t>(naive_truth(part, facts))];
  const Truth decisive = tree.name == "and" ? Truth::No : Truth::Yes;
  if (counts[static_cast<std::size_t>(decisive)] > 0) return decisive;
  if (counts[static_cast<std::size_t>(Truth::Unknown)] > 0) return Truth::Unknown;
  return condition::negated(decisive);
}

}  // namespace portico::rbac::test
