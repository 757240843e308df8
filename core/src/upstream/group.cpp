// SPDX-License-Identifier: Apache-2.0
#include "upstream/group.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace portico {

using detail::UpstreamState;
using upstream::Backend;
using upstream::Edition;

namespace {

[[nodiscard]] std::uint64_t next_id() noexcept {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

/// What an older plugin did not know of keeps its default; texts are not kept.
[[nodiscard]] UpstreamOptions plain(UpstreamOptions options) noexcept {
  options.name = options.ca = options.certificate = options.key = options.server_name = {};
  options.tries = std::max(options.tries, 1U);
  return options;
}

[[nodiscard]] std::shared_ptr<const tls::ClientContext> context_of(const UpstreamOptions& how) {
  auto made = tls::ClientContext::make(
      {.ca = std::string(how.ca),
       .own = {.certificate = std::string(how.certificate), .key = std::string(how.key)}});
  if (!made) throw std::runtime_error(made.error());
  return *std::move(made);
}

/// "app.internal:8443" without the port; "[::1]:8443" without the brackets too.
[[nodiscard]] std::string host_of(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  if (name.starts_with('[')) return std::string(name.substr(1, name.find(']') - 1));
  if (name.starts_with("unix:")) return "localhost";
  return std::string(name.substr(0, colon));
}

}  // namespace

namespace detail {

UpstreamState::UpstreamState(const UpstreamOptions& how)
    : UpstreamState(how, how.tls ? context_of(how) : nullptr) {}

UpstreamState::UpstreamState(const UpstreamOptions& how,
                             std::shared_ptr<const tls::ClientContext> its_tls)
    : id(next_id()),
      name(how.name),
      server_name(how.server_name),
      options(plain(how)),
      tls(std::move(its_tls)),
      edition_(std::make_shared<Edition>()) {}

UpstreamState::~UpstreamState() = default;

std::shared_ptr<const Edition> UpstreamState::edition() const {
  const std::scoped_lock lock(mutex_);
  return edition_;
}

/// The old one where it stays: loops know it by its place in memory.
std::shared_ptr<Backend> UpstreamState::backend(const Endpoint& endpoint) const {
  const std::string_view called = endpoint.name.empty() ? endpoint.address : endpoint.name;
  for (const std::shared_ptr<Backend>& old : edition_->backends) {
    if (old->address == endpoint.address && old->name == called) return old;
  }
  Result<upstream::SocketAddress> where = upstream::parse_socket_address(endpoint.address);
  if (!where) throw std::invalid_argument(where.error());
  auto made = std::make_shared<Backend>();
  made->address = endpoint.address;
  made->name = called;
  made->host = server_name.empty() ? host_of(called) : server_name;
  made->where = *where;
  if (directory_ != nullptr) made->figures = directory_->figures(name, called);
  return made;
}

}  // namespace detail

std::string_view Upstream::name() const noexcept { return UpstreamState::of(*this).name; }

void Upstream::publish(const std::vector<Endpoint>& endpoints, UpstreamPolicy policy) {
  UpstreamState& state = UpstreamState::of(*this);
  auto edition = std::make_shared<Edition>();
  edition->policy = std::move(policy);
  std::shared_ptr<const Edition> old;
  const std::scoped_lock lock(state.mutex_);
  for (const Endpoint& endpoint : endpoints) edition->backends.push_back(state.backend(endpoint));
  old = std::exchange(state.edition_, std::move(edition));
  state.version_.fetch_add(1, std::memory_order_release);
}

}  // namespace portico
