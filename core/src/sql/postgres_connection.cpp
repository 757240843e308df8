// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres_connection.h"

#include "base/text.h"
#include "sql/postgres_endpoints.h"

#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include <libpq-fe.h>
#include <poll.h>

namespace portico::sql {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t LongestReason = 300;

/// Names and values, as libpq takes them: both lists end with a null.
struct Settings {
  Settings(const Place& place, PostgresEndpoints found) : endpoints(std::move(found)) {
    add("user", place.user);
    add("dbname", place.database);
    if (!place.password.empty()) add("password", place.password);
    add("client_encoding", "UTF8");
    add("fallback_application_name", "portico");
    // A machine that is gone says nothing more; without these a session would wait for it.
    add("keepalives_idle", "15");
    add("tcp_user_timeout", "10000");
    for (const auto& [name, value] : place.parameters) add(name.c_str(), value);
    // Of two the last one counts, and what the URL says of these is in here.
    add("host", endpoints.hosts);
    add("port", endpoints.ports);
    if (!endpoints.addresses.empty()) add("hostaddr", endpoints.addresses);
    names.push_back(nullptr);
    values.push_back(nullptr);
  }
  void add(const char* name, const std::string& value) { add(name, value.c_str()); }
  void add(const char* name, const char* value) {
    names.push_back(name);
    values.push_back(value);
  }

  const PostgresEndpoints endpoints;
  std::vector<const char*> names;
  std::vector<const char*> values;
};

/// Of what libpq says of each address one line is the reason; then come guesses. The last address
/// counts: a name has several, and mostly it is the first one that nobody listens at.
[[noreturn]] void fail(std::string_view sentence) {
  const std::size_t last = sentence.rfind("\nconnection to server");
  if (last != std::string_view::npos) sentence.remove_prefix(last + 1);
  const std::string_view reason = base::trim(sentence.substr(0, sentence.find('\n')));
  throw SqlError(SqlError::Kind::Unavailable, {},
                 base::escape_control(base::shorten(reason, LongestReason)));
}

/// False when the time is over.
bool wait(PGconn* connection, PostgresPollingStatusType what, Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  if (left <= 0) return false;
  const int events = what == PGRES_POLLING_READING ? POLLIN : POLLOUT;
  pollfd waiting{.fd = ::PQsocket(connection), .events = static_cast<short>(events), .revents = 0};
  return ::poll(&waiting, 1, static_cast<int>(left)) != 0;
}

}  // namespace

void FinishConnection::operator()(pg_conn* connection) const noexcept { ::PQfinish(connection); }

bool knows_parameter(const std::string& name) {
  struct Free {
    void operator()(PQconninfoOption* options) const noexcept { ::PQconninfoFree(options); }
  };
  const std::unique_ptr<PQconninfoOption, Free> all(::PQconndefaults());
  for (const PQconninfoOption* each = all.get(); each != nullptr && each->keyword != nullptr;
       ++each) {
    if (name == each->keyword) return true;
  }
  return false;
}

Connection connect(const Place& place, std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  const Settings settings(place, endpoints_of(place, deadline));
  Connection connection(::PQconnectStartParams(settings.names.data(), settings.values.data(), 0));
  if (!connection) throw std::bad_alloc();
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK) {
    if (state == PGRES_POLLING_FAILED || ::PQstatus(connection.get()) == CONNECTION_BAD) {
      fail(::PQerrorMessage(connection.get()));
    }
    if (!wait(connection.get(), state, deadline)) fail("the server does not answer");
    state = ::PQconnectPoll(connection.get());
  }
  return connection;
}

}  // namespace portico::sql
