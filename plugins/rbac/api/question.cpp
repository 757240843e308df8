// SPDX-License-Identifier: Apache-2.0
#include "api/question.h"

#include "api/scope.h"
#include "model/permission.h"
#include "shared/refusal.h"
#include "shared/time_text.h"

#include <algorithm>
#include <utility>

namespace portico::rbac {
namespace {

constexpr std::size_t MostAttributes = 1'000;

Value value_of(const rapidjson::Value& value) noexcept {
  if (value.IsString()) return std::string_view(value.GetString(), value.GetStringLength());
  if (value.IsBool()) return value.GetBool();
  if (value.IsInt64()) return value.GetInt64();
  if (value.IsNumber()) return value.GetDouble();
  return {};
}

Value value_at(const rapidjson::Value* from, std::string_view path) noexcept {
  while (from != nullptr && !path.empty()) {
    if (!from->IsObject()) return {};
    const std::size_t end = std::min(path.find('.'), path.size());
    const rapidjson::Value name(
        rapidjson::StringRef(path.data(), static_cast<rapidjson::SizeType>(end)));
    const auto member = from->FindMember(name);
    if (member == from->MemberEnd()) return {};
    from = &member->value;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return from == nullptr ? Value() : value_of(*from);
}

std::size_t count_values(const rapidjson::Value& value) {
  std::size_t count = 1;
  if (value.IsArray()) {
    for (const auto& each : value.GetArray()) count += count_values(each);
  } else if (value.IsObject()) {
    for (const auto& each : value.GetObject()) count += count_values(each.value);
  }
  return count;
}

/// Null where there are none.
const rapidjson::Value* attributes_at(const FreeFields& free, const std::string& where) {
  const rapidjson::Value* const found = free.at(where);
  if (found == nullptr) return nullptr;
  if (!found->IsObject()) {
    throw Refusal::of_field(where, "validation_failed", "Attributes are one JSON object.");
  }
  if (count_values(*found) <= MostAttributes) return found;
  throw Refusal(Status::ContentTooLarge, "too_many_attributes",
                "There are at most 1 000 values in " + where + ".");
}

/// "read" of an "orders" is "orders:read".
std::string permission_of(const QuestionBody& body, const std::string& where) {
  const bool whole = body.action.find(':') != std::string::npos || body.resource.type.empty();
  std::string permission = whole ? body.action : body.resource.type + ":" + body.action;
  std::string fault = fault_of_permission(permission);
  if (fault.empty()) return permission;
  throw Refusal::of_field(where + "/action", "bad_permission", std::move(fault));
}

std::string scope_of(const QuestionBody& body, const std::string& where) {
  check_scope(body.scope, where + "/scope");
  return body.scope;
}

Time time_of(const QuestionBody& body, const std::string& where, Time now) {
  if (!body.at) return now;
  const auto time = parse_time(*body.at);
  if (time) return *time;
  throw Refusal::of_field(where + "/at", "time_invalid",
                          "This is no time; write \"2026-01-31T09:05:00Z\".");
}

}  // namespace

void ResourceBody::describe(Schema<ResourceBody>& s) {
  s.summary("What something is to be done to.");
  s.field("type", &ResourceBody::type, "What kind of thing: `orders`. A condition's resource.type.")
      .max(100);
  s.field("id", &ResourceBody::id, "Which one: resource.id.").max(500);
  s.field("attrs", &ResourceBody::attrs, "What else conditions read: resource.owner_id and so on.");
}

void QuestionBody::describe(Schema<QuestionBody>& s) {
  s.summary("May this user do this?");
  describe_fields(s);
}

Value BodyAttributes::find(const Attribute& attribute) const noexcept {
  constexpr std::string_view Claims = "claims.";
  const std::string_view path = attribute.path;
  switch (attribute.root) {
    case Root::Subject:
      if (path == "id") return given_.subject;
      return path.starts_with(Claims) ? value_at(given_.claims, path.substr(Claims.size()))
                                      : Value();
    case Root::Resource:
      if (path == "type" && !given_.type.empty()) return given_.type;
      if (path == "id" && !given_.id.empty()) return given_.id;
      return value_at(given_.attrs, path);
    case Root::Context: break;
  }
  return value_at(given_.context, path);
}

Asked::Asked(const QuestionBody& body, const FreeFields& free, const std::string& where,
             std::string_view asker, Time now)
    : subject_(body.subject.value_or(std::string(asker))),
      permission_(permission_of(body, where)),
      scope_(scope_of(body, where)),
      resource_(body.resource.id.empty() ? body.resource.type
                                         : body.resource.type + ":" + body.resource.id),
      at_(time_of(body, where, now)),
      attributes_({.subject = subject_,
                   .type = body.resource.type,
                   .id = body.resource.id,
                   .claims = attributes_at(free, where + "/claims"),
                   .attrs = attributes_at(free, where + "/resource/attrs"),
                   .context = attributes_at(free, where + "/context"),
                   .now = at_}) {}

}  // namespace portico::rbac
