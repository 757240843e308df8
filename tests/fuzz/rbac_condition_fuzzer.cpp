// SPDX-License-Identifier: Apache-2.0
// A condition of any bytes: what is refused says why in a sentence, and what is accepted has one
// canonical text that is accepted as the same condition, comes to a truth, and is explained exactly
// where it does not hold.
#include "condition/condition.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace {

using namespace portico::rbac;

void expect(bool holds) {
  if (!holds) std::abort();
}

/// Gives each attribute a value of some kind, by the end of its name, or none.
class AnyAttributes final : public Attributes {
 public:
  explicit AnyAttributes(std::chrono::microseconds time) noexcept : time_(time) {}

  [[nodiscard]] Value find(const Attribute& attribute) const noexcept override {
    switch (static_cast<unsigned char>(attribute.path.back()) % 7U) {
      case 0: return std::string_view(attribute.path);
      case 1: return std::numeric_limits<double>::quiet_NaN();
      case 2: return std::int64_t{1} << 53U;
      case 3: return 0x1p53;
      case 4: return std::string_view("::ffff:10.1.2.3");
      case 5: return true;
      default: return {};
    }
  }
  [[nodiscard]] std::chrono::microseconds time() const noexcept override { return time_; }

 private:
  std::chrono::microseconds time_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  const auto parsed = Condition::parse(json);
  if (const auto* const fault = std::get_if<Condition::Fault>(&parsed)) {
    expect(fault->sentence.ends_with('.'));
    expect(fault->where.empty() || fault->where.front() == '/');
    return 0;
  }
  const auto& condition = std::get<Condition>(parsed);
  const auto text = condition.text();
  const auto again = Condition::parse(text);
  expect(std::holds_alternative<Condition>(again));
  expect(std::get<Condition>(again) == condition);
  expect(std::get<Condition>(again).text() == text);
  using std::chrono::microseconds;
  for (const auto time : {microseconds::min(), microseconds(0), microseconds::max()}) {
    const AnyAttributes attributes(time);
    expect(condition.failing(attributes).empty() == (condition.truth(attributes) == Truth::Yes));
  }
  return 0;
}
