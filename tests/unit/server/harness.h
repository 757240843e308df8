// SPDX-License-Identifier: Apache-2.0
// A running server with chains of a test's own, and a client that speaks raw bytes to it.
#pragma once

#include "pipeline/worker_pool.h"
#include "server/server.h"
#include "services/log/capture.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
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

class Client {
 public:
  explicit Client(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    address.sin_port = ::htons(port);
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    connected_ = ::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    set_patience();
  }
  explicit Client(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    descriptor_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    connected_ = ::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    set_patience();
  }
  Client(Client&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), connected_(other.connected_) {}
  ~Client() { close(); }

  [[nodiscard]] bool connected() const { return connected_; }
  Client& send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }
  /// At most `most` bytes; empty at the end, on a reset and when nothing comes for ten seconds.
  std::string read_some(std::size_t most = 65536) {
    std::string bytes(most, '\0');
    const ssize_t got = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
    error_ = got < 0 ? errno : 0;
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }
  /// Everything until the server closes.
  std::string read_all() {
    std::string all;
    for (std::string some = read_some(); !some.empty(); some = read_some()) all += some;
    return all;
  }
  std::string read_until(std::string_view end) {
    std::string all;
    while (all.find(end) == std::string::npos) {
      const std::string some = read_some(1);
      if (some.empty()) break;
      all += some;
    }
    return all;
  }
  /// One answer with a body of known length.
  std::string read_answer() {
    std::string answer = read_until("\r\n\r\n");
    const std::size_t length = answer.find("Content-Length: ");
    if (length == std::string::npos) return answer;
    for (std::size_t left = std::stoul(answer.substr(length + 16)); left > 0;) {
      const std::string some = read_some(left);
      if (some.empty()) break;
      answer += some;
      left -= some.size();
    }
    return answer;
  }
  /// errno of the last read; 0 after a clean end.
  [[nodiscard]] int error() const { return error_; }
  void finish_sending() { ::shutdown(descriptor_, SHUT_WR); }
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  void set_patience() {
    const timeval patience{10, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  }

  int descriptor_ = -1;
  bool connected_ = false;
  int error_ = 0;
};

inline int status_of(std::string_view answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::atoi(std::string(answer.substr(9, 3)).c_str()) : 0;
}
inline std::string body_of(const std::string& answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  return end == std::string::npos ? "" : answer.substr(end + 4);
}
inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

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
