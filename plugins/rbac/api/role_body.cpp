// SPDX-License-Identifier: Apache-2.0
#include "api/role_body.h"

#include "shared/json_out.h"

namespace portico::rbac {
namespace {

constexpr std::string_view EffectDoc = "`deny` wins over every `allow`.";
constexpr std::string_view ConditionDoc = "Under this condition alone.";

template <class Body>
void describe_content(Schema<Body>& s) {
  s.field("description", &Body::description, "What it is for.").max(500);
  s.field("parents", &Body::parents, "Names of roles whose permissions it has too.").max(100);
  s.field("permissions", &Body::permissions, "What it gives and takes away.").max(10'000);
}

template <class View>
void describe_summary(Schema<View>& s) {
  s.field("name", &View::name, "What it is called.");
  s.field("description", &View::description, "What it is for.");
  s.field("system", &View::system, "Whether nobody may change it.");
  s.field("origin", &View::origin, "Whether the configuration or this API made it: file, api.");
  s.field("created_at", &View::created_at, "When it was made.");
  s.field("updated_at", &View::updated_at, "When it was changed last.");
}

}  // namespace

void GrantTerms::describe(Schema<GrantTerms>& s) {
  s.summary("How a role has a permission.");
  s.field("effect", &GrantTerms::effect, EffectDoc).one_of({"allow", "deny"});
  s.field("condition", &GrantTerms::condition, ConditionDoc);
}

void GrantBody::describe(Schema<GrantBody>& s) {
  s.summary("A permission that a role gives or takes away.");
  s.field("permission", &GrantBody::permission,
          "`*` stands for one part, a last `**` for one or more.")
      .required();
  s.field("effect", &GrantBody::effect, EffectDoc).one_of({"allow", "deny"});
  s.field("condition", &GrantBody::condition, ConditionDoc);
}

void RoleBody::describe(Schema<RoleBody>& s) {
  s.summary("What a role is made of.");
  describe_content(s);
}

void NewRoleBody::describe(Schema<NewRoleBody>& s) {
  s.summary("A role that is to be.");
  s.field("name", &NewRoleBody::name, "2 to 63 of a-z, 0-9, `_` and `-`, a letter first.")
      .required();
  describe_content(s);
}

void RoleSummary::describe(Schema<RoleSummary>& s) {
  s.summary("A role.");
  describe_summary(s);
}

void RoleList::describe(Schema<RoleList>& s) {
  s.summary("Roles, by name.");
  s.field("items", &RoleList::items, "A page of them.");
  s.field("next", &RoleList::next, "The cursor of the next page.");
}

void RoleView::describe(Schema<RoleView>& s) {
  s.summary("A role, and what it is made of.");
  describe_summary(s);
  s.field("parents", &RoleView::parents, "Names of roles whose permissions it has too.");
  s.field("permissions", &RoleView::permissions, "What it gives and takes away itself.");
  s.field("version", &RoleView::version, "The version of all roles and assignments.");
}

void RoleView::write(JsonOut& out) const {
  out.begin_object()
      .member("name", name)
      .member("description", description)
      .member("system", system)
      .member("origin", origin)
      .member("created_at", created_at)
      .member("updated_at", updated_at)
      .member("parents", parents)
      .key("permissions")
      .begin_list();
  for (const GrantBody& each : permissions) {
    out.begin_object()
        .member("permission", each.permission)
        .member("effect", each.effect)
        .json_member("condition", each.condition.text)
        .end_object();
  }
  out.end_list().member("version", version).end_object();
}

}  // namespace portico::rbac
