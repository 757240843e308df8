// SPDX-License-Identifier: Apache-2.0
#include "account/user_view.h"

#include "shared/time_text.h"

namespace portico::auth {

void UserView::describe(Schema<UserView>& s) {
  s.summary("A user.");
  s.field("id", &UserView::id, "Never changes.");
  s.field("email", &UserView::email, "As it was written.");
  s.field("email_verified", &UserView::email_verified, "Whether it was shown to be theirs.");
  s.field("name", &UserView::name, "What they go by.");
  s.field("locale", &UserView::locale, "A language tag.");
  s.field("timezone", &UserView::timezone, "A name of the time zone database.");
  s.field("created_at", &UserView::created_at, "When they signed up.");
}

UserView view_of(const User& user) {
  return {.id = user.id,
          .email = user.email,
          .email_verified = user.verified.has_value(),
          .name = user.name,
          .locale = user.locale,
          .timezone = user.timezone,
          .created_at = time_text(user.created)};
}

}  // namespace portico::auth
