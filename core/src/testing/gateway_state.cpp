// SPDX-License-Identifier: Apache-2.0
#include "testing/gateway_state.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace portico::testing {

namespace {

std::filesystem::path own_folder() {
  static std::atomic<unsigned> count{0};
  return std::filesystem::temp_directory_path() /
         ("portico-test-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
}

}  // namespace

GatewayState::GatewayState() : folder(own_folder()) {
  process.jobs = &jobs;
  loop.serve_redis(redis);
}

GatewayState::~GatewayState() {
  edition.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

void GatewayState::require_unloaded() const {
  if (prepared)
    throw std::logic_error("the gateway is loaded already; say it before the first request");
}

void GatewayState::prepare() {
  if (std::exchange(prepared, true)) return;
  libraries.link(Surroundings::info, *detail::plugin_entry<Surroundings>());
  file.plugin(Surroundings::info.name, "{}");
  if (!allowed.empty()) fake_permissions();
  read();
  if (!allowed.empty() || !lacks_permissions()) return;
  fake_permissions();
  read();
}

void GatewayState::fake_permissions() {
  libraries.link(FakePermissions::info, *detail::plugin_entry<FakePermissions>());
  file.plugin(FakePermissions::info.name, "allowed: [" + allowed + "]");
}

// Whether a route declares a permission and no plugin of the test knows any.
bool GatewayState::lacks_permissions() const {
  if (edition == nullptr) return false;
  const plugin::Generation& generation = edition->generation();
  const auto guarded = [](const detail::RouteEntry& route) { return !route.permission.empty(); };
  return generation.find_service(Permissions::ServiceName) == nullptr &&
         std::ranges::any_of(generation.instances(), [&](const auto& instance) {
           return std::ranges::any_of(instance->registrations().routes, guarded);
         });
}

void GatewayState::read() {
  edition.reset();
  problems = config::Problems();
  auto document = config::Document::parse(
      file.text(), "test.yaml", config::Environment(config::Environment::Variables()), problems);
  edition = plugin::Edition::prepare(config::bind_settings(std::move(document), problems),
                                     {.process = process,
                                      .libraries = libraries,
                                      .home = home,
                                      .liveness = plugin::Liveness::Stepped,
                                      .previous = nullptr},
                                     problems);
}

http::RequestState& GatewayState::ask(std::string_view method, std::string_view target,
                                      GivenFields headers, std::string_view body) {
  exchange.reset();
  return exchange.ask({.method = method,
                       .target = target,
                       .headers = headers,
                       .body = body,
                       .client_address = client_address,
                       .trusted_proxy = trusted_proxy,
                       .number = ++requests,
                       .certificate = certificate ? &*certificate : nullptr,
                       .reserved = &edition->site().reserved()});
}

}  // namespace portico::testing
