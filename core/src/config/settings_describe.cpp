// SPDX-License-Identifier: Apache-2.0
// What core's own settings are called, what they mean and what they may be.
#include "config/address.h"
#include "config/schema_model.h"
#include "config/settings.h"

namespace portico::config {

using namespace std::chrono_literals;

namespace {

constexpr Bytes KiB{std::uint64_t{1} << 10U};
constexpr Bytes MiB{std::uint64_t{1} << 20U};
constexpr Bytes TiB{std::uint64_t{1} << 40U};

/// "127.0.0.1", "127.0.0.1:8600", "::1", "[::1]:8600".
std::string fault_of_resolver(std::string_view text) {
  const std::string bare(text);
  const bool sound = !text.starts_with("unix:") &&
                     (parse_listen_address(bare) || parse_listen_address(bare + ":53") ||
                      parse_listen_address("[" + bare + "]:53"));
  return sound ? std::string() : "is no address; write one such as 10.0.0.2 or 127.0.0.1:8600";
}

}  // namespace

void ListenerCertificate::describe(Schema<ListenerCertificate>& schema) {
  schema.summary("A certificate for the hosts that it names.");
  schema
      .field("certificate", &ListenerCertificate::certificate,
             "PEM file: the certificate, then its chain.")
      .required()
      .min(1)
      .example("/etc/portico/tls/b.example.pem");
  schema.field("key", &ListenerCertificate::key, "PEM file: the private key.")
      .required()
      .min(1)
      .example("/etc/portico/tls/b.example.key");
}

void ListenerTls::describe(Schema<ListenerTls>& schema) {
  schema.summary("The certificates of a listener that speaks TLS.");
  schema
      .field("certificate", &ListenerTls::certificate, "PEM file: the certificate, then its chain.")
      .min(1)
      .example("/etc/portico/tls/cert.pem");
  schema.field("key", &ListenerTls::key, "PEM file: the private key.")
      .min(1)
      .example("/etc/portico/tls/key.pem");
  schema
      .field("certificates", &ListenerTls::certificates,
             "More of them, chosen by the name that the client asks for, exact names before "
             "wildcards; the first of all serves everybody else.")
      .max(1000);
  schema
      .field("client_ca", &ListenerTls::client_ca,
             "PEM file of the authorities whose client certificates are demanded; empty: none is.")
      .example("/etc/portico/tls/clients.pem");
  schema
      .field("client_auth", &ListenerTls::client_auth,
             "Whether a client needs a certificate of `client_ca`, or only a good one if any.")
      .names({{"optional", ClientAuth::Optional}, {"required", ClientAuth::Required}});
  schema
      .field("min_version", &ListenerTls::min_version, "The oldest version of TLS that is spoken.")
      .names({{"1.2", TlsVersion::Tls12}, {"1.3", TlsVersion::Tls13}});
  schema.field("redirect_http", &ListenerTls::redirect_http,
               "Answers what comes over plain HTTP with a redirect to https.");
}

void Listener::describe(Schema<Listener>& schema) {
  schema.summary("A place where clients connect.");
  schema.field("address", &Listener::address, "An IP address with its port, or a socket's path.")
      .required()
      .example("\"0.0.0.0:8080\"");
  schema.field("tls", &Listener::tls, "Present: this listener speaks TLS.");
  schema
      .field("http2", &Listener::http2,
             "HTTP/2: chosen by ALPN over TLS, or `cleartext` on a plain listener.")
      .names({{"false", Http2::Off}, {"true", Http2::On}, {"cleartext", Http2::Cleartext}});
  schema.field("proxy_protocol", &Listener::proxy_protocol,
               "Each connection must begin with the PROXY protocol's header, version 1 or 2, whose "
               "source is the client; any other is closed. For a listener that only a balancer "
               "reaches: whoever connects says who he is.");
}

void Admin::describe(Schema<Admin>& schema) {
  schema.summary("Health, metrics and status, for operators alone.");
  schema.field("address", &Admin::address, "Where it listens. Off loopback a token is demanded.");
  schema.field("token", &Admin::token, "The bearer token for all but the probes.")
      .example("\"${ADMIN_TOKEN:-}\"");
  schema.field("health", &Admin::health,
               "A second address that serves the probes alone; empty: none.");
}

void Limits::describe(Schema<Limits>& schema) {
  schema.summary("What a client may cost.");
  schema.field("header_bytes", &Limits::header_bytes, "Most of a request's line and headers.")
      .min(KiB)
      .max(MiB);
  schema.field("body_bytes", &Limits::body_bytes, "Most of a request's body; a route may differ.")
      .max(TiB);
  schema
      .field("header_timeout", &Limits::header_timeout,
             "For a request's line and headers, from the first byte.")
      .min(10ms)
      .max(10min);
  schema.field("idle_timeout", &Limits::idle_timeout, "For a connection between two requests.")
      .min(10ms)
      .max(24h);
  schema
      .field("drain_timeout", &Limits::drain_timeout,
             "For requests in flight when the server stops or reloads.")
      .max(24h);
  schema.field("connections", &Limits::connections, "Most at once.").min(1).max(10'000'000);
  schema
      .field("connections_per_client", &Limits::connections_per_client,
             "Most at once from one address.")
      .min(1)
      .max(10'000'000);
}

void LogRotation::describe(Schema<LogRotation>& schema) {
  schema.summary("When a log file is begun anew.");
  schema.field("size", &LogRotation::size, "The file is set aside when it is larger.")
      .min(Bytes{64 * KiB.count})
      .max(TiB);
  schema.field("keep", &LogRotation::keep, "Files set aside that are kept.").min(1).max(1000);
}

void LogSettings::describe(Schema<LogSettings>& schema) {
  schema.summary("What is logged, and where to.");
  schema.field("access", &LogSettings::access, "One line for each request, in which form.")
      .names(
          {{"json", AccessLog::Json}, {"combined", AccessLog::Combined}, {"off", AccessLog::Off}});
  schema.field("level", &LogSettings::level, "The least important of what is logged.")
      .names({{"debug", Level::Debug},
              {"info", Level::Info},
              {"warning", Level::Warning},
              {"error", Level::Error}});
  schema.field("format", &LogSettings::format, "How lines other than the access log's look.")
      .names({{"json", LogFormat::Json}, {"text", LogFormat::Text}})
      .restart();
  schema.field("file", &LogSettings::file, "Where lines are appended; empty: standard output.")
      .restart()
      .example("/var/log/portico/portico.log");
  schema
      .field("access_file", &LogSettings::access_file,
             "Where lines of the access log are appended; empty: among the others.")
      .restart()
      .example("/var/log/portico/access.log");
  schema
      .field("redact_query", &LogSettings::redact_query,
             "Keys of a query, in any case, whose values the access log hides.")
      .max(256);
  schema
      .field("rotate", &LogSettings::rotate,
             "Sets `file` aside when it has grown, and `access_file`.")
      .restart();
}

void Database::describe(Schema<Database>& schema) {
  schema.summary("A database that plugins name.");
  schema.field("url", &Database::url, "`sqlite:` and a file, or `postgresql://user@host/name`.")
      .required()
      .example("\"sqlite:/var/lib/portico/portico.db\"");
  schema.field("password", &Database::password, "Of the user in `url`; PostgreSQL only.")
      .example("\"${file:/run/credentials/db}\"");
  schema.field("read_urls", &Database::read_urls, "Replicas to read from; PostgreSQL only.")
      .max(32);
  schema
      .field("sessions", &Database::sessions,
             "Most that read, and most that write, at each place; one writes to a SQLite.")
      .min(1)
      .max(1'000);
  schema
      .field("connect_timeout", &Database::connect_timeout,
             "For a session, from its name's address to the first answer; PostgreSQL only.")
      .min(10ms)
      .max(1min);
  schema
      .field("statement_timeout", &Database::statement_timeout,
             "For a statement; one that takes longer is ended, and fails.")
      .min(10ms)
      .max(1h);
  schema
      .field("slow_query", &Database::slow_query,
             "A statement that takes longer is logged, by its name.")
      .min(1ms)
      .max(1h);
  schema.field("required", &Database::required,
               "While it is away, /health/ready says that this node should get no requests.");
}

void RedisStore::describe(Schema<RedisStore>& schema) {
  schema.summary("A Redis that plugins name.");
  schema
      .field("url", &RedisStore::url,
             "`redis://user:password@host:port/database`, `rediss://` over TLS, or `unix:` and the "
             "socket's path.")
      .required()
      .example("\"redis://127.0.0.1:6379/0\"");
  schema.field("user", &RedisStore::user, "Of its access list, where `url` names none.")
      .example("portico");
  schema
      .field("password", &RedisStore::password,
             "Of the user, or of the whole Redis without one; where `url` has none.")
      .example("\"${file:/run/credentials/redis}\"");
  schema.field("database", &RedisStore::database, "Its number, where `url` names none.")
      .max(65'535);
  schema
      .field("timeout", &RedisStore::timeout,
             "For an answer. While one is overdue, nobody waits for another.")
      .min(1ms)
      .max(10s);
  schema
      .field("connect_timeout", &RedisStore::connect_timeout,
             "For a connection, from its name's address to the greeting.")
      .min(10ms)
      .max(1min);
  schema
      .field("most_waiting", &RedisStore::most_waiting,
             "Commands of one event loop that may wait for their answers.")
      .min(1)
      .max(1'000'000);
  schema.field("required", &RedisStore::required,
               "While it is away, /health/ready says that this node should get no requests.");
  schema
      .field("ca", &RedisStore::ca,
             "PEM file of the authorities to trust for `rediss://`; empty: the system's.")
      .example("/etc/portico/redis/ca.pem");
  schema
      .field("certificate", &RedisStore::certificate,
             "PEM file: the certificate that a Redis may ask for, then its chain.")
      .example("/etc/portico/redis/cert.pem");
  schema.field("key", &RedisStore::key, "PEM file: the private key.")
      .example("/etc/portico/redis/key.pem");
}

Settings::Settings() {
  Listener everywhere;
  everywhere.address = "0.0.0.0:8080";
  listen.push_back(std::move(everywhere));
}

void Settings::describe(Schema<Settings>& schema) {
  schema.summary("The configuration of a gateway.");
  schema
      .field("environment", &Settings::environment,
             "In development a `.env` file beside this one adds variables.")
      .names({{"development", Deployment::Development},
              {"staging", Deployment::Staging},
              {"production", Deployment::Production}});
  schema
      .field("include", &Settings::include,
             "Files that are read too, relative to this one; `*`, `?` and `[ ]` in a file's name.")
      .example("[\"conf.d/*.yaml\"]");
  schema.field("listen", &Settings::listen, "Where clients connect.").min(1).max(64);
  schema.field("admin", &Settings::admin, "Where operators connect.");
  schema
      .field("workers", &Settings::workers,
             "Event loops: `auto`, one for each core, or a number. Each keeps its connections for "
             "life, so their number is fixed.")
      .restart();
  schema
      .field("trusted_proxies", &Settings::trusted_proxies,
             "Networks whose forwarded headers are believed.")
      .max(1000)
      .example("[\"10.0.0.0/8\"]");
  schema
      .field("resolvers", &Settings::resolvers,
             "Name servers that are asked for what upstreams and plugins look up while Portico "
             "runs, each with its port or on 53; those of /etc/resolv.conf where there are none.")
      .check(fault_of_resolver)
      .max(8)
      .example("[\"127.0.0.1:8600\"]")
      .restart();
  schema.field("limits", &Settings::limits, "What a client may cost.");
  schema.field("log", &Settings::log, "What is logged.");
  schema
      .field("secret", &Settings::secret,
             "Seals keys, cookies and tickets; made on the first start where absent.")
      .example("\"${file:/etc/portico/secret}\"");
  schema.field("databases", &Settings::databases, "Databases, by the name that plugins use.");
  schema.field("redis", &Settings::redis, "Redis stores, by the name that plugins use.");
  schema.field("plugins", &Settings::plugins_node,
               "What is loaded, with its settings; nothing else is.");
  schema.field("use", &Settings::use_node,
               "What every request passes, outermost first, in the order written.");
  schema.field("routes", &Settings::routes_node, "Which requests end where.");
}

}  // namespace portico::config
