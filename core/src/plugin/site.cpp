// SPDX-License-Identifier: Apache-2.0
#include "plugin/site.h"

#include "plugin/site_compiler.h"

namespace portico::plugin {

std::unique_ptr<Site> Site::compile(const config::Settings& settings, const Generation& generation,
                                    config::Problems& problems) {
  return SiteCompiler(settings, generation, problems).run();
}

}  // namespace portico::plugin
