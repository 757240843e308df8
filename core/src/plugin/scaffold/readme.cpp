// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold/templates.h"

namespace portico::plugin::scaffolding {

const std::string_view Readme = R"template(# @name@

A plugin for Portico.

    cmake -B build && cmake --build build        builds build/@name@.so
    ctest --test-dir build                       tests it, and lets Portico examine it
    portico run -c portico.yaml                  serves with it

Then `curl -i http://127.0.0.1:8080/` shows the header, and `curl http://127.0.0.1:8080/@name@/Ada` greets.

To install it, copy the file to Portico's plugin folder (`portico plugin list` names it) as root, or name it
by `file:` under `plugins.@name@`. The file and its folder must belong to root or to the user that Portico
runs as, and nobody else may be able to write them.
)template";

}  // namespace portico::plugin::scaffolding
