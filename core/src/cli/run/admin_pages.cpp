// SPDX-License-Identifier: Apache-2.0
#include "cli/run/admin_pages.h"

namespace portico::cli {

admin::Pages::Readiness AdminPages::readiness() const {
  const auto report = sources_->health.report();
  return {report->ready, report->json};
}

}  // namespace portico::cli
