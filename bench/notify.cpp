// SPDX-License-Identifier: Apache-2.0
// What it takes to accept a message to an address of mail: POST /notify/messages through the real
// chain, beside a bare loop of the same statements in the same database, in turn and by the clock
// on the wall, for most of it is waiting for the disk. The median of one may be 5 ms at the most,
// and ours is to be at least half as fast as the bare loop. Ends with 1 where it is not. Arguments:
// the URL of the database, messages in each round (300), rounds (9).
#include "notify.h"

#include "notify_bare.h"
#include <portico/testing.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace portico;
using namespace portico::bench;
using Clock = std::chrono::steady_clock;

constexpr double MostOfOne = 5.0;
constexpr double LeastRatio = 0.5;

std::string address_of(std::size_t number) { return "u" + std::to_string(number) + "@example.com"; }

/// The plugin behind a gateway without sockets; nothing is delivered, for its time stands still.
class Ours {
 public:
  explicit Ours(std::string_view url) {
    gateway_.sql("main", url);
    gateway_.load<notify::NotifyPlugin>(
        "{database: main, from: \"Example <no-reply@example.com>\", "
        "url: \"https://api.example.com\", mail: log, per_recipient: 1000000}");
    gateway_.use("test_user: ada");
    gateway_.allow("notify:messages:send");
    gateway_.start();
  }

  void accept(std::size_t number) {
    const std::string body = R"({"to":{"email":")" + address_of(number) +
                             R"("},"content":{"title":"Your order","body":"It is on its way."}})";
    const auto reply =
        gateway_.request("POST", "/notify/messages", {{"Content-Type", "application/json"}}, body);
    if (reply.status != Status::Accepted) throw std::runtime_error(reply.body);
  }

 private:
  testing::Gateway gateway_;
};

/// The same statements, of plugins/notify/message/acceptance.cpp, on the same tables.
class SameStatements {
 public:
  explicit SameStatements(const std::string& url) : bare_(bare_loop(url)) {}

  void accept(std::size_t number) {
    const std::string address = address_of(number);
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(since_1970).count();
    const std::string time = std::to_string(now);
    const std::string message = new_id(now);
    const std::string delivery = new_id(now);
    const std::string job = new_id(now);
    std::string digest = std::to_string(number);
    digest.insert(0, 64 - digest.size(), '0');
    bare_->begin();
    bare_->step(add_message_,
                {message, address, std::nullopt, "notify.message", "0", "en",
                 R"({"title":"Your order","body":"It is on its way.","link":"","label":""})", "0",
                 "", "1", std::nullopt, "queued", time, std::nullopt, "ada", time});
    bare_->step(count_, {digest, std::to_string(now - 3'600'000'000)});
    bare_->step(add_job_, {job, "notify.email", "", std::nullopt,
                           R"({"delivery":")" + delivery + "\"}", "1", time, time});
    bare_->step(add_delivery_, {delivery, message, "email", address, digest, std::nullopt, job,
                                "queued", "0", time, time, std::nullopt});
    bare_->step(conclude_, {message});
    bare_->commit();
  }

 private:
  /// A UUID by the time, as the gateway makes them: they go to the end of an index.
  std::string new_id(std::int64_t now) {
    std::array<char, 64> text{};
    const auto ms = static_cast<unsigned long long>(now / 1000);
    std::snprintf(text.data(), text.size(), "%08llx-%04llx-7000-8000-%012zx", ms >> 16, ms & 0xffff,
                  ++ids_);
    return text.data();
  }

  std::unique_ptr<Bare> bare_;
  std::size_t ids_ = 0;
  const std::size_t add_message_ = bare_->prepare(
      "INSERT INTO notify_messages (id, recipient, user_id, template_key, template_version, "
      "locale, data, sealed, category, priority, dedupe_key, status, send_at, expires_at, "
      "created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
      "$14, $15, $16)");
  const std::size_t count_ = bare_->prepare(
      "SELECT COUNT(*) FROM notify_deliveries WHERE address_digest = $1 AND created_at >= $2");
  const std::size_t add_job_ = bare_->prepare(
      "INSERT INTO portico_jobs (id, kind, key, unique_key, payload, priority, created_at, "
      "available_at, attempts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) ON CONFLICT DO NOTHING");
  const std::size_t add_delivery_ = bare_->prepare(
      "INSERT INTO notify_deliveries (id, message_id, channel, address, address_digest, "
      "endpoint_id, job_id, status, attempts, next_at, created_at, done_at) VALUES ($1, $2, $3, "
      "$4, $5, $6, $7, $8, $9, $10, $11, $12)");
  const std::size_t conclude_ = bare_->prepare(
      "UPDATE notify_messages SET status = CASE WHEN EXISTS (SELECT 1 FROM notify_deliveries WHERE "
      "message_id = notify_messages.id AND status = 'dead') THEN 'failed' WHEN EXISTS (SELECT 1 "
      "FROM notify_deliveries WHERE message_id = notify_messages.id AND status = 'sent') THEN "
      "'sent' WHEN EXISTS (SELECT 1 FROM notify_deliveries WHERE message_id = notify_messages.id "
      "AND status = 'expired') THEN 'expired' WHEN EXISTS (SELECT 1 FROM notify_deliveries WHERE "
      "message_id = notify_messages.id AND status = 'suppressed') THEN 'suppressed' ELSE "
      "'cancelled' END WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM notify_deliveries WHERE "
      "message_id = notify_messages.id AND done_at IS NULL)");
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// What each took, in milliseconds, and how many went into a second of each round.
struct Taken {
  std::vector<double> each;
  std::vector<double> rates;

  template <class Work>
  void measure(std::size_t times, Work work) {
    const auto begin = Clock::now();
    auto last = begin;
    for (std::size_t i = 0; i < times; ++i) {
      work(i);
      const auto now = Clock::now();
      each.push_back(std::chrono::duration<double, std::milli>(now - last).count());
      last = now;
    }
    rates.push_back(static_cast<double>(times) /
                    std::chrono::duration<double>(last - begin).count());
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 64;
  const auto number = [&](int at, std::size_t otherwise) {
    return argc > at ? std::strtoul(argv[at], nullptr, 10) : otherwise;
  };
  const std::string url = argv[1];
  const std::size_t times = number(2, 300);
  const std::size_t rounds = number(3, 9);
  Ours ours(url);
  SameStatements same(url);
  Taken through;
  Taken bare;
  for (std::size_t round = 0; round < rounds; ++round) {
    const std::size_t base = round * times;
    through.measure(times, [&](std::size_t i) { ours.accept(base + i); });
    bare.measure(times, [&](std::size_t i) { same.accept(base + i); });
  }
  std::vector<double> ratios;
  for (std::size_t i = 0; i < rounds; ++i) ratios.push_back(through.rates[i] / bare.rates[i]);
  const double took = median(through.each);
  const double ratio = median(ratios);
  const bool fine = took <= MostOfOne && ratio >= LeastRatio;
  std::printf("accept %.2f ms, %.0f /s; bare %.2f ms, %.0f /s; ratio %.2f (%.2f to %.2f)%s\n", took,
              median(through.rates), median(bare.each), median(bare.rates), ratio,
              *std::ranges::min_element(ratios), *std::ranges::max_element(ratios),
              fine ? "" : "   MISSED");
  return fine ? 0 : 1;
}
