// SPDX-License-Identifier: Apache-2.0
#include "account/own_profile.h"

#include "account/answers.h"
#include "account/locale.h"
#include "account/person_name.h"
#include "account/user_view.h"
#include "account/visit.h"
#include "audit/actions.h"
#include "store/users.h"
#include "text/json_object.h"
#include <portico/identity.h>

#include <string>
#include <vector>

namespace portico::auth {
namespace {

Response shown(const User& user) { return uncached(json(Status::Ok, view_of(user))); }

/// What the form says of a user, beside what was there before.
class Update {
 public:
  Update(const ProfileForm& form, const User& old)
      : name_(form.name ? read_person_name(*form.name) : old.name),
        locale_(form.locale ? form.locale : old.locale),
        timezone_(form.timezone ? form.timezone : old.timezone),
        old_(old) {}

  [[nodiscard]] Profile profile() const {
    return {.name = name_, .locale = locale_, .timezone = timezone_, .metadata = old_.metadata};
  }
  /// The names of the fields that differ. Neither what they were nor what they are: the audit log
  /// is never erased.
  [[nodiscard]] std::vector<std::string> changed() const {
    std::vector<std::string> names;
    if (name_ != old_.name) names.emplace_back("name");
    if (locale_ != old_.locale) names.emplace_back("locale");
    if (timezone_ != old_.timezone) names.emplace_back("timezone");
    return names;
  }

 private:
  const std::optional<std::string> name_;
  const std::optional<std::string> locale_;
  const std::optional<std::string> timezone_;
  const User& old_;
};

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
    auto old = users::find(db, id);
    if (!old) return std::nullopt;
    const Update update(form, *old);
    const auto changed = update.changed();
    if (changed.empty()) return old;
    users::change_profile(db, id, update.profile(), old->row_version, visit.now);
    const std::string detail = JsonObject().member("fields", changed).text();
    record(db, parts_.host, visit,
           {.action = audit::action::UserUpdated,
            .actor = id,
            .session = request.principal()->session,
            .detail = detail});
    return users::find(db, id);
  });
  return user ? shown(*user) : session_over();
}

}  // namespace portico::auth
