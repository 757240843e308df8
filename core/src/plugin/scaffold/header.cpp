// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold/templates.h"

namespace portico::plugin::scaffolding {

const std::string_view Header = R"template(// One sentence on what @name@ is for.
#pragma once

#include <portico/sdk.h>

#include <string>

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

  /// Stores, and opens nothing: `portico check` makes the object and never starts it.
  @Name@Plugin(const Config& config, portico::Host& host);

  void setup(portico::Registrar& r) override;

 private:
  Config config_;
  portico::Counter& greetings_;
};
)template";

}  // namespace portico::plugin::scaffolding
