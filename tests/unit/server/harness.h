// SPDX-License-Identifier: Apache-2.0
// A running server with chains of a test's own.
#pragma once

#include "pipeline/worker_pool.h"
#include "server/server.h"
#include "services/log/capture.h"
#include "unit/server/client.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

namespace portico::server {

using namespace std::chrono_literals;

/// Whether `holds` becomes true within a generous time.
inline bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds limit = 10s) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    ::poll(nullptr, 0, 1);
  }
  return true;
}

/// Chains by path; every other path is answered 404.
class TestSite final : public Application {
 public:
  TestSite() {
    rule("",
         [](Request&) { return reply(problem(Status::NotFound, "not_found", "Nothing here.")); });
  }
  /// A link in front of every chain that is added afterwards.
  void link(detail::Rule rule) {
    link_ = std::make_unique<detail::Rule>(std::move(rule));
    link_entry_.rule = link_.get();
  }
  void rule(const std::string& path, detail::Rule rule) {
    Entry& entry = add(path);
    entry.rule = std::move(rule);
    entry.chain.terminal.rule = &entry.rule;
  }
  void handler(const std::string& path, Callable<Response(Request&)> handler,
               std::uint64_t body_limit = 1 << 20) {
    Entry& entry = add(path);
    entry.handler = std::move(handler);
    entry.chain.terminal.handler = &entry.handler;
    entry.chain.terminal.body_limit = Bytes{body_limit};
  }

  void log_access(services::AccessFormat format) { access_ = {format, {}}; }
  [[nodiscard]] std::span<const std::string_view> series() const noexcept override {
    return series_;
  }
  [[nodiscard]] const services::AccessForm* access() const noexcept override {
    return access_ ? &*access_ : nullptr;
  }

  void reserve(std::string_view name) { reserved_.add(name); }
  [[nodiscard]] const http::ReservedFields* reserved() const noexcept override {
    return reserved_.empty() ? nullptr : &reserved_;
  }

  void limit_body(const std::string& path, std::uint64_t bytes) {
    entries_.at(path)->chain.body_limit = Bytes{bytes};
  }

  const pipeline::Chain& route(http::RequestState& request) const override {
    if (request.head.path == "/throws") throw 7;
    const auto found = entries_.find(std::string(request.head.path));
    return (found == entries_.end() ? entries_.at("") : found->second)->chain;
  }
  void decorate_early(Response& response, const Headers& received) const override {
    response.headers().set("X-Early", received.get("X-Seen").value_or("yes"));
  }

 private:
  struct Entry {
    detail::Rule rule;
    Callable<Response(Request&)> handler;
    pipeline::Chain chain;
  };
  Entry& add(const std::string& path) {
    const auto [place, is_new] = entries_.try_emplace(path);
    auto& entry = place->second;
    entry = std::make_unique<Entry>();
    entry->chain.route = place->first;
    if (is_new) series_.push_back(place->first);
    entry->chain.series =
        static_cast<std::uint32_t>(std::ranges::find(series_, place->first) - series_.begin());
    if (link_) entry->chain.links = {&link_entry_, 1};
    return *entry;
  }

  http::ReservedFields reserved_;
  std::optional<services::AccessForm> access_;
  std::vector<std::string_view> series_;  // By path, which the map keeps.
  std::unique_ptr<detail::Rule> link_;
  pipeline::Link link_entry_;
  std::map<std::string, std::unique_ptr<Entry>> entries_;
};

class TestJournal final : public pipeline::Journal {
 public:
  /// With room for what a test that counts allocations tells it.
  TestJournal() {
    outcomes_.reserve(100);
    clients_.reserve(100);
  }
  void note(const pipeline::Incident&) noexcept override {}
  void held(std::uint16_t, pipeline::Turn turn, std::chrono::nanoseconds) noexcept override {
    held_in = turn;
  }
  void ended(const http::RequestState& request, const pipeline::Chain&,
             const Outcome& outcome) noexcept override {
    const std::lock_guard lock(mutex_);
    outcomes_.push_back(outcome);
    clients_.emplace_back(request.head.client_address);
  }
  [[nodiscard]] std::vector<Outcome> outcomes() const {
    const std::lock_guard lock(mutex_);
    return outcomes_;
  }
  [[nodiscard]] std::vector<std::string> clients() const {
    const std::lock_guard lock(mutex_);
    return clients_;
  }

  std::atomic<std::optional<pipeline::Turn>> held_in;  ///< By the watchdog's report.

 private:
  mutable std::mutex mutex_;
  std::vector<Outcome> outcomes_;
  std::vector<std::string> clients_;
};

/// What a test changes, it changes before `start`.
class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    config::ListenAddress loopback;
    loopback.host = "127.0.0.1";
    options_.listeners = {{loopback, Serves::Gateway}, {loopback, Serves::Admin}};
    site_->rule("/ok", [](Request& request) {
      Response response;
      response.headers().set("X-Path", request.path());
      response.body("hello", "text/plain");
      return reply(std::move(response));
    });
    site_->handler("/echo", [](Request& request) {
      Response response;
      response.body(request.body(), "application/octet-stream");
      return response;
    });
    site_->rule("/wait", [](Request& request) {
      return await(timer(request, 1h), [](Request&, Elapsed) { return reply(Response()); });
    });
  }
  ~ServerTest() override {
    if (server_) server_->stop();
    workers_.stop();
    server_.reset();
  }

  [[nodiscard]] Parts parts() {
    return {.workers = workers_, .journal = journal_, .log = log_, .access = access_log_};
  }
  void start() {
    server_ = std::make_unique<Server>(options_, parts(),
                                       Applications{std::exchange(site_, nullptr), admin_, admin_});
    server_->start();
  }
  [[nodiscard]] Client connect(std::size_t listener = 0) { return Client(server_->port(listener)); }
  /// The answer to a request that asks for the connection's end.
  std::string ask(std::string bytes, std::size_t listener = 0) {
    const std::size_t line = bytes.find("\r\n");
    if (line != std::string::npos) bytes.insert(line, "\r\nConnection: close");
    return connect(listener).send(bytes).read_all();
  }
  static std::string get(const std::string& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: example.com\r\n\r\n";
  }
  static std::string last_get(const std::string& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n";
  }
  static std::string post(const std::string& path, const std::string& body) {
    return "POST " + path +
           " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
  }

  Options options_;
  std::shared_ptr<TestSite> site_ = std::make_shared<TestSite>();
  TestJournal journal_;
  services::CapturingSink log_;
  services::AccessLog* access_log_ = nullptr;
  std::shared_ptr<TestSite> admin_ = std::make_shared<TestSite>();
  pipeline::WorkerPool workers_{4, 256};
  std::unique_ptr<Server> server_;
};

}  // namespace portico::server
