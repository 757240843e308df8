// SPDX-License-Identifier: Apache-2.0
#include "plugin/site.h"

#include "plugin/site_compiler.h"

namespace portico::plugin {

std::unique_ptr<Site> Site::compile(const config::Settings& settings, const Generation& generation,
                                    config::Problems& problems) {
  return SiteCompiler(settings, generation, problems).run();
}

void Site::decorate_early(Response& response) const {
  for (const Callable<void(Response&)>* decorate : early_) (*decorate)(response);
}

}  // namespace portico::plugin
