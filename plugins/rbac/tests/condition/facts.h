// SPDX-License-Identifier: Apache-2.0
// Attributes that a test names, and conditions that it knows to be fine.
#pragma once

#include "condition/condition.h"

#include <chrono>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace portico::rbac::test {

class Facts final : public Attributes {
 public:
  using Named = std::pair<const std::string, condition::Literal>;

  Facts() = default;
  Facts(std::initializer_list<Named> values) : values_(values) {}

  Facts& at(std::chrono::microseconds time) {
    time_ = time;
    return *this;
  }
  void set(const std::string& name, condition::Literal value) {
    values_.insert_or_assign(name, std::move(value));
  }

  [[nodiscard]] Value find(const Attribute& attribute) const noexcept override {
    const auto found = values_.find(condition::text_of(attribute));
    return found == values_.end() ? Value() : condition::value_of(found->second);
  }
  [[nodiscard]] std::chrono::microseconds time() const noexcept override { return time_; }

 private:
  std::map<std::string, condition::Literal, std::less<>> values_;
  std::chrono::microseconds time_{0};
};

inline Condition parsed(std::string_view json) {
  auto condition = Condition::parse(json);
  if (auto* const fault = std::get_if<Condition::Fault>(&condition)) {
    ADD_FAILURE() << json << '\n' << fault->where << ": " << fault->sentence;
    return std::get<Condition>(Condition::parse(R"({"exists": "subject.fault"})"));
  }
  return std::get<Condition>(std::move(condition));
}

inline Truth truth(std::string_view json, const Facts& facts = {}) {
  return parsed(json).truth(facts);
}

/// The pointer of the fault that the text has; the sentence is checked to be one.
inline std::string fault_at(std::string_view json) {
  const auto condition = Condition::parse(json);
  const auto* const fault = std::get_if<Condition::Fault>(&condition);
  if (fault == nullptr) return "no fault";
  EXPECT_TRUE(fault->sentence.ends_with('.')) << fault->sentence;
  return fault->where;
}

}  // namespace portico::rbac::test
