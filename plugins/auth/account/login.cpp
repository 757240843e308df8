// SPDX-License-Identifier: Apache-2.0
#include "account/login.h"

#include "account/answers.h"
#include "account/email.h"
#include "account/known_device.h"
#include "account/password_proof.h"
#include "account/person_name.h"
#include "account/revoking.h"
#include "audit/actions.h"
#include "store/credentials.h"
#include "text/json_object.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace portico::auth {
namespace {

constexpr double MostDeviceName = 100;
/// From a network that the user was seen on since then nobody is a stranger.
constexpr Time Acquaintance = std::chrono::days(30);

/// What a login is looked up by. Whatever was typed has one, so that it can be counted.
std::string account_of(const std::string& typed) {
  const auto email = read_email(typed);
  return email ? email->normal : typed;
}

/// A session from before may have been that of whom the owner has since shut out: its network is a
/// stranger's.
Time trusted_since(const users::Login& login) {
  return std::max(login.user.token_not_before, login.password_since);
}

}  // namespace

struct Login::Try {
  const LoginForm& form;
  Visit visit;
  std::string account;
  std::string_view cookie;  ///< Of the device; whatever was sent.
  throttle::LoginTry keys;
  EvenPace::Clock::time_point began;
  std::optional<users::Login> found{};
  bool known_device = false;
  std::int64_t failures = 0;  ///< Of the same account and network, to be forgotten.
  bool waits = false;         ///< Too many failures: whatever the password.
  bool crowded = false;       ///< Too many tries for this account at this moment.
};

/// The user's other sessions, as they were before the transaction (session/sessions.h says why).
struct Login::Company {
  bool new_device;
  bool full;  ///< One has to go.
};

/// Of somebody whose password is right; made before the transaction, which may begin again.
struct Login::Admission {
  const Try& tried;
  std::string session;
  Company company;
  std::optional<std::string> renewed{};  ///< The password, hashed anew.
  std::vector<std::string> evicted{};
  std::vector<std::string> roles{};
  std::optional<Mail> notice{};
};

void LoginForm::describe(Schema<LoginForm>& s) {
  s.summary("Who logs in.");
  s.field("email", &LoginForm::email, "As at the sign-up.").required().min(1).max(254);
  s.field("password", &LoginForm::password, "As it is typed.").required().min(1).secret();
  s.field("remember", &LoginForm::remember, "Cookies outlive the browser.");
  s.field("device_name", &LoginForm::device_name, "For the list of sessions.")
      .max(MostDeviceName)
      .check(fault_of_person_name);
}

Login::Login(const Parts& parts)
    : parts_(parts),
      right_(parts.host.counter("login_total", "Logins.", {{"outcome", "right"}})),
      wrong_(parts.host.counter("login_total", "Logins.", {{"outcome", "wrong"}})),
      throttled_(parts.host.counter("login_total", "Logins.", {{"outcome", "throttled"}})) {}

Response Login::serve(Request& request) const {
  // Another site could log a visitor in to an account of its own.
  if (parts_.csrf.judge(request) == Csrf::Verdict::Forged) return forged();
  const auto began = EvenPace::Clock::now();
  const auto form = request.json<LoginForm>();
  if (form.password.size() > MostPasswordBytes) {
    return refuse(Status::UnprocessableContent, "validation_failed", "The password is too long.");
  }
  Visit visit = visit_of(request, parts_.host);
  std::string account = account_of(form.email);
  const throttle::LoginTry keys(parts_.secrets.throttle, account, visit.address);
  Try tried{.form = form,
            .visit = std::move(visit),
            .account = std::move(account),
            .cookie = request.cookie(DeviceCookie).value_or(""),
            .keys = keys,
            .began = began};
  if (auto refusal = held_up(tried)) return *std::move(refusal);
  const auto place = parts_.in_flight.enter(tried.keys, throttle::InFlight::Most);
  tried.crowded = !place;
  if (!convinces(tried)) return failed(tried);
  const User& user = tried.found->user;
  if (user.status == UserStatus::Pending) {
    right_.add();
    return refuse(Status::Forbidden, "email_not_verified",
                  "Confirm your e-mail address first; you were sent a link.");
  }
  return open(tried);
}

void Login::recognise(Reader& db, Try& tried) const {
  tried.found = users::find_login(db, tried.account);
  // As much work where there is no such account.
  const Time since = tried.found ? tried.found->password_since : Time(0);
  const auto device = device::read(parts_.secrets.devices, {tried.account, since}, tried.cookie);
  tried.known_device = device.has_value();
  std::optional<throttle::Known> known;
  if (device) known = {throttle::Known::By::Device, *device};
  tried.keys = {parts_.secrets.throttle, tried.account, tried.visit.address, known};
}

/// Of the limit for everybody, which shows, a neighbour's address spares nobody: who is spared
/// would show who lives there.
bool Login::spares(Reader& db, const Try& tried, throttle::Verdict::By by) const {
  if (tried.known_device) return true;
  if (by != throttle::Verdict::By::Account || !tried.found) return false;
  const Time since = std::max(tried.visit.now - Acquaintance, trusted_since(*tried.found));
  return sessions::seen_from(db, tried.found->user.id, tried.visit.network, since);
}

std::optional<Response> Login::held_up(Try& tried) const {
  const throttle::Verdict verdict = parts_.sql.read_main([&](Reader& db) {
    recognise(db, tried);
    throttle::Verdict judged =
        throttle::judge(db, tried.keys, parts_.login_limits, tried.visit.now);
    if (judged.spares_known && spares(db, tried, judged.by)) {
      judged = {.failures = judged.failures};
    }
    return judged;
  });
  using By = throttle::Verdict::By;
  if (verdict.by == By::Address || verdict.by == By::Everyone) {
    throttled_.add();
    return too_many(verdict.wait);
  }
  tried.waits = !verdict.allowed();
  tried.failures = verdict.failures;
  return std::nullopt;
}

bool Login::convinces(const Try& tried) const {
  const bool looks = !tried.waits && !tried.crowded && tried.found;
  const std::optional<std::string> none;
  const bool right = proves(parts_, looks ? tried.found->password : none, tried.form.password);
  if (!right) return false;
  const User& user = tried.found->user;
  return user.status == UserStatus::Pending || user.may_log_in(tried.visit.now);
}

Response Login::failed(const Try& tried) const {
  (tried.waits ? throttled_ : wrong_).add();
  const std::string detail =
      JsonObject().member("reason", tried.waits || tried.crowded ? "throttled" : "refused").text();
  parts_.sql.write([&](Transaction& db) {
    const auto count = tried.waits || tried.crowded ? throttle::held_up : throttle::failed;
    count(db, tried.keys, parts_.login_limits, tried.visit.now);
    Deed deed{.action = tried.waits ? audit::action::LoginThrottled : audit::action::LoginFailed,
              .outcome = "failure",
              .detail = detail};
    if (tried.found) deed.target = tried.found->user.id;
    record(db, parts_.host, tried.visit, deed);
  });
  parts_.hash_pace.wait(tried.began);
  return invalid_credentials();
}

Login::Company Login::company_of(const Try& tried) const {
  const std::string& user = tried.found->user.id;
  const Visit& visit = tried.visit;
  // Else somebody who had got in before would come again from there, and nobody were told.
  const Time since = trusted_since(*tried.found);
  return parts_.sql.read_main([&](Reader& db) {
    return Company{
        .new_device = !tried.known_device && !sessions::seen_from(db, user, visit.network, since),
        .full = sessions::count(db, user, visit.now) >= parts_.session_limits.most_per_user};
  });
}

Response Login::open(const Try& tried) const {
  Admission admission = prepare(tried);
  const auto session = parts_.sql.write([&](Transaction& db) { return admit(db, admission); });
  if (!session) return failed(tried);
  if (admission.notice) parts_.mails.committed(*admission.notice);
  revoke_now(parts_, admission.evicted);
  right_.add();
  Response answer = parts_.tokens.answer({tried.found->user, *session, std::move(admission.roles)});
  if (!tried.known_device) {
    remember_device(parts_, {tried.account, tried.found->password_since}, answer);
  }
  return answer;
}

Login::Admission Login::prepare(const Try& tried) const {
  Admission made{.tried = tried, .session = parts_.host.new_id(), .company = company_of(tried)};
  // With the cost that the file asks for now. The user waits for it once.
  if (parts_.passwords.outdated(*tried.found->password)) {
    made.renewed = parts_.passwords.hash(tried.form.password);
  }
  return made;
}

std::optional<Session> Login::admit(Transaction& db, Admission& admission) const {
  admission.notice.reset();
  admission.evicted.clear();
  const Try& tried = admission.tried;
  const User& user = tried.found->user;
  const Time now = tried.visit.now;
  // Meanwhile the password may have been changed, or the user disabled.
  const auto found = users::find_login(db, tried.account);
  if (!found || found->password != tried.found->password) return std::nullopt;
  if (!found->user.may_log_in(now)) return std::nullopt;
  if (tried.failures > 0) throttle::succeeded(db, tried.keys);
  Session opened = sessions::open(db, session_of(admission), now, parts_.session_limits);
  if (admission.company.full) {
    admission.evicted = sessions::evict(db, user.id, opened.id, now, parts_.session_limits);
  }
  if (admission.renewed) {
    credentials::rehash_password(db, user.id, *found->password, *admission.renewed);
  }
  record(db, parts_.host, tried.visit,
         {.action = audit::action::Login,
          .actor = std::string_view(user.id),
          .session = std::string_view(opened.id)});
  if (admission.company.new_device) {
    admission.notice = mail_to(user, "new_device");
    parts_.mails.request(db, *admission.notice);
  }
  admission.roles = parts_.tokens.roles_of(db, user);
  return opened;
}

NewSession Login::session_of(const Admission& admission) const {
  const Try& tried = admission.tried;
  return {.id = admission.session,
          .user_id = tried.found->user.id,
          .key = parts_.secrets.refresh.newest_key(),
          .network = tried.visit.network,
          .agent = tried.visit.agent,
          .device_name = tried.form.device_name,
          .remember = tried.form.remember};
}

}  // namespace portico::auth
