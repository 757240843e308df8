// SPDX-License-Identifier: Apache-2.0
#include "cli/run/admin_pages.h"

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

std::string AdminPages::status() const {
  std::shared_ptr<ServedEdition> served;
  {
    const std::lock_guard lock(mutex_);
    served = served_;
  }
  if (served == nullptr) return "{}\n";
  return status_page(*sources_, served->edition(), graveyard_.living());
}

}  // namespace portico::cli
