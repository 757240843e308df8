// SPDX-License-Identifier: Apache-2.0
// A sample of a plugin that keeps its numbers in a Redis: a middleware that counts requests there,
// one that does so by a script, and routes that read, publish and listen.
//
//   redis: {shared: {url: "redis://127.0.0.1:6379/0"}}
//   plugins:
//     hits: {redis: shared}
//   use: [hits]
#include <portico/sdk.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <utility>

namespace {

using namespace portico;

/// Counts a key up to a limit within a time, and says how much is left.
constexpr std::string_view Window = R"(
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return {count <= tonumber(ARGV[1]) and 1 or 0, math.max(0, tonumber(ARGV[1]) - count)}
)";

class Hits final : public Plugin {
 public:
  struct Config {
    std::string redis;
    static void describe(Schema<Config>& s) {
      s.summary("Counts requests in a Redis.");
      s.field("redis", &Config::redis, "Its name in `redis`; the only one where it is empty.");
    }
  };
  /// One place of use.
  struct Use {
    std::string limit = "1000000000";
    static void describe(Schema<Use>& s) {
      s.summary("Lets so many requests a minute pass.");
      s.field("limit", &Use::limit, "How many.");
    }
  };
  static constexpr Info info{"hits", "1.0.0", "Counts requests in a Redis"};

  Hits(const Config& config, Host& host) : redis_(host.redis(config.redis)) {
    redis_.subscribe(
        "hits", [this](std::string_view message) { hear(message); }, [this] { ++joined_; });
  }

  void setup(Registrar& r) override {
    r.middleware<NoSettings>("hits", [this](const NoSettings&) {
      return [this](Request& request) { return count(request); };
    });
    r.middleware<Use>("window", [this](const Use& use) {
      return [this, limit = use.limit](Request& request) { return limited(request, limit); };
    });
    r.route("GET", "/keys/{key}", [this](Request& request) { return read(request); });
    r.route("POST", "/say", [this](Request&) {
      redis_.publish("hits", "hello");
      return text("said");
    });
    r.route("GET", "/heard", [this](Request&) {
      const std::lock_guard lock(mutex_);
      return text(std::to_string(joined_) + " " + heard_);
    });
  }

 private:
  static Response text(std::string_view text) {
    Response response;
    response.body(text, "text/plain");
    return response;
  }

  Flow count(Request& request) {
    return await(redis_.ask(request, {"INCR", "hits"}), [](Request&, const RedisReply& reply) {
      if (reply.away())
        return portico::reply(problem(Status::ServiceUnavailable, "away", "Nobody counts."));
      return pass([hits = reply.integer().value_or(0)](Response& response) {
        response.headers().set("X-Hits", std::to_string(hits));
      });
    });
  }

  Flow limited(Request& request, const std::string& limit) {
    return await(
        redis_.run(request, window_, {request.client_address()}, {limit, "60000"}),
        [](Request&, const RedisReply& reply) {
          if (!reply.ok()) {
            return portico::reply(problem(Status::ServiceUnavailable, "away", reply.text()));
          }
          if (reply[0].integer() == 1) return pass();
          return portico::reply(problem(Status::TooManyRequests, "enough", "That was enough."));
        });
  }

  Response read(Request& request) {
    using namespace std::chrono_literals;
    const RedisReply reply = redis_.call({"GET", *request.param("key")}, 1s);
    if (reply.away()) return problem(Status::ServiceUnavailable, "away", reply.text());
    if (reply.kind() == RedisReply::Kind::Nothing) return text("nothing");
    return text(reply.text());
  }

  void hear(std::string_view message) {
    const std::lock_guard lock(mutex_);
    heard_ += message;
  }

  Redis& redis_;
  const RedisScript window_{Window};
  std::mutex mutex_;
  std::string heard_;
  std::atomic<int> joined_{0};
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Hits)
