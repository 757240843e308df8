// SPDX-License-Identifier: Apache-2.0
#include "cli/run/plugin_pages.h"
#include "plugin/dispatch.h"
#include "testing/gateway_state.h"

#include <stdexcept>
#include <utility>

namespace portico::testing {

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

Gateway& Gateway::sql(std::string_view name) {
  state_->require_unloaded();
  std::filesystem::create_directories(state_->folder);
  return sql(name, "sqlite:" + (state_->folder / name).string() + ".db");
}

Gateway& Gateway::sql(std::string_view name, std::string_view url) {
  state_->require_unloaded();
  if (state_->sql_names.emplace(name).second) state_->file.database(name, url);
  return *this;
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
  if (!state_->started) return;
  state_->edition->generation().tick();
  state_->jobs.step();
}

void* Gateway::find_any(std::string_view versioned_name) {
  start();
  return state_->edition->generation().find_service(versioned_name);
}

}  // namespace portico::testing
