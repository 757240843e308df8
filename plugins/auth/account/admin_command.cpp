// SPDX-License-Identifier: Apache-2.0
#include "account/admin_command.h"

#include "account/email.h"
#include "account/hashing.h"
#include "account/prompt.h"
#include "account/visit.h"
#include "audit/actions.h"
#include "password/password_rules.h"
#include "password/passwords.h"
#include "store/credentials.h"
#include "store/users.h"

#include <iostream>

namespace portico::auth {
namespace {

constexpr int Fine = 0;
constexpr int Refused = 1;
constexpr int Usage = 64;

int say(int code, const std::string& sentence) {
  (code == Fine ? std::cout : std::cerr) << sentence << '\n';
  return code;
}

}  // namespace

int AdminCommand::run(Args& args) const {
  constexpr const char* How =
      "usage: portico admin create EMAIL [--password-stdin]\n"
      "Asks for a password on the terminal; with --password-stdin it is the first line of the\n"
      "standard input.";
  const bool from_input = args.flag("--password-stdin");
  const auto words = args.words();
  if (words.size() != 2 || words[0] != "create" || words[1].starts_with('-')) {
    return say(Usage, How);
  }
  return create(words[1], from_input);
}

int AdminCommand::create(const std::string& typed, bool from_input) const {
  const std::string fault = fault_of_email(typed);
  if (!fault.empty()) return say(Usage, "portico admin: " + fault);
  const auto password = from_input ? read_line() : ask_password();
  if (!password) {
    return say(Usage, std::string("portico admin: there is no password; nothing was made") +
                          (from_input ? "" : "; without a terminal write --password-stdin"));
  }
  const auto weak = weaknesses(*password, rules_of(settings_.password), own_words(typed));
  if (!weak.empty()) {
    return say(Refused, "portico admin: " + std::string(sentence(weak.front())));
  }
  return store(typed, *password);
}

int AdminCommand::store(const std::string& typed, const std::string& password) const {
  const Email email = *read_email(typed);
  const std::string phc = Passwords(cost_of(settings_.password.argon2)).hash(password);
  const std::string id = host_.new_id();
  const std::string credential = host_.new_id();
  const Visit visit{.now = host_.unix_time()};
  const bool made = sql_.write([&](Transaction& db) {
    const NewUser user{
        .id = id, .email = email.text, .email_normalised = email.normal, .verified = visit.now};
    if (!users::insert_if_free(db, user, visit.now)) return false;
    permissions_->make_administrator(db, id);
    credentials::set_password(db, {.id = credential, .user_id = id, .phc = phc}, visit.now);
    record(db, host_, visit,
           {.action = audit::action::UserCreated,
            .detail = R"({"by":"portico admin create","admin":true})",
            .actor_type = "system",
            .target = std::string_view(id)});
    return true;
  });
  if (!made) return say(Refused, "portico admin: there is an account with this address already");
  return say(Fine, "made the administrator " + email.text + " (" + id + ")");
}

}  // namespace portico::auth
