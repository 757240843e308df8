// SPDX-License-Identifier: Apache-2.0
// What is behind the `Gateway` of a plugin's test: the real chain with a clock, a log and stores of
// the test's own.
#pragma once

#include "cli/run/log_journal.h"
#include "config/document.h"
#include "jobs/service.h"
#include "plugin/edition.h"
#include "services/events/bus.h"
#include "services/log/capture.h"
#include "sql/service.h"
#include "testing/exchange.h"
#include "testing/fake_courier.h"
#include "testing/fake_redis.h"
#include "testing/fakes.h"
#include "testing/file_text.h"
#include "tls/client_certificate.h"
#include <portico/testing.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace portico::testing {

struct GatewayState {
  GatewayState();
  GatewayState(const GatewayState&) = delete;
  GatewayState& operator=(const GatewayState&) = delete;
  ~GatewayState();

  void prepare();
  void require_unloaded() const;
  void fake_permissions();
  [[nodiscard]] bool lacks_permissions() const;
  void read();
  http::RequestState& ask(std::string_view method, std::string_view target, GivenFields headers,
                          std::string_view body);

  const std::filesystem::path folder;
  services::CapturingSink log;
  services::MetricRegistry metrics;
  TestClock clock;
  plugin::Keep keep;
  FakeCourier courier;
  services::EventBus events{clock, log, services::EventBus::Pace::Stepped};
  FakeRedis redis{log, clock};
  sql::Service sql{base::system_clock(), log};
  jobs::Service jobs{clock, log, metrics, jobs::Crew::Pace::Stepped};
  base::Sealer sealer{[] { return std::string(TestSecret); }};
  plugin::Process process{clock,   log,     metrics, keep, folder, &courier,
                          nullptr, &events, &redis,  &sql, &sealer};
  plugin::Libraries libraries;
  plugin::PluginHome home{{}};
  cli::LogJournal journal{log, metrics, libraries};
  TestLoop loop{clock};
  Exchange exchange{loop, journal};

  FileText file;
  std::set<std::string, std::less<>> redis_names;
  std::set<std::string, std::less<>> sql_names;
  std::string allowed;
  config::Problems problems;
  std::unique_ptr<plugin::Edition> edition;
  bool prepared = false;
  bool started = false;

  Exchange::Upstream upstream;
  std::string client_address = "192.0.2.1";
  std::string trusted_proxy;
  std::optional<tls::ClientCertificate> certificate;
  std::uint64_t requests = 0;
};

}  // namespace portico::testing
