// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold/templates.h"

namespace portico::plugin::scaffolding {

const std::string_view Source = R"template(#include "@name@.h"

#include <string_view>

namespace {

std::string greeting(std::string_view name) { return "Hello, " + std::string(name) + "!"; }

}  // namespace

@Name@Plugin::@Name@Plugin(const Config& config, portico::Host& host)
    : config_(config), greetings_(host.counter("greetings_total", "Greetings sent.")) {}

void @Name@Plugin::setup(portico::Registrar& r) {
  // Runs on an event loop for every request: it must not block.
  r.middleware<Use>("@name@", [this](const Use& use) {
    return [this, name = use.name](portico::Request& request) {
      greetings_.add();
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

PORTICO_EXPORT_PLUGIN(@Name@Plugin)
)template";

}  // namespace portico::plugin::scaffolding
