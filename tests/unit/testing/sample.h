// SPDX-License-Identifier: Apache-2.0
// A plugin with one of each: a rule with time and counters, routes, a transformation, waits of
// every kind.
#pragma once

#include <portico/sdk.h>

#include <chrono>
#include <stdexcept>

namespace portico::testing {

using namespace std::chrono_literals;

struct Sum {
  int left = 0;
  int right = 0;
  static void describe(Schema<Sum>& s) {
    s.field("left", &Sum::left, "A number.").required();
    s.field("right", &Sum::right, "A number.").max(100);
  }
};

class Sample final : public Plugin {
 public:
  struct Config {
    int limit = 2;
    std::chrono::milliseconds per = 1min;
    static void describe(Schema<Config>& s) {
      s.summary("Limits requests.");
      s.field("limit", &Config::limit, "How many.").min(1);
      s.field("per", &Config::per, "In what time.");
    }
  };
  struct Use {
    int limit = 0;
    static void describe(Schema<Use>& s) { s.field("limit", &Use::limit, "How many.").inherit(); }
  };
  static constexpr Info info{"sample", "1.0.0", "One of each"};

  Sample(const Config& config, Host& host)
      : config_(config),
        host_(host),
        refused_(host.counter("refused_total", "Refusals.")),
        seen_(host.histogram("seen", "Requests seen.")) {
    host.gauge("limit", "The limit.").set(config.limit);
  }

  void start() override {
    host_.listen("sample.*", [this](const Event& event) {
      if (event.name == "sample.asked") host_.publish("sample.answered", {{"by", event.source}});
    });
  }
  void setup(Registrar& r) override {
    r.middleware<Use>("sample", [this](const Use& use) {
      return [this, limit = use.limit](Request&) { return limited(limit); };
    });
    r.middleware<NoSettings>("slow", [](const NoSettings&) {
      return [](Request& q) {
        return await(timer(q, 10min), [](Request&, Elapsed) {
          return defer([] { return 1; }, [](Request&, int) { return pass(); });
        });
      };
    });
    r.middleware<NoSettings>("stuck", [](const NoSettings&) {
      return [](Request&) {
        return await(Operation<int>([](Resume<int>) -> Step<void()> { return {}; }),
                     [](Request&, int) { return pass(); });
      };
    });
    r.middleware<NoSettings>("loud", [](const NoSettings&) {
      return [](Request& q) {
        q.transform(std::make_unique<Upper>());
        return pass([](Response& answer) { answer.transform(std::make_unique<Upper>()); });
      };
    });
    r.middleware<NoSettings>("broken", [](const NoSettings&) {
      return [](Request&) {
        return pass([](Response& answer) { answer.transform(std::make_unique<Broken>()); });
      };
    });
    r.route("POST", "/sums", [](Request& q) {
      const Sum sum = q.json<Sum>();
      return json(Status::Ok, Sum{.left = sum.left + sum.right, .right = 0});
    });
    r.route("GET", "/secrets/{name}", [](Request& q) {
       Response answer;
       answer.body(*q.param("name"), "text/plain");
       return answer;
     }).permission("secrets:read");
  }

 private:
  struct Upper final : BodyStage {
    void on_chunk(std::string_view bytes, Sink& sink) override {
      std::string text(bytes);
      for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      sink.write(text);
    }
    void on_end(Sink& sink) override { sink.write("!"); }
  };
  struct Broken final : BodyStage {
    void on_chunk(std::string_view, Sink&) override { throw std::runtime_error("broken stage"); }
    void on_end(Sink&) override {}
  };

  Flow limited(int limit) {
    seen_.observe(1);
    if (host_.now() - begun_ >= config_.per) {
      begun_ = host_.now();
      count_ = 0;
    }
    if (++count_ <= limit) return pass();
    refused_.add();
    host_.log(Level::Warning, "refused one");
    return reply(problem(Status::TooManyRequests, "limited", "Slow down."));
  }

  const Config config_;
  Host& host_;
  Counter& refused_;
  Histogram& seen_;
  std::chrono::nanoseconds begun_{0};
  int count_ = 0;
};

}  // namespace portico::testing
