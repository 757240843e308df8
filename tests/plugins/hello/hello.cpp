// SPDX-License-Identifier: Apache-2.0
// A sample of a third party's plugin: a middleware that adds a header, two routes, a command for
// the terminal, and a service for other plugins.
//
//   plugins:
//     hello: {greeting: Ahoy}
//   use:
//     - hello: {value: "seen by {request.id}"}
#include "greeter.h"
#include <portico/sdk.h>

#include <cstdio>
#include <string>
#include <string_view>

// The figure for start-up is taken with seven plugins that differ in their names alone.
#ifndef HELLO_NAME
#define HELLO_NAME "hello"
#endif

namespace {

using namespace portico;

/// The body of POST /greetings, and every answer.
struct Letter {
  std::string to;
  std::string text;
  static void describe(Schema<Letter>& s) {
    s.summary("A greeting.");
    s.field("to", &Letter::to, "Who is greeted.").required().min(1).max(80);
    s.field("text", &Letter::text, "What is said; the plugin's greeting where it is left out.");
  }
};

class Hello final : public Plugin, public Greeter {
 public:
  /// `plugins.hello`: one object for each configuration.
  struct Config {
    std::string greeting = "Hello";
    std::string header = "X-Hello";
    static void describe(Schema<Config>& s) {
      s.summary("Greets, and adds a header to answers.");
      s.field("greeting", &Config::greeting, "The word before the name.").min(1);
      s.field("header", &Config::header, "Name of the header.");
    }
  };

  /// `use: [{hello: {value: ...}}]`: one object for each place of use.
  struct Use {
    Template value{"world"};
    static void describe(Schema<Use>& s) {
      s.summary("Adds the header to every answer that passes here.");
      s.field("value", &Use::value, "Its value.");
      s.shorthand("value");
    }
  };

  static constexpr Info info{HELLO_NAME, "1.0.0", "Greets, and adds a header to answers"};

  Hello(const Config& config, Host& host)
      : config_(config), greeted_(host.counter("greetings_total", "Greetings sent.")) {}

  void setup(Registrar& r) override {
    r.middleware<Use>(info.name, [this](const Use& use) {
      return [this, value = use.value](Request& request) {
        // Rendered now: `after` must not look at what the middlewares behind this one may change.
        return pass([this, text = value.render(request)](Response& response) {
          response.headers().set(config_.header, text);
        });
      };
    });
    r.route("GET", "/{name}", [this](Request& q) { return greet(*q.param("name")); })
        .summary("Greets by name.")
        .answers<Letter>(200);
    r.route("POST", "/greetings", [this](Request& q) { return pass_on(q.json<Letter>()); })
        .summary("Passes a greeting on.")
        .body<Letter>()
        .body_limit(Bytes{4096})
        .answers<Letter>(201);
    // A request that is no HTTP passes no chain; its answer gets the header all the same.
    r.early([this](Response& response) { response.headers().set(config_.header, "early"); });
    r.command(info.name, "Greets on the terminal", [this](Args& args) { return say(args); });
    r.provide<Greeter>(std::string(info.name) + "/1", *this);
  }

  [[nodiscard]] std::string greeting(std::string_view name) const override {
    return config_.greeting + ", " + std::string(name) + "!";
  }

 private:
  Response greet(std::string_view name) {
    greeted_.add();
    return json(Status::Ok, Letter{std::string(name), greeting(name)});
  }

  Response pass_on(Letter letter) {
    greeted_.add();
    if (letter.text.empty()) letter.text = greeting(letter.to);
    return json(Status::Created, letter);
  }

  int say(Args& args) {
    if (args.words().size() != 1) {
      std::fputs("Say whom to greet: portico hello NAME\n", stderr);
      return 64;
    }
    std::printf("%s\n", greeting(args.words()[0]).c_str());
    return 0;
  }

  Config config_;
  Counter& greeted_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Hello)
