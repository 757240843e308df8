// SPDX-License-Identifier: Apache-2.0
// Numbers, texts and words.
#include "base/text.h"
#include "config/binding.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace portico::config {
namespace {

using detail::FieldSchema;
using detail::Kind;

/// A whole number as written: the sign, and digits that fit 64 bits.
struct Whole {
  bool negative;
  std::uint64_t magnitude;

  [[nodiscard]] long double exact() const noexcept {
    const auto amount = static_cast<long double>(magnitude);
    return negative ? -amount : amount;
  }
  [[nodiscard]] std::int64_t bits() const noexcept {
    return static_cast<std::int64_t>(negative ? ~magnitude + 1 : magnitude);
  }
};

bool is_whole(std::string_view text) noexcept {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
  return std::all_of(text.begin(), text.end(), base::is_digit);
}

/// Requires is_whole(text). Nothing when it has more than 64 bits.
std::optional<Whole> read_whole(std::string_view text) noexcept {
  Whole whole{text.starts_with('-'), 0};
  if (whole.negative) text.remove_prefix(1);
  const auto read = std::from_chars(text.data(), text.data() + text.size(), whole.magnitude);
  if (read.ec != std::errc{}) return {};
  return whole;
}

std::optional<double> read_real(std::string_view text) noexcept {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  // from_chars would also take "inf" and "nan".
  if (first >= text.size() || (!base::is_digit(text[first]) && text[first] != '.')) return {};
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return {};
  return number;
}

std::size_t count_characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string without_quotes(std::string_view text) {
  return "write " + std::string(text) + " without the quotes";
}

std::vector<std::string_view> words_of(const FieldSchema& field) {
  std::vector<std::string_view> words;
  words.reserve(field.words.size() + field.one_of.size());
  for (const auto& word : field.words) words.push_back(word.word);
  for (const auto& word : field.one_of) words.push_back(word);
  return words;
}

}  // namespace

bool Binding::scalar(const Node& node, const Target& target) {
  if (!node.is_scalar()) return unexpected(node, target);
  switch (target.type.kind) {
    case Kind::Boolean: return boolean(node, target);
    case Kind::Integer: return integer(node, target);
    case Kind::Real: return real(node, target);
    case Kind::Choice: return choice(node, target);
    case Kind::Text:
    case Kind::Secret: return text(node, target);
    default: return unit(node, target);
  }
}

bool Binding::boolean(const Node& node, const Target& target) {
  const std::string_view word = node.text();
  const auto is_one_of = [word](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [word](std::string_view one) { return base::iequals(one, word); });
  };
  if (word == "true" || word == "false") {
    if (node.quoted()) return unexpected(node, target, without_quotes(word));
    target.type.store_integer(target.place, word == "true" ? 1 : 0);
    return facts(node.mark(), target);
  }
  if (node.quoted()) return unexpected(node, target);
  if (is_one_of({"yes", "on", "y", "true"})) return unexpected(node, target, "write true");
  if (is_one_of({"no", "off", "n", "false"})) return unexpected(node, target, "write false");
  return unexpected(node, target);
}

bool Binding::integer(const Node& node, const Target& target) {
  const bool looks_right = is_whole(node.text());
  if (node.quoted()) {
    return unexpected(node, target, looks_right ? without_quotes(node.text()) : "");
  }
  if (!looks_right) return unexpected(node, target);
  const auto lowest = static_cast<long double>(target.type.lowest);
  const auto highest = static_cast<long double>(target.type.highest);
  const std::optional<Whole> whole = read_whole(node.text());
  // The field's own bounds are narrower than the type's and so the ones to tell.
  const long double amount = whole                          ? whole->exact()
                             : node.text().starts_with('-') ? -HUGE_VALL
                                                            : HUGE_VALL;
  if (!check_bounds(node, target, amount)) return false;
  if (amount < lowest) {
    return out_of_bounds(node, target, "at least " + std::to_string(target.type.lowest));
  }
  if (amount > highest) {
    return out_of_bounds(node, target, "at most " + std::to_string(target.type.highest));
  }
  target.type.store_integer(target.place, whole->bits());
  return true;
}

bool Binding::real(const Node& node, const Target& target) {
  const std::optional<double> number = read_real(node.text());
  if (node.quoted()) return unexpected(node, target, number ? without_quotes(node.text()) : "");
  if (!number) return unexpected(node, target);
  if (!check_bounds(node, target, *number)) return false;
  target.type.store_real(target.place, *number);
  return true;
}

bool Binding::text(const Node& node, const Target& target) {
  if (json() && !node.quoted()) return unexpected(node, target);
  if (node.text().find('\0') != std::string_view::npos) {
    return refuse(node, target, "has a NUL character in it; leave it out");
  }
  if (!check_length(node, target, count_characters(node.text()), "character")) return false;
  if (target.type.kind == Kind::Secret) {
    *static_cast<Secret*>(target.place) = Secret(std::string(node.text()));
    return true;
  }
  if (!target.field.one_of.empty()) {
    const auto& words = target.field.one_of;
    if (std::find(words.begin(), words.end(), node.text()) == words.end()) {
      return choice(node, target);
    }
  }
  if (target.field.fault) {
    if (const std::string fault = target.field.fault(node.text()); !fault.empty()) {
      return refuse(node, target, fault);
    }
  }
  static_cast<std::string*>(target.place)->assign(node.text());
  return facts(node.mark(), target);
}

bool Binding::choice(const Node& node, const Target& target) {
  for (const auto& word : target.field.words) {
    if (word.word != node.text()) continue;
    target.type.store_integer(target.place, word.value);
    return facts(node.mark(), target);
  }
  const std::string_view meant = base::closest(node.text(), words_of(target.field));
  return unexpected(node, target, meant.empty() ? "" : "did you mean " + quoted(meant) + "?");
}

bool Binding::check_bounds(const Node& node, const Target& target, long double amount) {
  if (target.bounds == Bounds::BelongAbove) return true;
  const auto& min = target.field.min;
  const auto& max = target.field.max;
  if (min && amount < static_cast<long double>(*min)) {
    return out_of_bounds(node, target, "at least " + print_amount(target.type.kind, *min));
  }
  if (max && amount > static_cast<long double>(*max)) {
    return out_of_bounds(node, target, "at most " + print_amount(target.type.kind, *max));
  }
  return true;
}

bool Binding::check_length(const Node& node, const Target& target, std::size_t length,
                           std::string_view unit) {
  if (target.bounds == Bounds::BelongAbove) return true;
  const auto amount = static_cast<double>(length);
  const auto& min = target.field.min;
  const auto& max = target.field.max;
  const bool few = min && amount < *min;
  if (!few && !(max && amount > *max)) return true;

  const double bound = few ? *min : *max;
  std::string what = few ? "must have at least " : "must have at most ";
  what += print_amount(Kind::Integer, bound) + ' ' + std::string(unit);
  if (bound != 1) {
    if (what.ends_with('y')) what.replace(what.size() - 1, 1, "ie");
    what += 's';
  }
  what += ", has " + std::to_string(length);
  return fail(node.mark(), target.step, what, {}, "length");
}

}  // namespace portico::config
