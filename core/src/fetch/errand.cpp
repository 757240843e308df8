// SPDX-License-Identifier: Apache-2.0
#include "fetch/errand.h"

#include "config/units.h"
#include "fetch/address_guard.h"
#include "http/forwarded.h"

#include <algorithm>
#include <array>
#include <exception>
#include <stdexcept>
#include <utility>

namespace portico::fetch {
namespace {

using http::h1::BodyFraming;
using http::h1::Parsed;
using upstream::Call;

/// What a fetch may try: the addresses of a name, in order.
constexpr std::size_t MostAddresses = 4;

[[nodiscard]] std::string with_port(const http::Address& address, std::uint16_t port) {
  std::array<char, http::AddressRoom> space;
  const std::string_view text = http::write_address(address, space);
  const bool v6 = text.find(':') != std::string_view::npos;
  return (v6 ? "[" + std::string(text) + "]" : std::string(text)) + ":" + std::to_string(port);
}

[[nodiscard]] std::string_view reason(loop::dns::Outcome outcome) noexcept {
  switch (outcome) {
    case loop::dns::Outcome::NoSuchName:
    case loop::dns::Outcome::NoData: return "its host has no address";
    case loop::dns::Outcome::BadName: return "its host is no name";
    default: return "its host's name could not be resolved";
  }
}

}  // namespace

Errand::Errand(Office& office, Fetch order, Done done, Callable<void()> ended)
    : office_(office), order_(std::move(order)), done_(std::move(done)), ended_(std::move(ended)) {
  Timer::fire = on_time;
  Task::run = on_task;
}

Errand::~Errand() {
  office_.loop.timers().disarm(*this);
  if (call_ == nullptr) return;
  call_->reset();
  office_.outbound.take_back(*call_);
}

void Errand::begin() {
  began_ = office_.loop.clock().now();
  Timer::deadline = began_ + order_.timeout;
  office_.loop.timers().arm(*this);
  try {
    set_out();
  } catch (const std::exception& error) {
    fail(error.what());
  }
}

void Errand::set_out() {
  auto url = config::parse_url(order_.url);
  if (!url) return fail("its URL " + url.error());
  url_ = *std::move(url);
  if (url_.scheme != "http" && url_.scheme != "https") return fail("its URL is not of http");
  if (!url_.user.empty() || !url_.password.empty()) return fail("its URL names a user");
  if (!order_.address.empty()) return connect({order_.address});
  if (!order_.internal && !is_public_host(url_.host)) return fail("its host is not public");
  if (const auto literal = http::parse_address(url_.host)) {
    return connect({with_port(*literal, url_.port)});
  }
  lookup_ = office_.resolver.addresses(
      url_.host, [this](const loop::dns::Addresses& answer) { resolved(answer); });
}

/// One address that is not public makes the whole name suspect.
void Errand::resolved(const loop::dns::Addresses& answer) {
  if (answer.outcome != loop::dns::Outcome::Found) return fail(reason(answer.outcome));
  if (!order_.internal && !std::ranges::all_of(answer.found, is_public)) {
    return fail("its host has an address that is not public");
  }
  std::vector<std::string> addresses;
  for (const auto& each : answer.found) {
    if (addresses.size() < MostAddresses) addresses.push_back(with_port(each, url_.port));
  }
  try {
    connect(std::move(addresses));
  } catch (const std::exception& error) {
    fail(error.what());
  }
}

void Errand::connect(std::vector<std::string> addresses) {
  if (order_.method.empty()) return knock(addresses.front());
  const UpstreamOptions options{.name = url_.host,
                                .server_name = url_.host,
                                .connect_timeout = order_.timeout,
                                .first_byte_timeout = order_.timeout,
                                .between_bytes_timeout = order_.timeout,
                                .tries = static_cast<std::uint32_t>(addresses.size()),
                                .idle_connections = 0};
  group_ = std::make_shared<detail::UpstreamState>(options, trust());
  group_->retired = true;  // Nothing of it is worth keeping.
  std::vector<Endpoint> endpoints;
  endpoints.reserve(addresses.size());
  for (const std::string& address : addresses) endpoints.push_back({.address = address});
  group_->publish(endpoints, {});
  fill_request();
  const std::string_view path = url_.path.empty() ? std::string_view("/") : url_.path;
  const std::size_t mark = path.find('?');
  const BodyFraming framing = order_.body.empty()
                                  ? BodyFraming{}
                                  : BodyFraming{BodyFraming::Kind::Length, order_.body.size()};
  call_ = &office_.outbound.lend();
  call_->begin(*this,
               {.request = &request_,
                .path = path.substr(0, mark),
                .query = mark == path.npos ? std::string_view() : path.substr(mark + 1),
                .host = request_.head.host,
                .body = framing},
               *group_);
  call_moved();
}

/// Whom it believes over TLS; null over plain TCP.
std::shared_ptr<const tls::ClientContext> Errand::trust() {
  if (url_.scheme != "https") return nullptr;
  if (order_.as != nullptr && detail::UpstreamState::of(*order_.as).tls != nullptr) {
    return detail::UpstreamState::of(*order_.as).tls;
  }
  if (office_.tls == nullptr) {
    auto made = tls::ClientContext::make({});
    if (!made) throw std::runtime_error(made.error());
    office_.tls = *std::move(made);
  }
  return office_.tls;
}

void Errand::knock(const std::string& address) {
  const auto where = upstream::parse_socket_address(address);
  if (!where) return fail(where.error());
  knock_ = std::make_unique<Knock>(office_.loop, *where, [this](std::string_view error) {
    if (!error.empty()) return fail(error);
    finish();
  });
}

void Errand::fill_request() {
  const base::ArenaScope scope(arena_);
  http::RequestHead& head = request_.head;
  head.method = order_.method;
  const bool v6 = url_.host.find(':') != std::string::npos;
  std::string host = v6 ? "[" + url_.host + "]" : url_.host;
  if (url_.port != (url_.scheme == "https" ? 443 : 80)) host += ":" + std::to_string(url_.port);
  head.host = arena_.copy(host);
  head.scheme = url_.scheme;
  for (const auto& [name, value] : order_.headers) request_.fields.add(name, value);
  if (!request_.fields.get("User-Agent")) request_.fields.set("User-Agent", "Portico");
}

void Errand::advance() {
  while (!over_) {
    switch (call_->stage()) {
      case Call::Stage::Failed: return fail(call_->reason());
      case Call::Stage::Interim: call_->go_on(); continue;
      case Call::Stage::Answered:
      case Call::Stage::Ended:
        if (!head_taken_) take_head();
        if (!take_body()) return;
        continue;
      default: break;
    }
    if (order_.body.empty() || body_sent_ || !call_->takes_body()) return;
    body_sent_ = true;
    call_->send(order_.body);
    call_->end_body();
  }
}

void Errand::take_head() {
  head_taken_ = true;
  answer_.status = static_cast<Status>(call_->head().status);
  for (const Headers::Entry& field : call_->head().fields) {
    answer_.headers.emplace_back(field.name, field.value);
  }
}

/// False when more has to come first.
bool Errand::take_body() {
  if (call_->stage() == Call::Stage::Ended) {
    finish();
    return false;
  }
  const Call::Piece piece = call_->next_body();
  if (piece.state == Parsed::Refused) return true;
  if (answer_.body.size() + piece.data.size() > order_.most_bytes) {
    fail("its answer is too large");
    return false;
  }
  answer_.body += piece.data;
  return !piece.data.empty() || piece.state == Parsed::Done;
}

void Errand::fail(std::string_view why) {
  if (over_) return;
  answer_.error = why;
  finish();
}

void Errand::abandon() {
  done_.reset();
  fail("nobody waits for it");
}

void Errand::finish() {
  over_ = true;
  office_.loop.timers().disarm(*this);
  lookup_.cancel();
  if (call_ != nullptr) call_->drop();
  answer_.duration = office_.loop.clock().now() - began_;
  if (done_) done_(answer_);
  office_.loop.later(*this);
}

void Errand::on_time(loop::Timer& timer) noexcept {
  static_cast<Errand&>(timer).fail("it took too long");
}

void Errand::on_task(loop::Task& task) noexcept {
  auto& self = static_cast<Errand&>(task);
  try {
    if (!self.over_ && self.call_ != nullptr) self.advance();
  } catch (const std::exception&) {  // Only for lack of memory.
    self.fail("the server has no memory left");
  }
  // What was queued meanwhile runs once more, and then finds it over.
  if (!self.over_ || self.Task::queued) return;
  // It may destroy this, and itself.
  const Callable<void()> ended = std::move(self.ended_);
  if (ended) ended();
}

}  // namespace portico::fetch
