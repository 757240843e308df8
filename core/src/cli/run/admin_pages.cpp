// SPDX-License-Identifier: Apache-2.0
#include "cli/run/admin_pages.h"

#include "cli/run/plugin_pages.h"
#include "cli/run/status_page.h"

#include <utility>

namespace portico::cli {

void AdminPages::serve(std::shared_ptr<ServedEdition> edition) {
  const std::lock_guard lock(mutex_);
  served_.swap(edition);
}

admin::Pages::Readiness AdminPages::readiness() const {
  const auto report = sources_->health.report();
  return {report->ready, report->json};
}

std::shared_ptr<ServedEdition> AdminPages::served() const {
  const std::lock_guard lock(mutex_);
  return served_;
}

admin::Pages::PluginPage AdminPages::plugin_page(const admin::AdminRequest& request,
                                                 Ask ask) const {
  const std::shared_ptr<ServedEdition> edition = served();
  if (edition == nullptr) return {};
  return plugin_admin_page(edition->edition().generation(), request, ask);
}

std::string AdminPages::status() const {
  const std::shared_ptr<ServedEdition> served = this->served();
  if (served == nullptr) return "{}\n";
  return status_page(*sources_, served->edition(), graveyard_.living());
}

}  // namespace portico::cli
