// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold/templates.h"

namespace portico::plugin::scaffolding {

const std::string_view Ignored = R"template(/build/
)template";

}  // namespace portico::plugin::scaffolding
