// SPDX-License-Identifier: Apache-2.0
#include "account/user_command.h"

#include "account/email.h"
#include "account/mailed_secret.h"
#include "account/visit.h"
#include "audit/actions.h"
#include "session/sessions.h"
#include "shared/time_text.h"
#include "text/json_object.h"

#include <iomanip>
#include <iostream>
#include <span>
#include <utility>
#include <vector>

namespace portico::auth {
namespace {

constexpr int Fine = 0;
constexpr int Refused = 1;
constexpr int Usage = 64;
constexpr std::size_t PageSize = 200;

struct Listed {
  User user;
  std::vector<std::string> roles;
};

int say(int code, const std::string& sentence) {
  (code == Fine ? std::cout : std::cerr) << sentence << '\n';
  return code;
}

int nobody(const std::string& email) {
  return say(Refused, "portico user: there is no account with the address " + email);
}

void print(const User& user, std::span<const std::string> roles, bool as_json) {
  const std::string status(name_of(user.status));
  if (as_json) {
    std::cout << JsonObject()
                     .member("id", user.id)
                     .member("email", user.email)
                     .member("status", status)
                     .member("roles", roles)
                     .member("created_at", time_text(user.created))
                     .text()
              << '\n';
    return;
  }
  std::cout << std::left << std::setw(38) << user.id << std::setw(10) << status << user.email;
  for (const std::string& role : roles) std::cout << ' ' << role;
  std::cout << '\n';
}

Deed by_operator(std::string_view action, const std::string& user) {
  return {.action = action, .actor_type = "system", .target = std::string_view(user)};
}

}  // namespace

int UserCommand::run(Args& args) const {
  constexpr const char* How =
      "usage: portico user list [--json]\n"
      "       portico user disable|enable|reset EMAIL\n"
      "`reset` mails a link for a new password; nobody sets one for somebody else.";
  const bool as_json = args.flag("--json");
  const auto words = args.words();
  if (words.size() == 1 && words[0] == "list") return list(as_json);
  if (words.size() != 2 || as_json) return say(Usage, How);
  const std::string& email = words[1];
  if (words[0] == "disable") return disable(email);
  if (words[0] == "enable") return enable(email);
  if (words[0] == "reset") return reset(email);
  return say(Usage, How);
}

std::optional<User> UserCommand::find(Reader& db, const std::string& email) const {
  const auto read = read_email(email);
  return read ? users::find_by_email(db, read->normal) : std::nullopt;
}

int UserCommand::list(bool as_json) const {
  std::string last;
  for (;;) {
    const auto page = sql_.read([&](Reader& db) {
      users::Page asked{.limit = PageSize};
      if (!last.empty()) asked.before = last;
      std::vector<Listed> listed;
      for (User& user : users::list(db, asked)) {
        auto roles = permissions_->roles_of(db, user.id);
        listed.push_back({std::move(user), std::move(roles)});
      }
      return listed;
    });
    for (const auto& [user, roles] : page) print(user, roles, as_json);
    if (page.size() < PageSize) return Fine;
    last = page.back().user.id;
  }
}

int UserCommand::disable(const std::string& email) const {
  const Visit visit{.now = host_.unix_time()};
  bool last = false;
  const auto done = sql_.write([&](Transaction& db) -> std::optional<bool> {
    const auto user = find(db, email);
    if (!user) return std::nullopt;
    last = !permissions_->may_lose(db, user->id);
    if (last) return false;
    if (!users::disable(db, user->id, visit.now)) return false;
    users::invalidate_tokens(db, user->id, visit.now);
    (void)sessions::revoke_all(db, user->id, "disabled", visit.now);
    record(db, host_, visit, by_operator(audit::action::UserDisabled, user->id));
    return true;
  });
  if (!done) return nobody(email);
  if (last) {
    return say(Refused, "portico user: " + email +
                            " is the last administrator who can log in; make another one first");
  }
  return *done ? say(Fine, email + " cannot log in any more")
               : say(Refused, "portico user: " + email + " cannot be disabled as it is");
}

int UserCommand::enable(const std::string& email) const {
  const Visit visit{.now = host_.unix_time()};
  const auto done = sql_.write([&](Transaction& db) -> std::optional<bool> {
    const auto user = find(db, email);
    if (!user) return std::nullopt;
    if (!users::enable(db, user->id, visit.now)) return false;
    record(db, host_, visit, by_operator(audit::action::UserEnabled, user->id));
    return true;
  });
  if (!done) return nobody(email);
  return *done ? say(Fine, email + " can log in again")
               : say(Refused, "portico user: " + email + " was not disabled");
}

int UserCommand::reset(const std::string& email) const {
  const auto user = sql_.read([&](Reader& db) { return find(db, email); });
  if (!user) return nobody(email);
  if (user->status == UserStatus::Disabled) {
    return say(Refused, "portico user: " + email + " is disabled; enable it first");
  }
  Mails mails(host_, settings_.mail == MailTo::Log ? MailCopy::File : MailCopy::None);
  const MailedSecret secret(MailedSecret::Source{host_, settings_}, Purpose::Reset, user->id);
  const Visit visit{.now = host_.unix_time()};
  const Mail mail = secret.mail("reset_password", user->email, user->locale.value_or(""));
  sql_.write([&](Transaction& db) {
    secret.keep(db, visit.now);
    record(db, host_, visit, by_operator(audit::action::PasswordResetRequested, user->id));
    mails.request(db, mail);
  });
  mails.committed(mail);
  return say(Fine, "a link for a new password is on its way to " + email);
}

}  // namespace portico::auth
