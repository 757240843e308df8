// SPDX-License-Identifier: Apache-2.0
#include "notified.h"

#include "notify.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace portico::notify::test {
namespace {

class People final : public Plugin, public Identity, public Channel {
 public:
  using Config = NoSettings;
  static constexpr Info info{"people", "1.0.0", "Who there is, and a pager"};

  People(const Config&, Host& host)
      : sql(host.sql("main")), state(host), channels_(host.find<Channels>(Channels::ServiceName)) {
    here = this;
  }
  ~People() override { here = nullptr; }

  void setup(Registrar& registrar) override {
    registrar.provide<Identity>(Identity::ServiceName, *this);
  }
  void start() override { channels_->add(*this); }

  [[nodiscard]] std::string_view issuer() const noexcept override { return "test"; }
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
    contact.locale = subject == "bob" ? "de" : "en";
    return contact;
  }
  [[nodiscard]] bool can_log_in(Reader&, std::string_view subject) override {
    return !locked_out().contains(subject);
  }
  [[nodiscard]] std::vector<std::string> administrators(Reader&) override { return {}; }
  void record(Transaction&, const AuditEntry&) override {}

  [[nodiscard]] std::string_view name() const noexcept override { return "sms"; }
  [[nodiscard]] std::string fault_of(std::string_view address) const override {
    return address.starts_with('+') ? "" : "This is no number; write it as +43 ...";
  }
  [[nodiscard]] Carried carry(const Parcel& parcel) override {
    pager().calls.push_back({std::string(parcel.id), std::string(parcel.address),
                             std::string(parcel.subject), std::string(parcel.text),
                             parcel.attempt});
    return pager().answer;
  }

  static inline People* here = nullptr;
  Sql& sql;
  Host& state;

 private:
  Host::Service<Channels> channels_;
};

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

Pager& pager() {
  static Pager the_one;
  return the_one;
}

std::set<std::string, std::less<>>& locked_out() {
  static std::set<std::string, std::less<>> those;
  return those;
}

Notified::Notified(std::string_view settings, std::string_view caller, May may) {
  pager() = {};
  locked_out().clear();
  gateway.sql("main");
  gateway.load<NotifyPlugin>(
      "database: main\n"
      "from: \"Example <no-reply@example.com>\"\n"
      "url: \"https://api.example.com\"\n"
      "mail: log\n"
      "categories: {news: {title: News}, security: {critical: true}}\n" +
      std::string(settings));
  gateway.load<People>();
  if (!caller.empty()) gateway.use("test_user: " + std::string(caller));
  gateway.allow("test:nothing");
  if (may == May::Everything) allow_all();
  gateway.start();
}

void Notified::allow_all() {
  for (const std::string_view permission :
       {"messages:send", "messages:read", "messages:manage", "templates:read", "templates:write",
        "webhooks:read", "webhooks:write", "reminders:read", "reminders:write"}) {
    gateway.allow("notify:" + std::string(permission));
  }
}

testing::Reply Notified::post(std::string_view path, std::string_view body,
                              testing::GivenFields headers) {
  std::vector<std::pair<std::string_view, std::string_view>> all(headers.begin(), headers.end());
  if (all.empty()) {
    return gateway.request("POST", path, {{"Content-Type", "application/json"}}, body);
  }
  return gateway.request("POST", path, {{"Content-Type", "application/json"}, *headers.begin()},
                         body);
}

std::vector<std::string> Notified::mails() const {
  const std::filesystem::path people(People::here->state.state_directory());
  std::vector<std::string> mails;
  std::string rest = content_of(people.parent_path() / "notify" / "mails.mbox");
  constexpr std::string_view Begin = "From portico ";
  while (rest.starts_with(Begin)) {
    const std::size_t next = rest.find("\n" + std::string(Begin), 1);
    mails.push_back(rest.substr(0, next));
    rest = next == std::string::npos ? std::string() : rest.substr(next + 1);
  }
  return mails;
}

std::vector<std::string> Notified::rows(std::string_view query) {
  std::vector<std::string> lines;
  People::here->sql.read_main([&](Reader& db) {
    for (const Row row : db.query({"test.rows", query})) {
      std::string line;
      for (std::size_t i = 0;; ++i) {
        try {
          line += (i == 0 ? "" : " | ") + std::string(row.maybe_text(i).value_or("-"));
        } catch (const std::logic_error&) {
          break;
        }
      }
      lines.push_back(line);
    }
  });
  return lines;
}

void Notified::change(std::string_view statement) {
  People::here->sql.write([&](Transaction& db) { db.change({"test.change", statement}); });
}

void Notified::publish(std::string_view event, std::string_view what) {
  People::here->sql.write([&](Transaction& db) {
    People::here->state.publish(db, event, what, {{"what", what}});
  });
}

std::string member(const std::string& json, std::string_view name) {
  const std::string key = '"' + std::string(name) + "\":";
  std::size_t at = json.find(key);
  if (at == std::string::npos) return {};
  at += key.size();
  if (json[at] != '"') return json.substr(at, json.find_first_of(",}]", at) - at);
  return json.substr(at + 1, json.find('"', at + 1) - at - 1);
}

}  // namespace portico::notify::test
