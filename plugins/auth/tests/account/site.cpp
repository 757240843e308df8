// SPDX-License-Identifier: Apache-2.0
#include "account/site.h"

#include <fstream>

namespace portico::auth::test {
namespace {

/// Looks into the database, and knows where files are.
class Probe final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"probe", "1.0.0", "Looks at what the plugin did"};

  Probe(const Config&, Host& host) : sql(host.sql("main")), host_(host) { here = this; }
  ~Probe() override { here = nullptr; }
  void setup(Registrar&) override {}

  [[nodiscard]] std::string mail_file() const {
    return host_.state_directory() + "/../auth/mails.jsonl";
  }

  static inline Probe* here = nullptr;
  Sql& sql;

 private:
  Host& host_;
};

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

}  // namespace

std::string member(const std::string& json, std::string_view name) {
  const std::string key = in_quotes(name) + ":";
  std::size_t at = json.find(key);
  if (at == std::string::npos) return {};
  at += key.size();
  while (at < json.size() && json[at] == ' ') ++at;
  if (json[at] != '"') return json.substr(at, json.find_first_of(",}]", at) - at);
  return json.substr(at + 1, json.find('"', at + 1) - at - 1);
}

std::string set_cookie_line(const Reply& reply, std::string_view name) {
  for (const auto& [field, value] : reply.headers) {
    if (field == "Set-Cookie" && value.starts_with(std::string(name) + "=")) return value;
  }
  return {};
}

std::optional<std::string> set_cookie(const Reply& reply, std::string_view name) {
  const std::string line = set_cookie_line(reply, name);
  if (line.empty()) return std::nullopt;
  return line.substr(name.size() + 1, line.find(';') - name.size() - 1);
}

Site::Site(const std::string& more) {
  const std::string settings =
      "{database: main, issuer: \"https://api.example.com\", mail: log, password: {argon2: "
      "{memory: "
      "7MiB, passes: 1}}" +
      (more.empty() ? "" : ", " + more) + "}";
  gateway.redis("shared", [this](const portico::testing::RedisWords& words) {
    if (words.front() == "PUBLISH") told.push_back(words.back());
    return RedisReply::of(1);
  });
  gateway.sql("main").load<AuthPlugin>(settings).load<Probe>();
  gateway.route("{match: {path: /private}, use: [auth], respond: mine}");
  gateway.start();
}

Reply Site::post(std::string_view path, std::string_view json, GivenFields headers) {
  std::vector<std::pair<std::string_view, std::string_view>> fields(headers.begin(), headers.end());
  if (fields.size() > 4) throw std::logic_error("too many fields for a test");
  const std::pair<std::string_view, std::string_view> type{"Content-Type", "application/json"};
  switch (fields.size()) {
    case 0: return gateway.request("POST", path, {type}, json);
    case 1: return gateway.request("POST", path, {type, fields[0]}, json);
    case 2: return gateway.request("POST", path, {type, fields[0], fields[1]}, json);
    case 3: return gateway.request("POST", path, {type, fields[0], fields[1], fields[2]}, json);
    default:
      return gateway.request("POST", path, {type, fields[0], fields[1], fields[2], fields[3]},
                             json);
  }
}

Reply Site::with_token(std::string_view method, std::string_view path,
                       std::string_view access_token, std::string_view json) {
  const std::string bearer = "Bearer " + std::string(access_token);
  if (json.empty()) return gateway.request(method, path, {{"Authorization", bearer}});
  return gateway.request(method, path,
                         {{"Authorization", bearer}, {"Content-Type", "application/json"}}, json);
}

Reply Site::get(std::string_view path, std::string_view access_token) {
  return access_token.empty() ? gateway.get(path) : with_token("GET", path, access_token);
}

Reply Site::sign_up(std::string_view email, std::string_view password) {
  return post("/auth/signup",
              R"({"email":)" + in_quotes(email) + R"(,"password":)" + in_quotes(password) + "}");
}

void Site::enrol(std::string_view email, std::string_view password) {
  ASSERT_EQ(sign_up(email, password).status, Status::Accepted);
  const Reply verified =
      post("/auth/verify-email", R"({"token":)" + in_quotes(mail("verify_email").token()) + "}");
  ASSERT_EQ(verified.status, Status::Ok) << verified.body;
}

Reply Site::login(std::string_view email, std::string_view password, GivenFields headers) {
  return post("/auth/login",
              R"({"email":)" + in_quotes(email) + R"(,"password":)" + in_quotes(password) + "}",
              headers);
}

Tokens Site::tokens(std::string_view email, std::string_view password) {
  const Reply reply = login(email, password);
  EXPECT_EQ(reply.status, Status::Ok) << reply.body;
  return {member(reply.body, "access_token"), member(reply.body, "refresh_token"),
          member(reply.body, "session_id")};
}

Reply Site::refresh(std::string_view token) {
  return post("/auth/refresh", R"({"refresh_token":)" + in_quotes(token) + "}");
}

std::vector<SentMail> Site::mails() const {
  std::ifstream file(Probe::here->mail_file());
  std::vector<SentMail> found;
  for (std::string line; std::getline(file, line);) {
    found.push_back(
        {member(line, "about"), member(line, "to"), member(line, "link"), member(line, "code")});
  }
  return found;
}

SentMail Site::mail(std::string_view about) const {
  SentMail newest;
  for (SentMail& each : mails()) {
    if (each.about == about) newest = std::move(each);
  }
  EXPECT_EQ(newest.about, about);
  return newest;
}

std::size_t Site::mails_about(std::string_view about) const {
  std::size_t count = 0;
  for (const SentMail& each : mails()) count += each.about == about ? 1U : 0U;
  return count;
}

std::int64_t Site::number(std::string_view query) const {
  const Statement asked{"probe.number", query};
  return Probe::here->sql.write([&](Transaction& db) { return db.query(asked)[0].integer(0); });
}

void Site::change(std::string_view statement) const {
  const Statement made{"probe.change", statement};
  Probe::here->sql.write([&](Transaction& db) { db.change(made); });
}

void Site::keep_hash(std::string_view stored) const {
  constexpr Statement Keep{"probe.keep_hash", "UPDATE auth_credentials SET secret = $1"};
  Probe::here->sql.write([&](Transaction& db) { db.change(Keep, {stored}); });
}

}  // namespace portico::auth::test
