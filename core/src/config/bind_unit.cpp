// SPDX-License-Identifier: Apache-2.0
// Values with a form of their own: durations, amounts, networks, URLs, origins, templates.
#include "config/binding.h"
#include "config/units.h"

#include <array>
#include <stdexcept>

namespace portico::config {
namespace {

using detail::Kind;
using std::chrono::nanoseconds;

/// The smallest duration that survives a visit to the type.
std::string finest(const detail::Type& type, void* place) {
  constexpr std::array<nanoseconds, 5> Steps{std::chrono::microseconds(1),
                                             std::chrono::milliseconds(1), std::chrono::seconds(1),
                                             std::chrono::minutes(1), std::chrono::hours(1)};
  for (const nanoseconds step : Steps) {
    type.store_integer(place, step.count());
    if (type.load_integer(place) == step.count()) return print_duration(step);
  }
  return "1d";
}

template <class T>
void store(const Target& target, T&& value) {
  *static_cast<std::remove_cvref_t<T>*>(target.place) = std::forward<T>(value);
}

}  // namespace

bool Binding::unit(const Node& node, const Target& target) {
  const Kind kind = target.type.kind;
  if (kind == Kind::Duration) return duration(node, target);
  if (kind == Kind::Bytes) return bytes(node, target);
  if (json() && !node.quoted()) return unexpected(node, target);
  if (kind == Kind::Template) return templated(node, target);
  if (kind == Kind::Cidr) {
    auto block = parse_cidr(node.text());
    if (!block) return refuse(node, target, block.error());
    store(target, *block);
  } else if (kind == Kind::Url) {
    auto url = parse_url(node.text());
    if (!url) return fail_sentence(node.mark(), target.step, url.error());
    store(target, *std::move(url));
  } else {
    auto origin = parse_origin(node.text());
    if (!origin) return refuse(node, target, origin.error());
    store(target, *std::move(origin));
  }
  return true;
}

bool Binding::duration(const Node& node, const Target& target) {
  const auto parsed = parse_duration(node.text());
  if (!parsed) return refuse(node, target, parsed.error());
  const std::int64_t wanted = (*parsed).count();
  if (!check_bounds(node, target, static_cast<long double>(wanted))) return false;
  target.type.store_integer(target.place, wanted);
  // Floating-point durations are a few nanoseconds off; whole ones lose what is below their unit.
  constexpr std::int64_t Noise = 1000;
  if (wanted - target.type.load_integer(target.place) >= Noise) {
    const std::string unit = finest(target.type, target.place);
    return refuse(
        node, target,
        quoted(node.text()) + " is finer than this setting can be; write a multiple of " + unit);
  }
  return true;
}

bool Binding::bytes(const Node& node, const Target& target) {
  const auto parsed = parse_bytes(node.text());
  if (!parsed) return refuse(node, target, parsed.error());
  if (!check_bounds(node, target, static_cast<long double>((*parsed).count))) return false;
  store(target, *parsed);
  return true;
}

bool Binding::templated(const Node& node, const Target& target) {
  if (!check_length(node, target, node.text().size(), "character")) return false;
  try {
    store(target, Template(node.text()));
  } catch (const std::invalid_argument& error) {
    return refuse(node, target, error.what());
  }
  return facts(node.mark(), target);
}

}  // namespace portico::config
