// SPDX-License-Identifier: Apache-2.0
// Reads what operators stand before: attributes, literals, blocks of addresses, hours and days. A
// value of its own, any thread.
#pragma once

#include "condition/fault.h"
#include "condition/json.h"
#include "condition/node.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac::condition {

/// Each function gives nothing where it found a fault, and keeps that.
class Operands {
 public:
  [[nodiscard]] std::optional<Attribute> attribute(Json::Value json, const Place& place);
  [[nodiscard]] std::optional<Literal> literal(Json::Value json, const Place& place);
  [[nodiscard]] std::optional<Operand> operand(Json::Value json, const Place& place);
  [[nodiscard]] std::optional<std::vector<Literal>> literals(Json::Value json, const Place& place);
  /// One block, or a list of them.
  [[nodiscard]] std::optional<std::vector<Block>> blocks(Json::Value json, const Place& place);
  [[nodiscard]] std::optional<Hours> hours(Json::Value json, const Place& place);
  [[nodiscard]] std::optional<Weekdays> weekdays(Json::Value json, const Place& place);

  std::nullopt_t refuse(const Place& place, std::string sentence);
  [[nodiscard]] const std::optional<Fault>& fault() const noexcept { return fault_; }

 private:
  using Parse = std::optional<int> (*)(std::string_view) noexcept;

  [[nodiscard]] std::optional<Block> block(Json::Value json, const Place& place);
  [[nodiscard]] bool is_list(Json::Value json, const Place& place);
  [[nodiscard]] std::optional<int> time(Json::Value json, const Place& place, Parse parse,
                                        std::string_view sentence);
  [[nodiscard]] std::optional<int> offset(Json::Value json, const Place& place);
  [[nodiscard]] std::optional<std::uint8_t> days(Json::Value json, const Place& place);

  std::optional<Fault> fault_;
};

}  // namespace portico::rbac::condition
