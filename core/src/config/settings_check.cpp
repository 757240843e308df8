// SPDX-License-Identifier: Apache-2.0
#include "config/settings_check.h"

#include "base/text.h"
#include "config/interpolation.h"
#include "config/settings_places.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace portico::config {

namespace {

constexpr std::size_t LeastSecret = 32;
constexpr std::size_t LeastToken = 16;
constexpr std::uint32_t MostWorkers = 1024;

class SettingsCheck {
 public:
  SettingsCheck(const SettingsPlaces& places, Settings& settings)
      : places_(places), settings_(settings) {}

  void run() {
    listeners();
    admin();
    workers();
    proxies();
    limits();
    log();
    secret();
  }

 private:
  [[nodiscard]] const Node& at(std::initializer_list<std::string_view> keys) const {
    return places_.at(keys);
  }
  void error(Mark mark, std::string_view path, std::string_view what,
             std::string_view remedy = {}) const {
    places_.error(mark, path, what, remedy);
  }

  void listeners();
  void listener(Listener& listener, const Node* node, const std::string& path);
  void redirects(const Listener& listener, Mark mark, const std::string& path);
  void same_listeners();
  void admin();
  void admin_collisions(const ListenAddress& address, std::string_view key);
  void workers();
  void proxies();
  void limits();
  void log();
  void secret();

  /// Reads an address; false after an error.
  bool address(std::string_view text, ListenAddress& where, Mark mark, std::string_view path) {
    auto parsed = parse_listen_address(text);
    if (parsed) {
      where = *std::move(parsed);
      return true;
    }
    const std::string& sentence = parsed.error();
    const std::size_t end = sentence.find("; ");
    error(mark, path, sentence.substr(0, end),
          end == sentence.npos ? std::string() : sentence.substr(end + 2));
    return false;
  }

  const SettingsPlaces& places_;
  Settings& settings_;
};

/// With port 0 each gets a port of its own.
bool collide(const ListenAddress& left, const ListenAddress& right) noexcept {
  return left == right && (left.family == ListenAddress::Family::Unix || left.port != 0);
}

void SettingsCheck::listeners() {
  const Node* list = places_.root().find("listen");
  const bool written = list != nullptr && !list->is_null();
  for (std::size_t index = 0; index < settings_.listen.size(); ++index) {
    const Node* node = written ? &list->item(index) : nullptr;
    listener(settings_.listen[index], node, item_path("listen", index));
  }
  same_listeners();
}

void SettingsCheck::listener(Listener& listener, const Node* node, const std::string& path) {
  listener.mark = node == nullptr ? places_.root().mark() : node->mark();
  const auto mark = [&](std::string_view key) {
    const Node* value = node == nullptr ? nullptr : node->find(key);
    return value == nullptr ? listener.mark : value->mark();
  };
  address(listener.address, listener.where, mark("address"), path + ".address");
  if (listener.http2 == Http2::On && !listener.tls) {
    error(mark("http2"), path + ".http2", "HTTP/2 by ALPN needs TLS",
          "add `tls`, or write `http2: cleartext`");
  }
  if (listener.http2 == Http2::Cleartext && listener.tls) {
    error(mark("http2"), path + ".http2", "`cleartext` is for listeners without TLS",
          "write `http2: true`");
  }
  if (!listener.tls) return;
  if (node != nullptr && node->find("tls") != nullptr) {
    check_tls(places_, *listener.tls, *node->find("tls"), path + ".tls");
  }
  redirects(listener, mark("tls"), path + ".tls");
  if (listener.where.family == ListenAddress::Family::Unix) {
    places_.warning(mark("tls"), path + ".tls", "TLS on a Unix socket is unusual",
                    "the folder's permissions protect it already");
  }
}

void SettingsCheck::redirects(const Listener& listener, Mark mark, const std::string& path) {
  const auto plain = [](const Listener& other) { return !other.tls; };
  if (listener.tls->redirect_http && std::ranges::none_of(settings_.listen, plain)) {
    error(mark, path + ".redirect_http", "there is no plain listener whose requests to redirect",
          "add one under `listen`, such as {address: \"0.0.0.0:80\"}");
  }
}

void SettingsCheck::same_listeners() {
  const auto& listeners = settings_.listen;
  for (std::size_t index = 1; index < listeners.size(); ++index) {
    for (std::size_t before = 0; before < index; ++before) {
      if (!collide(listeners[before].where, listeners[index].where)) continue;
      if (listeners[before].where == ListenAddress{}) continue;  // Reported already.
      error(listeners[index].mark, item_path("listen", index) + ".address",
            "the same address as " + item_path("listen", before), "keep one");
      break;
    }
  }
}

void SettingsCheck::admin() {
  Admin& admin = settings_.admin;
  const bool read =
      address(admin.address, admin.where, at({"admin", "address"}).mark(), "admin.address");
  if (read) admin_collisions(admin.where, "address");
  if (read && admin.token.empty() && !admin.where.loopback()) {
    error(at({"admin", "address"}).mark(), "admin.token", "off loopback a token is needed",
          "set `admin.token`, or listen on 127.0.0.1");
  }
  if (!admin.token.empty() && admin.token.reveal().size() < LeastToken) {
    places_.warning(at({"admin", "token"}).mark(), "admin.token", "shorter than 16 characters",
                    "make one with: openssl rand -hex 32");
  }
  if (admin.health.empty()) return;
  ListenAddress health;
  const Mark mark = at({"admin", "health"}).mark();
  if (!address(admin.health, health, mark, "admin.health")) return;
  admin_collisions(health, "health");
  if (read && collide(health, admin.where)) {
    error(mark, "admin.health", "the same address as admin.address",
          "leave it out, or take another");
  }
  admin.health_where = std::move(health);
}

void SettingsCheck::admin_collisions(const ListenAddress& address, std::string_view key) {
  for (std::size_t index = 0; index < settings_.listen.size(); ++index) {
    if (!collide(settings_.listen[index].where, address)) continue;
    error(at({"admin", key}).mark(), child_path("admin", key),
          "the same address as " + item_path("listen", index), "take another port");
  }
}

void SettingsCheck::workers() {
  const std::string& text = settings_.workers;
  if (text == "auto") return;
  std::uint32_t count = 0;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, count);
  if (fault != std::errc() || stop != end || count == 0 || count > MostWorkers) {
    error(at({"workers"}).mark(), "workers", "expected `auto` or a number from 1 to 1024");
    return;
  }
  settings_.worker_count = count;
}

void SettingsCheck::proxies() {
  const Node& list = at({"trusted_proxies"});
  for (std::size_t index = 0; index < settings_.trusted_proxies.size(); ++index) {
    const Cidr& block = settings_.trusted_proxies[index];
    constexpr Cidr AllV4{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0}, 96};
    if (block.prefix != 0 && !(block == AllV4)) continue;
    places_.warning(list.item(index).mark(), item_path("trusted_proxies", index),
                    "everybody is trusted to say which client they are",
                    "name the networks of your proxies");
  }
}

void SettingsCheck::limits() {
  const Limits& limits = settings_.limits;
  if (limits.connections_per_client > limits.connections) {
    error(at({"limits", "connections_per_client"}).mark(), "limits.connections_per_client",
          "more than `connections` allows in all", "lower it, or raise `connections`");
  }
}

void SettingsCheck::log() {
  const LogSettings& log = settings_.log;
  if (log.rotate && log.file.empty() && log.access_file.empty()) {
    error(at({"log", "rotate"}).mark(), "log.rotate", "there is no file to rotate",
          "set `log.file` or `log.access_file`, or leave `rotate` out");
  }
  const auto check = [this](const std::string& file, std::string_view key) {
    if (file.empty() || file.starts_with('/')) return;
    error(at({"log", key}).mark(), config::child_path("log", key), "the path must begin with `/`",
          "write the whole path");
  };
  check(log.file, "file");
  check(log.access_file, "access_file");
  if (!log.access_file.empty() && log.access_file == log.file) {
    error(at({"log", "access_file"}).mark(), "log.access_file", "is the same as `log.file`",
          "leave it out: the lines go there then");
  }
}

void SettingsCheck::secret() {
  const Node* node = places_.root().find("secret");
  if (node == nullptr || node->is_null()) return;
  settings_.secret_file = file_reference(node->written());
  const std::size_t size = settings_.secret.reveal().size();
  if (size >= LeastSecret || (size == 0 && !settings_.secret_file.empty())) return;
  error(node->mark(), "secret", "shorter than 32 characters",
        "make one with: openssl rand -hex 32, or leave it out");
}

}  // namespace

void check_settings(const Node& root, Settings& settings, Problems& problems) {
  const SettingsPlaces places(root, problems);
  SettingsCheck(places, settings).run();
  check_stores(places, settings);
}

}  // namespace portico::config
