// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold/templates.h"

namespace portico::plugin::scaffolding {

const std::string_view Source = R"template(// One sentence on what @name@ is for.
#include <portico/sdk.h>

#include <string>
#include <string_view>

// Plain functions carry the logic: a test calls them without a gateway.
std::string greeting(std::string_view name) { return "Hello, " + std::string(name) + "!"; }

namespace {

class @Name@Plugin final : public portico::Plugin {
 public:
  /// `plugins.@name@` in the file. Defaults, checks, error texts and docs come from describe().
  struct Config {
    std::string header = "X-Greeting";
    static void describe(portico::Schema<Config>& s) {
      s.summary("Adds a greeting to answers.");
      s.field("header", &Config::header, "Name of the header.").min(1);
    }
  };

  /// `use: [{@name@: {name: ...}}]`: what differs from one place of use to the next.
  struct Use {
    portico::Template name{"{client.address}"};
    static void describe(portico::Schema<Use>& s) {
      s.summary("Adds the header to every answer that passes here.");
      s.field("name", &Use::name, "Who is greeted; may name things of the request.");
    }
  };

  static constexpr portico::Info info{"@name@", "0.1.0", "Adds a greeting to answers"};

  @Name@Plugin(const Config& config, portico::Host&) : config_(config) {}

  void setup(portico::Registrar& r) override {
    // Runs on an event loop for every request: it must not block.
    r.middleware<Use>("@name@", [this](const Use& use) {
      return [this, name = use.name](portico::Request& request) {
        return portico::pass([this, text = greeting(name.render(request))](portico::Response& answer) {
          answer.headers().set(config_.header, text);
        });
      };
    });
    // Runs on a worker thread: it may block. The path is below the plugin's mount: /@name@/{name}.
    r.route("GET", "/{name}", [](portico::Request& request) {
       portico::Response answer;
       answer.body(greeting(*request.param("name")), "text/plain; charset=utf-8");
       return answer;
     }).summary("Greets by name.");
  }

 private:
  Config config_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(@Name@Plugin)
)template";

}  // namespace portico::plugin::scaffolding
