// SPDX-License-Identifier: Apache-2.0
#include "condition/failing.h"

#include "condition/evaluation.h"
#include "condition/text.h"

#include <optional>
#include <type_traits>
#include <utility>

namespace portico::rbac::condition {
namespace {

/// Its beginning where it is long, cut between two characters.
std::string_view shortened(std::string_view text) noexcept {
  constexpr std::size_t Most = 64;
  if (text.size() <= Most) return text;
  std::size_t size = Most;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
  return text.substr(0, size);
}

/// What a leaf read.
class Reason {
 public:
  explicit Reason(const Attributes& attributes) noexcept : attributes_(attributes) {}

  std::string operator()(const Comparison& leaf) const { return both(leaf.left, leaf.right); }
  std::string operator()(const Membership& leaf) const { return of(leaf.attribute); }
  std::string operator()(const Prefix& leaf) const { return both(leaf.attribute, leaf.prefix); }
  std::string operator()(const Existence& leaf) const { return of(leaf.attribute); }
  std::string operator()(const Network& leaf) const { return of(leaf.attribute); }
  std::string operator()(const Hours& leaf) const { return time(leaf.offset); }
  std::string operator()(const Weekdays& leaf) const { return time(leaf.offset); }
  std::string operator()(const Ownership& leaf) const { return both(leaf.attribute, leaf.subject); }
  /// "and" and "or" are explained by their parts.
  template <class Parts>
  std::string operator()(const Parts& /*unused*/) const {
    return "what it denies holds";
  }

 private:
  [[nodiscard]] std::string of(const Attribute& attribute) const {
    const Value value = attributes_.find(attribute);
    if (std::holds_alternative<std::monostate>(value)) return text_of(attribute) + " is missing";
    const auto* const whole = std::get_if<std::string_view>(&value);
    const std::string_view shown = whole != nullptr ? shortened(*whole) : std::string_view();
    const bool cut = whole != nullptr && shown.size() < whole->size();
    return text_of(attribute) + (cut ? " begins with " : " is ") +
           text_of(whole != nullptr ? Value(shown) : value);
  }

  [[nodiscard]] std::string both(const Attribute& left, const Operand& right) const {
    const auto* const attribute = std::get_if<Attribute>(&right);
    return attribute == nullptr ? of(left) : of(left) + " and " + of(*attribute);
  }

  [[nodiscard]] std::string time(int offset) const {
    const ClockTime now = clock_time(attributes_.time(), offset);
    return "context.time is " + std::string(name_of_weekday(now.weekday)) + ' ' +
           text_of_minute(now.minute) + ' ' + text_of_offset(offset);
  }

  const Attributes& attributes_;
};

class Search {
 public:
  Search(const Nodes& nodes, const Attributes& attributes) noexcept
      : nodes_(nodes), attributes_(attributes) {}

  /// Of a node whose truth that is, No or Unknown.
  [[nodiscard]] std::string in(std::uint32_t at, Truth truth) const {
    const auto& what = nodes_[at].what;
    if (std::holds_alternative<AllOf>(what)) return in(first(at, truth), truth);
    if (std::holds_alternative<NotSo>(what) && truth == Truth::Unknown) return in(at + 1, truth);
    if (std::holds_alternative<AnyOf>(what)) return in_all(at);
    return text_at(nodes_, at) + (truth == Truth::No ? " does not hold: " : " is unknown: ") +
           std::visit(Reason(attributes_), what) + '.';
  }

 private:
  /// The first of the parts that has this truth; there is one.
  [[nodiscard]] std::uint32_t first(std::uint32_t at, Truth truth) const noexcept {
    std::uint32_t each = at + 1;
    while (truth_at(nodes_, each, attributes_) != truth) each = nodes_[each].end;
    return each;
  }

  [[nodiscard]] std::string in_all(std::uint32_t at) const {
    std::string all;
    for (std::uint32_t each = at + 1; each < nodes_[at].end; each = nodes_[each].end) {
      if (!all.empty()) all += "; ";
      all += in(each, truth_at(nodes_, each, attributes_));
    }
    return all;
  }

  const Nodes& nodes_;
  const Attributes& attributes_;
};

}  // namespace

std::string failing_part(const Nodes& nodes, const Attributes& attributes) {
  const Truth truth = truth_at(nodes, 0, attributes);
  return truth == Truth::Yes ? std::string() : Search(nodes, attributes).in(0, truth);
}

}  // namespace portico::rbac::condition
