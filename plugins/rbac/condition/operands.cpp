// SPDX-License-Identifier: Apache-2.0
#include "condition/operands.h"

#include "condition/parser.h"

#include <utility>

namespace portico::rbac::condition {
namespace {

constexpr std::string_view AttributeForm =
    "Write an attribute: \"subject.\", \"resource.\" or \"context.\" and up to 4 names of letters, "
    "digits, \"_\" and \"-\" with dots between them";

/// The one member of {"value": ...}; nothing for what is not of that form.
std::optional<Json::Value> quoted(Json::Value json) noexcept {
  if (!json.is_object() || json.size() != 1) return std::nullopt;
  const Json::Value member = *json.begin();
  return member.key() == "value" ? std::optional(member) : std::nullopt;
}

}  // namespace

std::nullopt_t Operands::refuse(const Place& place, std::string sentence) {
  fault_ = {place.pointer(), std::move(sentence)};
  return std::nullopt;
}

std::optional<Attribute> Operands::attribute(Json::Value json, const Place& place) {
  const std::string* const text = json.text();
  auto attribute = text != nullptr ? parse_attribute(*text) : std::nullopt;
  if (attribute) return attribute;
  return refuse(place, std::string(AttributeForm) + '.');
}

std::optional<Literal> Operands::literal(Json::Value json, const Place& place) {
  const auto inner = quoted(json);
  const Literal* const literal = inner ? inner->literal() : json.literal();
  if (literal == nullptr) return refuse(place, "Write a text, a number, true or false.");
  const std::string* const text = json.text();
  if (text != nullptr && begins_like_attribute(*text)) {
    return refuse(place, R"(An attribute is not taken here; a text that begins so is written )"
                         R"({"value": "..."}.)");
  }
  return *literal;
}

std::optional<Operand> Operands::operand(Json::Value json, const Place& place) {
  const std::string* const text = json.text();
  if (text != nullptr && begins_like_attribute(*text)) {
    if (auto attribute = parse_attribute(*text)) return attribute;
    return refuse(place, std::string(AttributeForm) +
                             R"(; a text that begins so is written {"value": "..."}.)");
  }
  auto literal = this->literal(json, place);
  if (!literal) return std::nullopt;
  return *std::move(literal);
}

bool Operands::is_list(Json::Value json, const Place& place) {
  if (json.is_array() && json.size() > 0 && json.size() <= MostListed) return true;
  refuse(place, "Write a list of 1 to 100.");
  return false;
}

std::optional<std::vector<Literal>> Operands::literals(Json::Value json, const Place& place) {
  if (!is_list(json, place)) return std::nullopt;
  std::vector<Literal> list;
  for (const Json::Value each : json) {
    auto literal = this->literal(each, Place(place, list.size()));
    if (!literal) return std::nullopt;
    list.push_back(*std::move(literal));
  }
  return list;
}

std::optional<Block> Operands::block(Json::Value json, const Place& place) {
  const std::string* const text = json.text();
  const std::string_view written = text != nullptr ? std::string_view(*text) : "";
  if (const auto block = parse_block(written)) return block;
  return refuse(place, fault_of_block(written));
}

std::optional<std::vector<Block>> Operands::blocks(Json::Value json, const Place& place) {
  std::vector<Block> blocks;
  if (json.text() != nullptr) {
    const auto block = this->block(json, place);
    if (!block) return std::nullopt;
    blocks.push_back(*block);
    return blocks;
  }
  if (!is_list(json, place)) return std::nullopt;
  for (const Json::Value each : json) {
    const auto block = this->block(each, Place(place, blocks.size()));
    if (!block) return std::nullopt;
    blocks.push_back(*block);
  }
  return blocks;
}

}  // namespace portico::rbac::condition
