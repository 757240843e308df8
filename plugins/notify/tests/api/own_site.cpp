// SPDX-License-Identifier: Apache-2.0
#include "api/own_site.h"

#include "notify.h"
#include "store/topics.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace portico::notify::test {
namespace {

/// Takes the caller's word for who it is, knows two users, and lends the database.
class People final : public Plugin, public Identity {
 public:
  using Config = NoSettings;
  static constexpr Info info{"people", "1.0.0", "Who there is"};

  People(const Config&, Host& host) : sql(host.sql("main")), host_(host) { here = this; }
  ~People() override { here = nullptr; }

  void setup(Registrar& registrar) override {
    registrar.provide<Identity>(Identity::ServiceName, *this);
    registrar
        .middleware<NoSettings>(
            "people",
            [this](const NoSettings&) { return [this](Request& request) { return see(request); }; })
        .gives("identity");
  }

  [[nodiscard]] std::string_view issuer() const noexcept override { return "https://here"; }
  [[nodiscard]] std::string_view database() const noexcept override { return "main"; }
  [[nodiscard]] bool exists(Reader&, std::string_view subject) override {
    return subject == "ada" || subject == "bob";
  }
  [[nodiscard]] std::optional<std::string> find(Reader&, std::string_view) override { return {}; }
  [[nodiscard]] std::optional<Contact> contact(Reader& db, std::string_view subject) override {
    if (!exists(db, subject)) return std::nullopt;
    Contact contact;
    contact.email = std::string(subject) + "@example.com";
    contact.verified = true;
    contact.timezone = subject == "bob" ? "Mars/Olympus" : "Europe/Vienna";
    return contact;
  }
  [[nodiscard]] bool can_log_in(Reader&, std::string_view) override { return true; }
  [[nodiscard]] std::vector<std::string> administrators(Reader&) override { return {}; }
  void record(Transaction&, const AuditEntry& entry) override {
    audit.push_back(std::string(entry.action) + " " + std::string(entry.target_type) + " " +
                    std::string(entry.target));
  }
  [[nodiscard]] std::string folder() const { return host_.state_directory(); }

  static inline People* here = nullptr;
  Sql& sql;
  OwnSite* site = nullptr;
  std::vector<std::string> audit;

 private:
  Flow see(Request& request) {
    const auto user = request.headers().get("X-Caller");
    if (!user) return pass();
    Principal principal{.subject = *user,
                        .issuer = request.headers().get("X-Issuer").value_or("https://here")};
    if (const auto expires = request.headers().get("X-Expires")) {
      std::int64_t seconds = 0;
      std::from_chars(expires->data(), expires->data() + expires->size(), seconds);
      principal.expires = host_.unix_time() + std::chrono::seconds(seconds);
    }
    request.principal(principal);
    request.keep_open_while([this] {
      if (site != nullptr && site->meanwhile) std::exchange(site->meanwhile, nullptr)();
      return true;
    });
    return pass();
  }

  Host& host_;
};

}  // namespace

OwnSite::OwnSite(Holds holds, std::string_view settings) {
  gateway.sql("main");
  gateway.load<NotifyPlugin>(
      "database: main\n"
      "from: \"Example <no-reply@example.com>\"\n"
      "url: \"https://api.example.com\"\n"
      "mail: log\n"
      "categories: {news: {title: \"News & more\"}, offers: {}, security: {critical: true}}\n" +
      std::string(settings));
  gateway.load<People>().use("people");
  if (settings.find("redis:") != std::string_view::npos) {
    gateway.redis("shared", [this](const testing::RedisWords& words) {
      if (words.at(0) == "PUBLISH") published.push_back(words.at(2));
      return RedisReply::of(1);
    });
  }
  if (holds == Holds::Everything) {
    for (const std::string_view permission : {"messages:send", "topics:publish", "topics:manage",
                                              "suppressions:read", "suppressions:write"}) {
      gateway.allow("notify:" + std::string(permission));
    }
  }
  gateway.start();
  People::here->site = this;
}

OwnSite::~OwnSite() {
  if (People::here != nullptr) People::here->site = nullptr;
}

Reply OwnSite::call(std::string_view user, std::string_view method, std::string_view path,
                    std::string_view json, const Fields& more) {
  const std::string target = "/notify" + std::string(path);
  Fields all(more);
  if (!user.empty()) all.emplace_back("X-Caller", user);
  // An initializer_list has a length that is written: absent ones are repeated.
  if (all.empty())
    return gateway.request(method, target, {{"Content-Type", "application/json"}}, json);
  const auto at = [&](std::size_t i) { return all[std::min(i, all.size() - 1)]; };
  if (all.size() == 1) {
    return gateway.request(method, target, {{"Content-Type", "application/json"}, at(0)}, json);
  }
  if (all.size() == 2) {
    return gateway.request(method, target, {{"Content-Type", "application/json"}, at(0), at(1)},
                           json);
  }
  return gateway.request(method, target,
                         {{"Content-Type", "application/json"}, at(0), at(1), at(2)}, json);
}

void OwnSite::subscribe(std::string_view topic, std::string_view user) {
  const Reply reply =
      call("root", "PUT", "/topics/" + std::string(topic) + "/subscriptions/" + std::string(user));
  ASSERT_EQ(reply.status, Status::NoContent) << reply.body;
}

std::int64_t OwnSite::publish(std::string_view topic, std::string_view payload) {
  const Reply reply = call("root", "POST", "/topics/" + std::string(topic) + "/publish",
                           R"({"event":"news","payload":)" + std::string(payload) + "}");
  EXPECT_EQ(reply.status, Status::Accepted) << reply.body;
  return std::stoll(member_of(reply.body, "seq"));
}

std::string OwnSite::put_into_inbox(std::string_view user, std::string_view title) {
  const Reply reply = call("root", "POST", "/messages",
                           R"({"to":{"user_id":")" + std::string(user) +
                               R"("},"channels":["inbox"],"content":{"title":")" +
                               std::string(title) + R"(","body":"text"}})");
  EXPECT_EQ(reply.status, Status::Accepted) << reply.body;
  return member_of(get(user, "/inbox?limit=1").body, "id");
}

void OwnSite::say(std::string_view topic, std::string_view payload) {
  People::here->sql.write(
      [&](Transaction& db) { topics::say(db, topic, "news", payload, std::chrono::hours(1)); });
}

std::int64_t OwnSite::number(std::string_view query) const {
  return People::here->sql.read_main([&](Reader& db) {
    return db.query({"test.number", query})[0].integer(0);
  });
}

void OwnSite::change(std::string_view statement) const {
  People::here->sql.write([&](Transaction& db) { db.change({"test.change", statement}); });
}

std::string OwnSite::mails() const {
  const std::filesystem::path own(People::here->folder());
  std::ifstream file(own.parent_path() / "notify" / "mails.mbox");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::vector<std::string>& OwnSite::audit() const { return People::here->audit; }

std::string member_of(const std::string& json, std::string_view name) {
  const std::string key = '"' + std::string(name) + "\":";
  std::size_t at = json.find(key);
  if (at == std::string::npos) return {};
  at += key.size();
  if (json[at] != '"') return json.substr(at, json.find_first_of(",}]", at) - at);
  return json.substr(at + 1, json.find('"', at + 1) - at - 1);
}

std::string code_of(const Reply& reply) { return member_of(reply.body, "code"); }

int status_of(const Reply& reply) { return static_cast<int>(reply.status); }

}  // namespace portico::notify::test
