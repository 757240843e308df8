// SPDX-License-Identifier: Apache-2.0
// What the admin address shows of this process.
#pragma once

#include "admin/admin.h"
#include "cli/run/metrics_page.h"
#include "cli/run/served_edition.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace portico::cli {

class AdminPages final : public admin::Pages {
 public:
  explicit AdminPages(const Graveyard& graveyard) noexcept : graveyard_(graveyard) {}

  /// Once, before anybody can ask.
  void show(const MetricSources& sources) { sources_.emplace(sources); }
  /// What is served from now on. Keeps it alive; null: nothing.
  void serve(std::shared_ptr<ServedEdition> edition);

  [[nodiscard]] Readiness readiness() const override;
  [[nodiscard]] std::string metrics() const override { return metrics_page(*sources_); }
  [[nodiscard]] std::string status() const override;
  [[nodiscard]] PluginPage plugin_page(const admin::AdminRequest& request, Ask ask) const override;

 private:
  [[nodiscard]] std::shared_ptr<ServedEdition> served() const;

  const Graveyard& graveyard_;
  std::optional<MetricSources> sources_;
  mutable std::mutex mutex_;
  std::shared_ptr<ServedEdition> served_;
};

}  // namespace portico::cli
