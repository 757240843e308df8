// SPDX-License-Identifier: Apache-2.0
#include "sql/options.h"

#include "base/hex.h"
#include "base/text.h"
#include "sql/postgres_connection.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace portico::sql {
namespace {

/// The URL was checked when it was read: every % has its two digits.
[[nodiscard]] std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    plain += static_cast<char>(base::hex_value(text[i + 1]) * 16 + base::hex_value(text[i + 2]));
    i += 2;
  }
  return plain;
}

void check_parameters(const Place& place) {
  for (const auto& [name, value] : place.parameters) {
    if (knows_parameter(name)) continue;
    throw std::runtime_error("PostgreSQL knows no `" + name + "`, which its URL has; leave it out");
  }
}

void take_parameters(std::string_view query, Place& place) {
  for (const std::string_view pair : base::split(query, '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string name = decoded(pair.substr(0, equals));
    const std::string value =
        equals == std::string_view::npos ? std::string() : decoded(pair.substr(equals + 1));
    if (name == "host") {
      place.host = value;
    } else {
      place.parameters.emplace_back(name, value);
    }
  }
}

[[nodiscard]] Place place_of(const Url& url, const std::string& password,
                             const std::vector<std::string>& name_servers) {
  Place place;
  if (url.scheme == "sqlite") {
    place.path = url.path;
    return place;
  }
  place.engine = Engine::PostgreSql;
  place.name_servers = name_servers;
  place.host = url.host;
  place.port = url.port;
  place.user = url.user.empty() ? "portico" : url.user;
  place.password = url.password.empty() ? password : url.password;
  const std::size_t question = std::min(url.path.find('?'), url.path.size());
  place.database = decoded(std::string_view(url.path).substr(0, question));
  if (place.database.starts_with('/')) place.database.erase(0, 1);
  if (place.database.empty()) place.database = place.user;
  if (question < url.path.size()) {
    take_parameters(std::string_view(url.path).substr(question + 1), place);
  }
  check_parameters(place);
  return place;
}

}  // namespace

Options options_of(const config::Database& settings, const std::vector<std::string>& name_servers) {
  Options options;
  const std::string& password = settings.password.reveal();
  options.main = place_of(settings.url, password, name_servers);
  for (const Url& url : settings.read_urls) {
    options.replicas.push_back(place_of(url, password, name_servers));
  }
  options.most_sessions = settings.sessions;
  options.required = settings.required;
  options.timing.connect = settings.connect_timeout;
  options.timing.statement = settings.statement_timeout;
  options.timing.slow = settings.slow_query;
  return options;
}

}  // namespace portico::sql
