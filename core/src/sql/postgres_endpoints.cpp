// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres_endpoints.h"

#include "base/clock.h"
#include "base/text.h"
#include "http/forwarded.h"
#include "loop/dns/name.h"
#include "loop/dns/resolver.h"
#include "loop/loop.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace portico::sql {
namespace {

using Clock = std::chrono::steady_clock;
using loop::dns::Addresses;
using loop::dns::Outcome;

/// On a loop of its own, for this thread waits for nothing else.
[[nodiscard]] Addresses resolve(const std::string& name, const Place& place,
                                Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
  if (left.count() <= 0) return {};
  loop::Loop loop(base::system_clock());
  loop::dns::Resolver resolver(loop, {.servers = place.name_servers, .deadline = left});
  std::optional<Addresses> answer;
  const auto lookup =
      resolver.addresses(name, [&answer](Addresses found) { answer = std::move(found); });
  while (!answer) loop.turn(left);
  return *std::move(answer);
}

class Endpoints {
 public:
  void add(std::string_view host, std::string_view address, std::string_view port) {
    const std::string_view comma = count_++ == 0 ? "" : ",";
    found_.hosts.append(comma).append(host);
    found_.addresses.append(comma).append(address);
    found_.ports.append(comma).append(port);
    resolved_ = resolved_ || !address.empty();
  }
  void add(std::string_view host, const Addresses& addresses, std::string_view port) {
    for (const loop::dns::Address& each : addresses.found) {
      std::array<char, http::AddressRoom> space;
      add(host, http::write_address(each, space), port);
    }
  }
  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  [[nodiscard]] PostgresEndpoints take() {
    if (!resolved_) found_.addresses.clear();
    return std::move(found_);
  }

 private:
  PostgresEndpoints found_;
  std::size_t count_ = 0;
  bool resolved_ = false;
};

/// What the URL's query says last, as libpq would take it.
[[nodiscard]] std::string parameter(const Place& place, std::string_view name,
                                    const std::string& fallback) {
  const auto found = std::find_if(place.parameters.rbegin(), place.parameters.rend(),
                                  [name](const auto& each) { return each.first == name; });
  return found == place.parameters.rend() ? fallback : found->second;
}

}  // namespace

PostgresEndpoints endpoints_of(const Place& place, Clock::time_point deadline) {
  const std::string port_list = parameter(place, "port", std::to_string(place.port));
  const auto hosts = base::split(place.host, ',');
  const auto ports = base::split(port_list, ',');
  const bool lists_match = ports.size() == 1 || ports.size() == hosts.size();
  // What does not fit together libpq explains best.
  if (!lists_match || !parameter(place, "hostaddr", {}).empty()) return {place.host, {}, port_list};
  Endpoints endpoints;
  Outcome failure = Outcome::NoSuchName;
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const std::string_view port = ports[ports.size() == 1 ? 0 : i];
    if (!loop::dns::is_name(hosts[i])) {
      endpoints.add(hosts[i], std::string_view(), port);
      continue;
    }
    const Addresses found = resolve(std::string(hosts[i]), place, deadline);
    endpoints.add(hosts[i], found, port);
    if (found.outcome != Outcome::Found) failure = found.outcome;
  }
  if (!endpoints.empty()) return endpoints.take();
  throw SqlError(SqlError::Kind::Unavailable, {}, loop::dns::sentence_of(failure));
}

}  // namespace portico::sql
