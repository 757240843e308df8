// SPDX-License-Identifier: Apache-2.0
// The file as core understands it: every key of its own, typed and checked, and the places where
// plugins are configured, used and routed to, kept as nodes for the plugins' own schemas. Immutable
// once loaded; any thread may read it. The nodes belong to the Document beside it.
#pragma once

#include "config/address.h"
#include "config/document.h"
#include "config/routes.h"
#include <portico/host.h>
#include <portico/schema.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::config {

enum class Deployment : std::uint8_t { Development, Staging, Production };

/// A certificate of a listener, and its key.
struct ListenerCertificate {
  std::string certificate;
  std::string key;

  std::string path;  ///< Where it stands: "listen[0].tls.certificates[1]".
  Mark certificate_mark;
  Mark key_mark;

  static void describe(Schema<ListenerCertificate>& schema);
};

enum class ClientAuth : std::uint8_t { Optional, Required };
enum class TlsVersion : std::uint8_t { Tls12, Tls13 };

struct ListenerTls {
  std::string certificate;
  std::string key;
  std::vector<ListenerCertificate> certificates;
  std::string client_ca;  ///< Empty: clients need no certificate.
  ClientAuth client_auth = ClientAuth::Required;
  TlsVersion min_version = TlsVersion::Tls12;
  bool redirect_http = false;

  std::vector<ListenerCertificate> all;  ///< `certificate` with its `key`, then `certificates`.
  Mark client_ca_mark;

  static void describe(Schema<ListenerTls>& schema);
};

enum class Http2 : std::uint8_t { Off, On, Cleartext };

struct Listener {
  std::string address;
  std::optional<ListenerTls> tls;
  Http2 http2 = Http2::Off;
  bool proxy_protocol = false;

  ListenAddress where;  ///< `address`, parsed.
  Mark mark;

  static void describe(Schema<Listener>& schema);
};

struct Admin {
  std::string address = "127.0.0.1:9901";
  Secret token;
  std::string health;  ///< Empty: probes are served by `address` alone.

  ListenAddress where;
  std::optional<ListenAddress> health_where;

  static void describe(Schema<Admin>& schema);
};

struct Limits {
  Bytes header_bytes{32ULL << 10U};
  Bytes body_bytes{10ULL << 20U};
  std::chrono::milliseconds header_timeout = std::chrono::seconds(10);
  std::chrono::milliseconds idle_timeout = std::chrono::seconds(75);
  std::chrono::milliseconds drain_timeout = std::chrono::seconds(30);
  std::uint32_t connections = 100'000;
  std::uint32_t connections_per_client = 1'000;

  static void describe(Schema<Limits>& schema);
};

enum class AccessLog : std::uint8_t { Off, Json, Combined };
enum class LogFormat : std::uint8_t { Json, Text };

struct LogRotation {
  Bytes size{100ULL << 20U};
  std::uint32_t keep = 5;

  static void describe(Schema<LogRotation>& schema);
};

struct LogSettings {
  AccessLog access = AccessLog::Json;
  Level level = Level::Info;
  LogFormat format = LogFormat::Json;
  std::string file;         ///< Empty: standard output.
  std::string access_file;  ///< Empty: where the other lines go.
  std::vector<std::string> redact_query = {
      "access_token",   "api_key", "apikey", "auth",      "client_secret", "code",
      "id_token",       "jwt",     "key",    "passwd",    "password",      "refresh_token",
      "secret",         "session", "sig",    "signature", "token",         "x-amz-security-token",
      "x-amz-signature"};
  std::optional<LogRotation> rotate;

  static void describe(Schema<LogSettings>& schema);
};

struct Database {
  Url url;
  Secret password;
  std::vector<Url> read_urls;
  std::uint32_t sessions = 8;
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(3);
  std::chrono::milliseconds statement_timeout = std::chrono::seconds(10);
  std::chrono::milliseconds slow_query = std::chrono::milliseconds(500);
  bool required = false;

  static void describe(Schema<Database>& schema);
};

struct RedisStore {
  Url url;
  std::string user;
  Secret password;
  std::uint32_t database = 0;
  std::chrono::milliseconds timeout = std::chrono::milliseconds(50);
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(1);
  std::uint32_t most_waiting = 4096;
  bool required = false;
  std::string ca;
  std::string certificate;
  std::string key;

  static void describe(Schema<RedisStore>& schema);
};

struct Settings {
  Deployment environment = Deployment::Production;
  std::vector<std::string> include;
  std::vector<Listener> listen;  ///< Never empty once loaded.
  Admin admin;
  std::string workers = "auto";
  std::vector<Cidr> trusted_proxies;
  std::vector<std::string> resolvers;  ///< None: as the system resolves.
  Limits limits;
  LogSettings log;
  Secret secret;  ///< Empty: made on first start.
  std::string
      secret_file;  ///< Where to make it: of `secret: "${file:...}"`; empty: the default place.
  std::map<std::string, Database> databases;
  std::map<std::string, RedisStore> redis;
  const Node* plugins_node = nullptr;  ///< These three as written, null when absent.
  const Node* use_node = nullptr;
  const Node* routes_node = nullptr;

  std::uint32_t worker_count = 0;  ///< 0: one for each core.
  std::vector<PluginEntry> plugins;
  std::vector<UseEntry> use;
  std::vector<RouteEntry> routes;  ///< Nested ones flattened, in the order of the file.

  Settings();
  static void describe(Schema<Settings>& schema);
};

struct Loaded {
  std::unique_ptr<Document> document;
  Settings settings;
};

/// Reads, binds and checks the file. Every problem is added; what could be understood comes back
/// even then, so that plugins can be asked for their part of it too, but it may serve only when
/// there was no error. Nothing when the file was not readable. What a running server cannot do yet
/// (TLS, say) is not an error here.
[[nodiscard]] std::optional<Loaded> load_settings(const std::string& path,
                                                  const Environment& environment,
                                                  Problems& problems);
/// The same from a document: for tests and tools. Null counts as "was not readable".
[[nodiscard]] std::optional<Loaded> bind_settings(std::unique_ptr<Document> document,
                                                  Problems& problems);

}  // namespace portico::config
