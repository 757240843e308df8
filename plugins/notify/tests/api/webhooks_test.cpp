// SPDX-License-Identifier: Apache-2.0
// Webhooks: who may make them and to where, what is posted, and what an answer does.
#include "notified.h"
#include "webhook/verification.h"

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

/// A receiver of webhooks that a test commands.
class Receiver {
 public:
  explicit Receiver(Notified& site) {
    site.gateway.fetches([this](const Fetch& order) {
      orders.push_back(order);
      return answer;
    });
    answer.status = Status::NoContent;
  }

  [[nodiscard]] std::string_view field(std::string_view name) const {
    for (const auto& [each, value] : orders.back().headers) {
      if (each == name) return value;
    }
    return {};
  }
  [[nodiscard]] bool genuine(std::string_view secret) const {
    const auto verifier = webhook::Verifier::parse(secret);
    return verifier && verifier->genuine({.id = field("webhook-id"),
                                          .timestamp = field("webhook-timestamp"),
                                          .signature = field("webhook-signature"),
                                          .body = orders.back().body},
                                         std::chrono::seconds(
                                             std::stoll(std::string(field("webhook-timestamp")))));
  }

  std::vector<Fetch> orders;
  Fetched answer;
};

struct Made {
  std::string id;
  std::string secret;
};
Made make(Notified& site, std::string_view events = "*", std::string_view more = "") {
  const auto reply =
      site.post("/notify/webhooks", R"({"url":"https://hooks.example.com/in","events":[")" +
                                        std::string(events) + "\"]" + std::string(more) + "}");
  EXPECT_EQ(reply.status, Status::Created) << reply.body;
  return {member(reply.body, "id"), member(reply.body, "secret")};
}

// Case 141 and 142: the signature is right, and of the very bytes that were sent.
TEST(NotifyWebhooks, TellOfEventsAndSignThem) {
  Notified site;
  Receiver receiver(site);
  const Made hook = make(site, "payment.*");
  EXPECT_TRUE(hook.secret.starts_with("whsec_"));
  site.publish("payment.made", "7");
  site.publish("order.made", "8");
  site.work();
  ASSERT_EQ(receiver.orders.size(), 1U);
  EXPECT_EQ(receiver.orders[0].url, "https://hooks.example.com/in");
  EXPECT_FALSE(receiver.orders[0].internal) << "public addresses alone";
  EXPECT_EQ(member(receiver.orders[0].body, "type"), "payment.made");
  EXPECT_NE(receiver.orders[0].body.find(R"("data":{"what":"7"})"), std::string::npos);
  EXPECT_TRUE(receiver.genuine(hook.secret));
  EXPECT_EQ(site.rows("SELECT status FROM notify_deliveries"), Lines{"sent"});
}

TEST(NotifyWebhooks, AreToldNothingOnceTheirOwnerMayHaveNone) {
  Notified site;
  Receiver receiver(site);
  (void)make(site);
  locked_out().insert("ada");
  site.publish("payment.made", "7");
  site.work();
  EXPECT_EQ(receiver.orders.size(), 0U);
  locked_out().clear();
  site.publish("payment.made", "8");
  site.work();
  EXPECT_EQ(receiver.orders.size(), 1U);
}

TEST(NotifyWebhooks, SignWithAPairOfKeys) {
  Notified site;
  Receiver receiver(site);
  const Made hook = make(site, "*", R"(,"secret_type":"key_pair")");
  EXPECT_TRUE(hook.secret.starts_with("whpk_")) << "nobody is told the private one";
  site.publish("payment.made", "7");
  site.work();
  EXPECT_TRUE(receiver.genuine(hook.secret));
}

// Case 141: after a rotation both sign, and the old one no longer than for a day.
TEST(NotifyWebhooks, SignWithBothSecretsForADayAfterARotation) {
  Notified site;
  Receiver receiver(site);
  const Made hook = make(site);
  const auto rotated = site.post("/notify/webhooks/" + hook.id + "/secret/rotate", "");
  const std::string secret = member(rotated.body, "secret");
  EXPECT_NE(secret, hook.secret);
  site.publish("payment.made", "7");
  site.work();
  EXPECT_TRUE(receiver.genuine(hook.secret));
  EXPECT_TRUE(receiver.genuine(secret));
  site.work(24h);
  site.publish("payment.made", "8");
  site.work();
  EXPECT_FALSE(receiver.genuine(hook.secret));
  EXPECT_TRUE(receiver.genuine(secret));
}

// Case 136: at creation.
TEST(NotifyWebhooks, GoToPublicPlacesAlone) {
  Notified site;
  for (const std::string_view url :
       {"http://hooks.example.com/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/",
        "https://10.0.0.1/", "https://169.254.169.254/", "https://0x7f.1/", "https://2130706433/",
        "https://a.internal/", "https://user@hooks.example.com/", "https://hooks.example.com/#f",
        "ftp://hooks.example.com/", "https://hooks.example.com:22/"}) {
    const auto reply =
        site.post("/notify/webhooks", R"({"url":")" + std::string(url) + R"(","events":["*"]})");
    EXPECT_EQ(reply.status, Status::UnprocessableContent) << url;
    EXPECT_EQ(member(reply.body, "code"), "url_not_allowed") << url;
  }
}

TEST(NotifyWebhooks, SendNoHeaderThatWouldBeAnothers) {
  Notified site;
  for (const std::string_view header :
       {"Host", "Content-Length", "webhook-id", "Connection", "a b"}) {
    const auto reply = site.post("/notify/webhooks",
                                 R"({"url":"https://h.example.com/","events":["*"],"headers":{")" +
                                     std::string(header) + R"(":"x"}})");
    EXPECT_EQ(member(reply.body, "code"), "header_invalid") << header;
  }
  Receiver receiver(site);
  make(site, "*", R"(,"headers":{"X-Key":"k-1"})");
  site.publish("payment.made", "7");
  site.work();
  EXPECT_EQ(receiver.field("X-Key"), "k-1");
  EXPECT_EQ(site.gateway.get("/notify/webhooks").body.find("k-1"), std::string::npos);
}

// Case 143: 410.
TEST(NotifyWebhooks, ThatAreGoneGetNoMore) {
  Notified site;
  Receiver receiver(site);
  const Made hook = make(site);
  receiver.answer.status = Status::Gone;
  site.publish("payment.made", "7");
  site.work();
  site.publish("payment.made", "8");
  site.work();
  EXPECT_EQ(receiver.orders.size(), 1U);
  const auto shown = site.gateway.get("/notify/webhooks/" + hook.id);
  EXPECT_EQ(member(shown.body, "status"), "disabled") << shown.body;
  ASSERT_EQ(site.mails().size(), 1U) << "its owner is told";
  EXPECT_NE(site.mails()[0].find("hooks.example.com"), std::string::npos);
  receiver.answer.status = Status::Ok;
  EXPECT_EQ(site.post("/notify/webhooks/" + hook.id + "/enable", "").status, Status::Ok);
  site.publish("payment.made", "9");
  site.work();
  EXPECT_EQ(receiver.orders.size(), 2U);
}

// Case 143: 429 with Retry-After.
TEST(NotifyWebhooks, WaitAsLongAsTheyAreAskedTo) {
  Notified site;
  Receiver receiver(site);
  make(site);
  receiver.answer.status = Status::TooManyRequests;
  receiver.answer.headers = {{"Retry-After", "600"}};
  site.publish("payment.made", "7");
  site.work();
  receiver.answer = {};
  receiver.answer.status = Status::Ok;
  site.work(599s);
  EXPECT_EQ(receiver.orders.size(), 1U);
  // Up to five seconds more, for it asks the same of each message.
  site.work(6s);
  ASSERT_EQ(receiver.orders.size(), 2U);
  EXPECT_EQ(receiver.orders[0].body, receiver.orders[1].body);
}

// Case 138: a redirect is a failure, wherever it leads.
TEST(NotifyWebhooks, FollowNoRedirect) {
  Notified site;
  Receiver receiver(site);
  make(site);
  receiver.answer.status = Status::Found;
  receiver.answer.headers = {{"Location", "http://169.254.169.254/"}};
  site.publish("payment.made", "7");
  site.work();
  EXPECT_EQ(receiver.orders.size(), 1U);
  EXPECT_EQ(site.rows("SELECT status, last_code FROM notify_deliveries"), Lines{"queued | 302"});
}

TEST(NotifyWebhooks, ThatFailForFiveDaysGetNoMore) {
  Notified site;
  Receiver receiver(site);
  const Made hook = make(site);
  receiver.answer.status = Status::InternalServerError;
  site.publish("payment.made", "7");
  for (int hour = 0; hour < 130; ++hour) {
    site.publish("payment.made", std::to_string(hour));
    site.work(1h);
  }
  EXPECT_EQ(member(site.gateway.get("/notify/webhooks/" + hook.id).body, "status"), "disabled");
}

TEST(NotifyWebhooks, AreSentAgainWhatTheyMissed) {
  Notified site;
  Receiver receiver(site);
  const Made hook = make(site);
  receiver.answer.status = Status::Gone;
  site.publish("payment.made", "7");
  site.work();
  receiver.answer.status = Status::Ok;
  site.post("/notify/webhooks/" + hook.id + "/enable", "");
  const auto reply =
      site.post("/notify/webhooks/" + hook.id + "/recover", R"({"since":"1970-01-01T00:00:00Z"})");
  EXPECT_EQ(member(reply.body, "queued"), "1") << reply.body;
  site.work();
  EXPECT_EQ(receiver.orders.size(), 2U);
  EXPECT_EQ(site.rows("SELECT status FROM notify_deliveries WHERE channel = 'webhook'"),
            Lines{"sent"});
}

// Case 110: another's webhook is as if there were none.
TEST(NotifyWebhooks, AreSeenByTheirOwnerAlone) {
  Notified site;
  const Made hook = make(site);
  site.change("UPDATE notify_endpoints SET owner = 'bob'");
  const std::string path = "/notify/webhooks/" + hook.id;
  EXPECT_EQ(site.gateway.get(path).status, Status::NotFound);
  EXPECT_EQ(site.gateway.get(path + "/attempts").status, Status::NotFound);
  EXPECT_EQ(site.gateway.request("DELETE", path).status, Status::NotFound);
  EXPECT_EQ(
      site.gateway.request("PATCH", path, {{"Content-Type", "application/json"}}, "{}").status,
      Status::NotFound);
  for (const std::string_view what : {"/secret/rotate", "/test", "/enable"}) {
    EXPECT_EQ(site.post(path + std::string(what), "").status, Status::NotFound) << what;
  }
  EXPECT_EQ(site.gateway.get("/notify/webhooks").body, R"({"items":[]})");
}

// Case 156: who has the tables alone has no secret.
TEST(NotifyWebhooks, KeepTheirSecretsSealed) {
  Notified site;
  const Made hook = make(site);
  const auto rows = site.rows("SELECT secrets_sealed FROM notify_endpoints");
  EXPECT_EQ(rows[0].find(hook.secret.substr(6)), std::string::npos);
  EXPECT_EQ(site.gateway.get("/notify/webhooks/" + hook.id).body.find("whsec_"), std::string::npos);
}

TEST(NotifyWebhooks, AreChangedByWhoHasSeenThem) {
  Notified site;
  const Made hook = make(site);
  const std::string path = "/notify/webhooks/" + hook.id;
  const std::string tag(site.gateway.get(path).header("ETag"));
  const auto change = [&](std::string_view seen) {
    return site.gateway.request("PATCH", path,
                                {{"Content-Type", "application/json"}, {"If-Match", seen}},
                                R"({"description":"mine"})");
  };
  EXPECT_EQ(change(tag).status, Status::Ok);
  EXPECT_EQ(change(tag).status, Status::PreconditionFailed);
}

TEST(NotifyWebhooks, OfOneOwnerAreNotTooMany) {
  Notified site("webhooks: {per_owner: 1}\n");
  make(site);
  const auto reply =
      site.post("/notify/webhooks", R"({"url":"https://h.example.com/","events":["*"]})");
  EXPECT_EQ(reply.status, Status::Conflict);
  EXPECT_EQ(member(reply.body, "code"), "limit");
}

}  // namespace
}  // namespace portico::notify::test
