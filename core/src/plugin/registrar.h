// SPDX-License-Identifier: Apache-2.0
// What a plugin declared in `setup`. The SDK's Registrar writes it, everything above reads it: the
// compiler of chains, the route table, OpenAPI, the command line. Entries never move.
#pragma once

#include <portico/plugin.h>
#include <portico/sql.h>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::detail {

struct MiddlewareEntry {
  std::string name;
  const SettingsType* settings = nullptr;
  MakeRule make;
  bool single = false;
  std::vector<std::string> gives;
  bool rewrites_response = false;
  bool answers_preflight = false;
};

struct TerminalEntry {
  std::string key;
  const SettingsType* settings = nullptr;
  MakeRule make;
  Callable<std::string(const void*)> upstream{};
};

struct RouteEntry {
  struct Answer {
    int status = 0;
    const ObjectSchema& (*schema)() = nullptr;  ///< Null where nothing is said of the body.
  };
  std::string method;
  std::string path;  ///< Below the plugin's mount; a pattern as in the file.
  Callable<Response(Request&)> handle;
  std::string summary;
  const ObjectSchema& (*body)() = nullptr;
  std::optional<Bytes> body_limit;
  std::vector<Answer> answers;
  std::string permission;           ///< Empty: none.
  std::vector<std::string> behind;  ///< Middlewares of the same plugin.
  Pool pool = Pool::Workers;
  Sql* idempotent = nullptr;  ///< Where Idempotency-Keys are kept; null: they mean nothing.
};

/// A page of the admin address.
struct AdminEntry {
  std::string method;
  std::string path;  ///< Below "/plugins/NAME".
  Callable<Response(Request&)> handle;
};

/// What /status says of the plugin.
struct StatusEntry {
  const ObjectSchema& (*schema)() = nullptr;
  Callable<void(const Callable<void(const void*)>&)> tell{};
};

struct CommandEntry {
  std::string name;
  std::string summary;
  Callable<int(Args&)> run;
};

/// The tables of the plugin in one database.
struct MigrationsEntry {
  std::string database;  ///< As the plugin says it; then its name in the file.
  std::vector<Migration> steps;
};

}  // namespace portico::detail

namespace portico::plugin {

/// A service that a plugin offers under a versioned name ("identity/1").
struct ServiceOffer {
  std::string name;
  void* service = nullptr;
  bool first_choice = true;
};

/// What routes behind a middleware that gives `reason` should have as well.
struct Expectation {
  std::string fact;
  std::string reason;
  Level severity = Level::Warning;
  std::string remedy;
};

struct Registrations {
  std::deque<detail::MiddlewareEntry> middlewares;
  std::deque<detail::TerminalEntry> terminals;
  std::deque<detail::RouteEntry> routes;
  std::deque<detail::CommandEntry> commands;
  std::vector<detail::MigrationsEntry> migrations;
  std::vector<Callable<void(Response&, const Headers&)>> early;
  std::vector<std::string> reserved_headers;
  std::vector<ServiceOffer> services;
  std::vector<Expectation> expectations;
  std::deque<detail::AdminEntry> admin;
  detail::StatusEntry status;

  [[nodiscard]] const detail::MiddlewareEntry* middleware(std::string_view name) const noexcept;
  [[nodiscard]] const detail::TerminalEntry* terminal(std::string_view key) const noexcept;
  [[nodiscard]] const detail::CommandEntry* command(std::string_view name) const noexcept;
};

/// The one class behind the SDK's Registrar. Misuse throws std::logic_error into the plugin's
/// `setup` and is remembered in `misuse`, so that a plugin which swallows the exception is refused
/// all the same.
class RegistrarState final : public Registrar {
 public:
  explicit RegistrarState(Registrations& filled, std::string_view of_plugin = {})
      : registrations(filled), plugin(of_plugin) {}

  [[noreturn]] void refuse(const std::string& sentence);

  Registrations& registrations;
  const std::string plugin;  ///< Whose registrar it is.
  std::string misuse;
};

}  // namespace portico::plugin
