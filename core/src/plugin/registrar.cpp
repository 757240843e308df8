// SPDX-License-Identifier: Apache-2.0
#include "plugin/registrar.h"

#include "base/text.h"
#include "http/h1/hop_by_hop.h"
#include "http/header_list.h"
#include "plugin/names.h"
#include "routing/pattern.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace portico {
namespace {

using plugin::quoted;
using plugin::RegistrarState;

// Every Registrar is a RegistrarState: nothing else can be made from it.
RegistrarState& state_of(Registrar* registrar) { return *static_cast<RegistrarState*>(registrar); }

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The siblings that an entry of `use` may have.
constexpr std::array<std::string_view, 2> UseKeys{"when", "mode"};
/// What core reads of a route.
constexpr std::array<std::string_view, 8> RouteKeys{"match",  "use",    "skip",    "timeouts",
                                                    "limits", "routes", "respond", "redirect"};

/// What core itself reads of every request, beside the fields of its connection.
constexpr std::array<std::string_view, 3> CoreFields{"host", "content-length", "expect"};

/// What `portico NAME` means already, or is going to mean. A test holds it to `cli::commands()`.
constexpr std::array<std::string_view, 16> CoreCommands{
    "run",     "check",  "routes", "explain", "schema", "migrate", "version", "plugin",
    "upgrade", "doctor", "top",    "logs",    "import", "backup",  "help",    "portico"};

void check_method(RegistrarState& state, std::string_view method) {
  if (plugin::is_route_method(method)) return;
  state.refuse("a route's method " + quoted(method) +
               " is none: upper case, and neither CONNECT nor TRACE");
}

void offer(RegistrarState& state, plugin::ServiceOffer service) {
  if (!plugin::is_versioned_name(service.name)) {
    state.refuse("a service cannot be called " + quoted(service.name) +
                 ": a word, a slash and a version, as in \"identity/1\"");
  }
  for (const plugin::ServiceOffer& other : state.registrations.services) {
    if (other.name == service.name) {
      state.refuse("the service " + quoted(service.name) + " is provided twice");
    }
  }
  state.registrations.services.push_back(std::move(service));
}

void check_path(RegistrarState& state, std::string_view path) {
  const auto pattern = routing::PathPattern::parse(path);
  if (!pattern)
    state.refuse("the route " + quoted(path) + " has a faulty path: " + pattern.error());
}

}  // namespace

detail::MiddlewareEntry* Registrar::add_middleware(std::string_view name,
                                                   const detail::SettingsType& use,
                                                   detail::MakeRule make) {
  RegistrarState& state = state_of(this);
  if (!plugin::is_middleware_name(name, state.plugin) || is_one_of(UseKeys, name)) {
    state.refuse("a middleware cannot be called " + quoted(name) +
                 ": [a-z][a-z0-9_]*, alone or behind the plugin's name and a dot, and neither "
                 "\"when\" nor \"mode\"");
  }
  if (state.registrations.middleware(name) != nullptr) {
    state.refuse("the middleware " + quoted(name) + " is registered twice");
  }
  return &state.registrations.middlewares.emplace_back(
      detail::MiddlewareEntry{std::string(name), &use, std::move(make), false, {}, false});
}

detail::TerminalEntry* Registrar::add_terminal(std::string_view key,
                                               const detail::SettingsType& settings,
                                               detail::MakeRule make) {
  RegistrarState& state = state_of(this);
  if (!plugin::is_word(key) || is_one_of(RouteKeys, key)) {
    state.refuse("a terminal cannot be called " + quoted(key) +
                 ": [a-z][a-z0-9_]*, and no key that routes have already");
  }
  if (state.registrations.terminal(key) != nullptr) {
    state.refuse("the terminal " + quoted(key) + " is registered twice");
  }
  return &state.registrations.terminals.emplace_back(
      detail::TerminalEntry{std::string(key), &settings, std::move(make), {}});
}

RouteSpec Registrar::route(std::string_view method, std::string_view path,
                           Callable<Response(Request&)> handle) {
  RegistrarState& state = state_of(this);
  check_method(state, method);
  check_path(state, path);
  if (!handle) state.refuse("the route " + quoted(path) + " has no handler");
  for (const detail::RouteEntry& other : state.registrations.routes) {
    if (other.method == method && other.path == path) {
      state.refuse("the route " + std::string(method) + " " + quoted(path) +
                   " is registered twice");
    }
  }
  detail::RouteEntry& entry = state.registrations.routes.emplace_back();
  entry.method = method;
  entry.path = path;
  entry.handle = std::move(handle);
  return RouteSpec(&entry);
}

void Registrar::early(Callable<void(Response&)> decorate) {
  RegistrarState& state = state_of(this);
  if (!decorate) state.refuse("an early function is empty");
  early([blind = std::move(decorate)](Response& response, const Headers&) { blind(response); });
}

void Registrar::early(Callable<void(Response&, const Headers&)> decorate) {
  RegistrarState& state = state_of(this);
  if (!decorate) state.refuse("an early function is empty");
  state.registrations.early.push_back(std::move(decorate));
}

void Registrar::reserves_header(std::string_view name) {
  RegistrarState& state = state_of(this);
  if (!detail::is_token(name)) {
    state.refuse("the header " + quoted(name) + " cannot be reserved: it is no name of a field");
  }
  const auto is_name = [name](std::string_view own) { return base::iequals(name, own); };
  if (http::h1::is_hop_by_hop(name) || std::ranges::any_of(CoreFields, is_name)) {
    state.refuse("the header " + quoted(name) + " cannot be reserved: core lives by it");
  }
  state.registrations.reserved_headers.emplace_back(name);
}

void Registrar::migrations(std::string_view database, std::span<const Migration> steps) {
  state_of(this).registrations.migrations.push_back(
      {std::string(database), {steps.begin(), steps.end()}});
}

void Registrar::command(std::string_view name, std::string_view summary, Callable<int(Args&)> run) {
  RegistrarState& state = state_of(this);
  if (!plugin::is_command_name(name)) {
    state.refuse("a command cannot be called " + quoted(name) + ": [a-z][a-z0-9_-]*");
  }
  if (!run) state.refuse("the command " + quoted(name) + " has no function");
  if (is_one_of(CoreCommands, name)) {
    state.refuse("the command " + quoted(name) + " is one of Portico's own");
  }
  if (state.registrations.command(name) != nullptr) {
    state.refuse("the command " + quoted(name) + " is registered twice");
  }
  state.registrations.commands.push_back({std::string(name), std::string(summary), std::move(run)});
}

void Registrar::admin(std::string_view method, std::string_view path,
                      Callable<Response(Request&)> handle) {
  RegistrarState& state = state_of(this);
  if (method != "GET" && method != "POST") {
    state.refuse("a page of the admin address is for GET or POST, not " + quoted(method));
  }
  check_path(state, path);
  if (!handle) state.refuse("the admin page " + quoted(path) + " has no handler");
  for (const detail::AdminEntry& other : state.registrations.admin) {
    if (other.method == method && other.path == path) {
      state.refuse("the admin page " + quoted(path) + " is registered twice");
    }
  }
  state.registrations.admin.push_back({std::string(method), std::string(path), std::move(handle)});
}

void Registrar::add_status(const detail::ObjectSchema& (*schema)(),
                           Callable<void(const Callable<void(const void*)>&)> tell) {
  RegistrarState& state = state_of(this);
  if (state.registrations.status.tell) state.refuse("the status is registered twice");
  state.registrations.status = {schema, std::move(tell)};
}

void detail::set_upstream(TerminalEntry& entry, Callable<std::string(const void*)> name) {
  entry.upstream = std::move(name);
}

void Registrar::provide_any(std::string_view versioned_name, void* service) {
  offer(state_of(this), {std::string(versioned_name), service, true});
}

void Registrar::provide_any_otherwise(std::string_view versioned_name, void* service) {
  offer(state_of(this), {std::string(versioned_name), service, false});
}

void Registrar::expects(std::string_view fact, std::string_view reason, Level severity,
                        std::string_view remedy) {
  RegistrarState& state = state_of(this);
  if (!plugin::is_word(fact) || !plugin::is_word(reason)) {
    state.refuse("no fact is called " + quoted(plugin::is_word(fact) ? reason : fact) +
                 ": [a-z][a-z0-9_]*");
  }
  state.registrations.expectations.push_back(
      {std::string(fact), std::string(reason), severity, std::string(remedy)});
}

namespace plugin {
namespace {

template <class Entry, class Wanted>
const Entry* first_of(const std::deque<Entry>& entries, Wanted wanted) noexcept {
  const auto found = std::find_if(entries.begin(), entries.end(), wanted);
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

const detail::MiddlewareEntry* Registrations::middleware(std::string_view name) const noexcept {
  return first_of(middlewares, [name](const auto& entry) { return entry.name == name; });
}

const detail::TerminalEntry* Registrations::terminal(std::string_view key) const noexcept {
  return first_of(terminals, [key](const auto& entry) { return entry.key == key; });
}

const detail::CommandEntry* Registrations::command(std::string_view name) const noexcept {
  return first_of(commands, [name](const auto& entry) { return entry.name == name; });
}

void RegistrarState::refuse(const std::string& sentence) {
  if (misuse.empty()) misuse = sentence;
  throw std::logic_error(sentence);
}

}  // namespace plugin
}  // namespace portico
