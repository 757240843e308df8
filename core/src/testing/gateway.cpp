// SPDX-License-Identifier: Apache-2.0
#include "cli/run/log_journal.h"
#include "cli/run/plugin_pages.h"
#include "config/document.h"
#include "http/header_list.h"
#include "plugin/dispatch.h"
#include "plugin/edition.h"
#include "services/log/capture.h"
#include "testing/exchange.h"
#include "testing/fake_courier.h"
#include "testing/fake_redis.h"
#include "testing/fakes.h"
#include "testing/file_text.h"
#include "tls/client_certificate.h"
#include <portico/testing.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <system_error>

#include <unistd.h>

namespace portico::testing {

namespace {

std::filesystem::path own_folder() {
  static std::atomic<unsigned> count{0};
  return std::filesystem::temp_directory_path() /
         ("portico-test-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
}

std::string_view find(const Fields& fields, std::string_view name) noexcept {
  const auto found = std::ranges::find_if(
      fields, [name](const auto& field) { return detail::same_name(field.first, name); });
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

/// By Level.
constexpr std::array<std::string_view, 4> Levels{"debug", "info", "warning", "error"};

}  // namespace

struct GatewayState {
  GatewayState() { loop.serve_redis(redis); }
  GatewayState(const GatewayState&) = delete;
  GatewayState& operator=(const GatewayState&) = delete;
  ~GatewayState() {
    edition.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }

  void prepare();
  void require_unloaded() const;
  void fake_permissions();
  [[nodiscard]] bool lacks_permissions() const;
  void read();
  http::RequestState& ask(std::string_view method, std::string_view target, GivenFields headers,
                          std::string_view body);

  const std::filesystem::path folder = own_folder();
  services::CapturingSink log;
  services::MetricRegistry metrics;
  TestClock clock;
  plugin::Keep keep;
  FakeCourier courier;
  services::EventBus events{clock, log, services::EventBus::Pace::Stepped};
  FakeRedis redis{log, clock};
  plugin::Process process{clock, log, metrics, keep, folder, &courier, nullptr, &events, &redis};
  plugin::Libraries libraries;
  plugin::PluginHome home{{}};
  cli::LogJournal journal{log, metrics, libraries};
  TestLoop loop{clock};
  Exchange exchange{loop, journal};

  FileText file;
  std::set<std::string, std::less<>> redis_names;
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
                       .certificate = certificate ? &*certificate : nullptr});
}

std::string_view Reply::header(std::string_view name) const noexcept { return find(headers, name); }

std::string_view Forwarded::header(std::string_view name) const noexcept {
  return find(headers, name);
}

Gateway::Gateway() : state_(std::make_unique<GatewayState>()) {}

Gateway::~Gateway() = default;

Gateway& Gateway::load_any(const Info& info, const detail::PluginEntry& entry,
                           std::string_view settings) {
  state_->require_unloaded();
  state_->libraries.link(info, entry);
  state_->file.plugin(info.name, settings);
  return *this;
}

Gateway& Gateway::use(std::string_view entry) {
  state_->require_unloaded();
  state_->file.use(entry);
  return *this;
}

Gateway& Gateway::route(std::string_view entry) {
  state_->require_unloaded();
  state_->file.route(entry);
  return *this;
}

Gateway& Gateway::allow(std::string_view permission) {
  state_->require_unloaded();
  if (!state_->allowed.empty()) state_->allowed += ", ";
  state_->allowed.append("\"").append(permission).append("\"");
  return *this;
}

Gateway& Gateway::upstream(Callable<Response(const Forwarded&)> answer) {
  state_->upstream = std::move(answer);
  return *this;
}

Gateway& Gateway::fetches(Callable<Fetched(const Fetch&)> answer) {
  state_->courier.fetcher = std::move(answer);
  return *this;
}

Gateway& Gateway::resolves(Callable<Resolved(std::string_view name, Record kind)> answer) {
  state_->courier.resolver = std::move(answer);
  return *this;
}

Gateway& Gateway::redis(std::string_view name, Callable<RedisReply(const RedisWords&)> answer) {
  if (!state_->prepared && state_->redis_names.emplace(name).second) state_->file.redis(name);
  state_->redis.answers(name, std::move(answer));
  return *this;
}

void Gateway::redis(std::string_view name, Reach reach) { state_->redis.reach(name, reach); }

std::size_t Gateway::redis_message(std::string_view channel, std::string_view message) {
  return state_->redis.say(channel, message);
}

std::string Gateway::problems() {
  state_->prepare();
  return state_->problems.text();
}

void Gateway::start() {
  if (state_->started) return;
  state_->prepare();
  if (state_->problems.any_error() || !state_->edition->generation().start(state_->problems)) {
    throw std::runtime_error(state_->problems.text());
  }
  state_->started = true;
}

Reply Gateway::get(std::string_view target, GivenFields headers) {
  return request("GET", target, headers);
}

Reply Gateway::request(std::string_view method, std::string_view target, GivenFields headers,
                       std::string_view body) {
  start();
  Exchange& exchange = state_->exchange;
  http::RequestState& request = state_->ask(method, target, headers, body);
  const pipeline::Chain* chain = nullptr;
  {
    const base::ArenaScope scope(exchange.arena());
    chain = &plugin::find_chain(state_->edition->site(), request);
  }
  return exchange.run(*chain, state_->upstream);
}

Reply Gateway::admin(std::string_view method, std::string_view path, std::string_view body) {
  start();
  const plugin::Generation& generation = state_->edition->generation();
  const Callable<Response(Request&)> handler([&](Request& request) {
    admin::AdminRequest asked;
    asked.method = method;
    asked.path = path;
    asked.message = &request;
    auto page = cli::plugin_admin_page(generation, asked, admin::Pages::Ask::Answer);
    if (!page.answer) return problem(Status::NotFound, "not_found", "There is no such page.");
    Response response(static_cast<Status>(page.answer->status));
    response.body(page.answer->body, "application/json");
    for (const auto& [name, value] : page.answer->headers) response.headers().set(name, value);
    return response;
  });
  pipeline::Chain chain;
  chain.terminal.handler = &handler;
  chain.terminal.body_limit = Bytes{std::uint64_t{64} << 10U};
  chain.terminal.name = "admin";
  state_->ask(method, path, {{"Content-Type", "application/json"}}, body);
  return state_->exchange.run(chain, state_->upstream);
}

std::string Gateway::status(std::string_view plugin) {
  start();
  std::string text;
  base::JsonWriter json(text);
  json.begin_object();
  const plugin::Instance* const instance = state_->edition->generation().find(plugin);
  if (instance != nullptr) cli::write_plugin_state(json, *instance);
  json.end_object();
  return text;
}

void Gateway::client_address(std::string_view address) { state_->client_address = address; }

void Gateway::trusted_proxy(std::string_view address) { state_->trusted_proxy = address; }

void Gateway::client_certificate(std::optional<Certificate> certificate) {
  state_->certificate.reset();
  if (!certificate) return;
  state_->certificate = {.subject = std::move(certificate->subject),
                         .issuer = std::move(certificate->issuer),
                         .serial = std::move(certificate->serial),
                         .names = std::move(certificate->names),
                         .fingerprint = std::move(certificate->fingerprint)};
}

void Gateway::workers(Pool pool) { state_->loop.full(pool == Pool::Full); }

void Gateway::advance(std::chrono::nanoseconds time) {
  state_->loop.advance(time);
  if (state_->started) state_->edition->generation().tick();
}

std::uint64_t Gateway::counter(std::string_view name) const {
  return static_cast<std::uint64_t>(state_->metrics.total(name));
}

double Gateway::gauge(std::string_view name) const { return state_->metrics.total(name); }

std::uint64_t Gateway::observed(std::string_view name) const {
  return static_cast<std::uint64_t>(state_->metrics.total(name));
}

std::vector<std::string> Gateway::events() const {
  std::vector<std::string> texts;
  for (const auto& each : state_->events.recent()) texts.push_back(each.name + ' ' + each.data);
  return texts;
}

void Gateway::publish(std::string_view event, std::initializer_list<EventField> data) {
  state_->events.publish("test", event, data);
}

std::vector<std::string> Gateway::log() const {
  std::vector<std::string> lines;
  for (const auto& record : state_->log.records()) {
    std::string line(Levels[static_cast<std::size_t>(record.level)]);
    line.append(" ").append(record.component).append(": ").append(record.message);
    for (const auto& [key, value] : record.fields) {
      line.append(" ").append(key).append("=").append(value);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

bool Gateway::logged(std::string_view text) const {
  return std::ranges::any_of(
      log(), [text](const std::string& line) { return line.find(text) != std::string::npos; });
}

void* Gateway::find_any(std::string_view versioned_name) {
  start();
  return state_->edition->generation().find_service(versioned_name);
}

}  // namespace portico::testing
