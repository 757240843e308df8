// SPDX-License-Identifier: Apache-2.0
// An edition as the server asks it for chains, and what becomes of it when the last exchange is
// done.
#pragma once

#include "cli/run/https_redirect.h"
#include "plugin/edition.h"
#include "server/application.h"
#include "services/log/access_record.h"
#include "services/log/sink.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <thread>
#include <vector>

namespace portico::cli {

/// Stops and destroys editions on a thread of its own, for the last exchange of one may end on a
/// loop, which must not wait for a plugin's `stop`. The destructor waits for all that were handed
/// over.
class Graveyard {
 public:
  Graveyard();
  Graveyard(const Graveyard&) = delete;
  Graveyard& operator=(const Graveyard&) = delete;
  ~Graveyard();

  /// One more edition that will be handed over some day.
  void expect() noexcept { ++living_; }
  void bury(std::unique_ptr<plugin::Edition> edition);
  /// Editions that were expected and have not been destroyed. Any thread.
  [[nodiscard]] std::size_t living() const noexcept { return living_; }

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable wanted_;
  std::vector<std::unique_ptr<plugin::Edition>> waiting_;
  bool closing_ = false;
  std::atomic<std::size_t> living_{0};
  std::thread thread_;
};

class ServedEdition final : public server::Application {
 public:
  ServedEdition(std::unique_ptr<plugin::Edition> edition, Graveyard& graveyard,
                services::LogSink& log);
  ~ServedEdition() override { graveyard_.bury(std::move(edition_)); }

  [[nodiscard]] const pipeline::Chain& route(http::RequestState& request) const override;
  void decorate_early(Response& response, const Headers& received) const override;
  void call_up(redis::Lines& lines) const noexcept override;
  [[nodiscard]] std::span<const std::string_view> series() const noexcept override {
    return edition_->site().series();
  }
  [[nodiscard]] const services::AccessForm* access() const noexcept override {
    return access_ ? &*access_ : nullptr;
  }
  [[nodiscard]] const http::ReservedFields* reserved() const noexcept override {
    const http::ReservedFields& fields = edition_->site().reserved();
    return fields.empty() ? nullptr : &fields;
  }
  [[nodiscard]] plugin::Edition& edition() noexcept { return *edition_; }

 private:
  std::unique_ptr<plugin::Edition> edition_;
  Graveyard& graveyard_;
  services::LogSink& log_;
  HttpsRedirect redirect_;
  const std::optional<services::AccessForm> access_;
};

}  // namespace portico::cli
