// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold/templates.h"

namespace portico::plugin::scaffolding {

const std::string_view Settings =
    R"template(# Runs the plugin from its build folder: portico run -c portico.yaml
environment: development

listen:
  - address: "127.0.0.1:8080"

plugins:
  @name@:
    file: "${PLUGIN_FILE:-build/@name@.so}"
    header: X-Greeting

use:
  - @name@

routes:
  - match: {path: /}
    respond: {status: 200, body: "Look at the headers of this answer.\n"}
)template";

}  // namespace portico::plugin::scaffolding
