// SPDX-License-Identifier: Apache-2.0
// What the admin address shows of this process.
#pragma once

#include "admin/admin.h"
#include "cli/run/metrics_page.h"

#include <optional>
#include <string>

namespace portico::cli {

class AdminPages final : public admin::Pages {
 public:
  /// Once, before anybody can ask.
  void show(const MetricSources& sources) { sources_.emplace(sources); }

  [[nodiscard]] Readiness readiness() const override;
  [[nodiscard]] std::string metrics() const override { return metrics_page(*sources_); }

 private:
  std::optional<MetricSources> sources_;
};

}  // namespace portico::cli
