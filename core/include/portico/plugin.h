// SPDX-License-Identifier: Apache-2.0
// The one class that a third party derives from, and what it declares.
//
// Life of a plugin: its stamp is read, the file is loaded, `Config` is bound from the YAML, one
// object is constructed, `setup`; once every plugin is set up, `start`; requests; then `retire`
// when a newer configuration has taken over (background work stops, requests in flight go on),
// `stop` when the last of them is done, and destruction. A plugin also needs
//   struct Config            its settings (`plugins.NAME` in the file), with describe()
//   static constexpr Info info{"name", "1.0.0", "One sentence."}
//   T(const Config&, Host&)  stores; opens nothing (`portico check` constructs, and never starts)
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/flow.h>
#include <portico/host.h>
#include <portico/http.h>
#include <portico/route_spec.h>
#include <portico/schema.h>
#include <portico/stamp.h>

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace portico {

class Registrar;
struct Migration;

class PORTICO_API Plugin {
 public:
  Plugin() = default;
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;
  virtual ~Plugin();

  /// Declares middlewares, routes, services and commands; acquires nothing.
  virtual void setup(Registrar& registrar) = 0;
  /// Every plugin is set up and every service resolved: background work may begin, connections may
  /// open.
  virtual void start();
  /// A newer generation serves new requests: background work stops.
  virtual void retire();
  /// The last request has ended. In reverse order of start; also after a failed start of a later
  /// plugin.
  virtual void stop();
};

namespace detail {
struct MiddlewareEntry;
struct TerminalEntry;
struct CommandEntry;
using Rule = Callable<Flow(Request&)>;
using MakeRule = Callable<Rule(const void* settings)>;

/// Allocates, default-constructs and destroys settings of a type that only the plugin knows.
struct SettingsType {
  std::uint32_t size = sizeof(SettingsType);
  const ObjectSchema& (*schema)() = nullptr;
  void* (*create)() = nullptr;
  void (*destroy)(void*) noexcept = nullptr;
};

template <Described T>
const SettingsType& settings_type() {
  static const SettingsType type{sizeof(SettingsType), &schema_of<T>,
                                 []() -> void* { return new T(); },
                                 [](void* settings) noexcept { delete static_cast<T*>(settings); }};
  return type;
}
}  // namespace detail

/// More of a declared middleware.
class PORTICO_API MiddlewareSpec {
 public:
  explicit MiddlewareSpec(detail::MiddlewareEntry* entry) noexcept : entry_(entry) {}
  /// Used globally and on a route, only the innermost runs.
  MiddlewareSpec single();
  /// Leaves a fact for those behind it ("identity"); see Field::needs.
  MiddlewareSpec gives(std::string_view fact);
  /// Attaches body stages to answers: core asks upstreams for whole bodies (no Range).
  MiddlewareSpec rewrites_response();
  /// Answers CORS preflights (OPTIONS with Origin and Access-Control-Request-Method), or passes
  /// them on for core to answer. A preflight is then routed as the request that it asks for, and
  /// the chain of that route runs for it: those before this one as always, the terminal never.
  /// Place it before whatever asks who the caller is; a preflight bears no credentials.
  MiddlewareSpec answers_preflight();

 private:
  detail::MiddlewareEntry* entry_;
};

namespace detail {
PORTICO_API void set_upstream(TerminalEntry& entry, Callable<std::string(const void*)> name);
}

/// More of a declared terminal.
template <Described Settings>
class TerminalSpec {
 public:
  explicit TerminalSpec(detail::TerminalEntry* entry) noexcept : entry_(entry) {}
  /// Which upstream it leads to with these settings: what `Request::upstream` says.
  template <class Name>
  TerminalSpec upstream(Name name) {
    detail::set_upstream(*entry_, [name = std::move(name)](const void* settings) -> std::string {
      return name(*static_cast<const Settings*>(settings));
    });
    return *this;
  }

 private:
  detail::TerminalEntry* entry_;
};

/// The arguments of a command line, without the command's own name.
class PORTICO_API Args {
 public:
  explicit Args(std::vector<std::string> words) : words_(std::move(words)) {}
  [[nodiscard]] std::span<const std::string> words() const noexcept { return words_; }
  /// Takes "--name" out; false when it is not there.
  [[nodiscard]] bool flag(std::string_view name);
  /// Takes "--name VALUE" or "--name=VALUE" out.
  [[nodiscard]] std::optional<std::string> option(std::string_view name);

 private:
  std::vector<std::string> words_;
};

/// Handed to `Plugin::setup`. Names may not repeat within a plugin; errors name plugin and file
/// line.
class PORTICO_API Registrar {
 public:
  /// A middleware: `make` turns the settings of one place of use into a rule, which is called for
  /// every request that passes there, on any loop, concurrently. The rule may be any callable
  /// `Flow(Request&)`. The first middleware of a plugin should bear the plugin's name.
  template <Described Use, class Make>
  MiddlewareSpec middleware(std::string_view name, Make make) {
    return MiddlewareSpec(add_middleware(
        name, detail::settings_type<Use>(), [make = std::move(make)](const void* settings) {
          return detail::Rule(make(*static_cast<const Use*>(settings)));
        }));
  }

  /// A terminal: a key of route entries ("proxy") whose value binds as `Target`.
  template <Described Settings, class Make>
  TerminalSpec<Settings> terminal(std::string_view key, Make make) {
    return TerminalSpec<Settings>(add_terminal(
        key, detail::settings_type<Settings>(), [make = std::move(make)](const void* settings) {
          return detail::Rule(make(*static_cast<const Settings*>(settings)));
        }));
  }

  /// A route of the plugin's own, below its mount; one whose path begins with "/.well-known/" is at
  /// the root too. `handle` runs on a worker thread and may block.
  RouteSpec route(std::string_view method, std::string_view path,
                  Callable<Response(Request&)> handle);

  /// May add headers to answers that are given before any chain ran (400, 408, 431), where the
  /// plugin is used globally. Pure; on a loop.
  void early(Callable<void(Response&)> decorate);
  /// The same, with the fields of the refused request that could be read. They are what a stranger
  /// sent in a request that is none: look one up, trust none of them.
  void early(Callable<void(Response&, const Headers& received)> decorate);

  /// Core takes this field out of every client's request before any middleware sees it, on every
  /// route, trailers too: an upstream may then trust it to come from the plugin. Names that an
  /// upstream could take for it go as well ("X_User_Id"). For as long as the plugin is loaded.
  void reserves_header(std::string_view name);

  /// A page of the admin address, at /plugins/NAME and `path` ("/keys"). `method` is GET for what
  /// shows, POST for what changes: core asks for the admin token before it calls. `handle` runs on
  /// the admin address's own worker, while the plugin serves, and gets a body of at most 64 KiB.
  void admin(std::string_view method, std::string_view path, Callable<Response(Request&)> handle);

  /// What /status says of the plugin, beside what core knows: `tell() -> T`, called on the worker
  /// of the admin address while the plugin serves. No secrets: everybody on the machine reads it.
  template <Described T, class Tell>
  void status(Tell tell) {
    add_status(&detail::schema_of<T>,
               [tell = std::move(tell)](const Callable<void(const void*)>& show) {
                 const T told = tell();
                 show(&told);
               });
  }

  /// The steps of the plugin's tables in that database (sql.h), in the order of their numbers;
  /// without a name, in the only one. What the database lacks of them is applied before any plugin
  /// starts, once, whoever else starts at the same time. Steps that cannot be the same on both
  /// engines are refused by `portico check`.
  void migrations(std::string_view database, std::span<const Migration> steps);

  /// `portico NAME ...`: runs on the terminal, in a process that serves nothing and starts no
  /// plugin; returns the exit code. May use databases, whose tables are brought up to date first.
  void command(std::string_view name, std::string_view summary, Callable<int(Args&)> run);

  /// Offers a service to other plugins under a versioned name ("identity/1"). `service` must live
  /// as long as the plugin.
  template <class T>
  void provide(std::string_view versioned_name, T& service) {
    provide_any(versioned_name, &service);
  }
  /// The same where no other plugin provides it.
  template <class T>
  void provide_otherwise(std::string_view versioned_name, T& service) {
    provide_any_otherwise(versioned_name, &service);
  }

  /// `portico check` tells of each entry of the file's routes that stands behind a middleware which
  /// gives `reason` and behind none that gives `fact`: Level::Warning, or Level::Error, which stops
  /// start-up. `remedy` says what to write.
  void expects(std::string_view fact, std::string_view reason, Level severity,
               std::string_view remedy);

  Registrar(const Registrar&) = delete;
  Registrar& operator=(const Registrar&) = delete;

 protected:
  Registrar() noexcept = default;
  ~Registrar() = default;

 private:
  detail::MiddlewareEntry* add_middleware(std::string_view name, const detail::SettingsType& use,
                                          detail::MakeRule make);
  detail::TerminalEntry* add_terminal(std::string_view key, const detail::SettingsType& settings,
                                      detail::MakeRule make);
  void provide_any(std::string_view versioned_name, void* service);
  void provide_any_otherwise(std::string_view versioned_name, void* service);
  void add_status(const detail::ObjectSchema& (*schema)(),
                  Callable<void(const Callable<void(const void*)>&)> tell);
};

namespace detail {

/// What the exported function returns. Append-only; `size` says how much of it the plugin knew.
struct PluginEntry {
  std::uint32_t size = sizeof(PluginEntry);
  const SettingsType* (*config)() = nullptr;
  Plugin* (*create)(const void* config, Host& host) = nullptr;
  void (*destroy)(Plugin*) = nullptr;
};

template <class T>
concept PluginClass = std::derived_from<T, Plugin> && Described<typename T::Config> &&
                      std::constructible_from<T, const typename T::Config&, Host&>;

template <PluginClass T>
const PluginEntry* plugin_entry() {
  static const PluginEntry entry{
      sizeof(PluginEntry),
      []() -> const SettingsType* { return &settings_type<typename T::Config>(); },
      [](const void* config, Host& host) -> Plugin* {
        return new T(*static_cast<const typename T::Config*>(config), host);
      },
      [](Plugin* plugin) { delete plugin; }};
  return &entry;
}

}  // namespace detail
}  // namespace portico

/// The only macro of the SDK: once, in one file of the plugin.
#define PORTICO_EXPORT_PLUGIN(T)                                                            \
  extern "C" {                                                                              \
  [[gnu::visibility("default")]] extern const ::portico::detail::StampNote portico_stamp;   \
  [[gnu::section(".note.portico"), gnu::used,                                               \
    gnu::aligned(4)]] constexpr ::portico::detail::StampNote portico_stamp{                 \
      .stamp = ::portico::detail::make_stamp(T::info)};                                     \
  [[gnu::visibility("default")]] const ::portico::detail::PluginEntry* portico_plugin_v0(); \
  const ::portico::detail::PluginEntry* portico_plugin_v0() {                               \
    return ::portico::detail::plugin_entry<T>();                                            \
  }                                                                                         \
  }
