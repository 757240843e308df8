// SPDX-License-Identifier: Apache-2.0
#include "account/own_profile.h"

#include "account/answers.h"
#include "account/locale.h"
#include "account/person_name.h"
#include "account/user_view.h"
#include "account/visit.h"
#include "audit/actions.h"
#include "store/users.h"
#include <portico/identity.h>

namespace portico::auth {
namespace {

Response shown(const User& user) { return uncached(json(Status::Ok, view_of(user))); }

std::optional<std::string_view> either(const std::optional<std::string>& first,
                                       const std::optional<std::string>& second) {
  if (first) return *first;
  if (second) return *second;
  return std::nullopt;
}

}  // namespace

void ProfileForm::describe(Schema<ProfileForm>& s) {
  s.summary("What a user changes of themselves. What is not named stays.");
  s.field("name", &ProfileForm::name, "What they go by.").check(fault_of_person_name);
  s.field("locale", &ProfileForm::locale, "The language of mails.").check(fault_of_locale);
  s.field("timezone", &ProfileForm::timezone, "Theirs.").check(fault_of_time_zone);
}

Response OwnProfile::show(Request& request) const {
  const std::string_view id = request.principal()->subject;
  const auto user = parts_.sql.read([&](Reader& db) { return users::find(db, id); });
  return user ? shown(*user) : session_over();
}

Response OwnProfile::change(Request& request) const {
  const auto form = request.json<ProfileForm>();
  const Visit visit = visit_of(request, parts_.host);
  const std::string_view id = request.principal()->subject;
  const auto user = parts_.sql.write([&](Transaction& db) -> std::optional<User> {
    const auto old = users::find(db, id);
    if (!old) return std::nullopt;
    const auto name = form.name ? read_person_name(*form.name) : old->name;
    const Profile profile{.name = either(name, std::nullopt),
                          .locale = either(form.locale, old->locale),
                          .timezone = either(form.timezone, old->timezone),
                          .metadata = old->metadata};
    users::change_profile(db, id, profile, old->row_version, visit.now);
    record(db, parts_.host, visit,
           {.action = audit::action::UserUpdated,
            .actor = id,
            .session = request.principal()->session});
    return users::find(db, id);
  });
  return user ? shown(*user) : session_over();
}

}  // namespace portico::auth
