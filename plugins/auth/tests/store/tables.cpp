// SPDX-License-Identifier: Apache-2.0
#include "store/tables.h"

#include "shared/uuid.h"
#include "store/users.h"

namespace portico::auth::test {

std::string Tables::id() {
  uuid::Bytes made{};
  ++ids_;
  for (std::size_t i = 0; i < 4; ++i) made[i] = static_cast<std::byte>(ids_ >> (24 - 8 * i));
  return uuid::text_of(made);
}

std::string Tables::add_user(std::string_view email) {
  std::string made = id();
  write([&](Transaction& db) {
    users::insert(db, {.id = made, .email = email, .email_normalised = email}, now);
  });
  return made;
}

std::string Tables::open_session(std::string_view user_id, Time at) {
  std::string made = id();
  write([&](Transaction& db) {
    (void)sessions::open(db, {.id = made, .user_id = user_id, .key = 1}, at, limits);
  });
  return made;
}

std::optional<Session> Tables::session(std::string_view id) {
  return read([&](Reader& db) { return sessions::find(db, id); });
}

}  // namespace portico::auth::test
