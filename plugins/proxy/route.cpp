// SPDX-License-Identifier: Apache-2.0
#include "route.h"

#include "shared/ascii.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <utility>

namespace portico::proxy {
namespace {

/// Of a thread, for as long as one call: what is made there has been copied when it ends.
struct Drafts {
  Draft path;
  Draft query;
  Draft field;
};

Drafts& drafts() {
  static thread_local Drafts own;
  return own;
}

Chance& chance(const Host& gateway) {
  static thread_local Chance own = [&gateway] {
    std::array<std::byte, sizeof(std::uint64_t)> seed{};
    gateway.random(seed);
    return Chance(std::bit_cast<std::uint64_t>(seed));
  }();
  return own;
}

std::string_view host_of(const Request& request) {
  return request.headers().get("Host").value_or(request.host());
}

Way way_of(const Request& request) {
  return {.client = request.client_address(),
          .peer = request.peer_address(),
          .scheme = request.scheme(),
          .host = host_of(request),
          .request_id = request.id(),
          .trusted = request.from_trusted_proxy()};
}

bool is_host(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || std::string_view("-._~:[]%").find(c) != std::string_view::npos;
  });
}

}  // namespace

Route::Route(const RouteSettings& settings, const Group& group, const Group* mirror,
             const Host& host)
    : group_(group),
      gateway_(host),
      path_(settings),
      query_(settings.query),
      headers_(settings.headers),
      forwarding_(settings.forwarding),
      host_rule_(group.scheme() == Scheme::Https ? HostRule::Upstream : HostRule::Client),
      upgrades_(settings.upgrades),
      request_trailers_(settings.request_trailers),
      answer_headers_(settings.response.headers) {
  const std::string_view told = settings.host.source();
  if (told == "client") {
    host_rule_ = HostRule::Client;
  } else if (told == "upstream") {
    host_rule_ = HostRule::Upstream;
  } else if (!told.empty()) {
    host_rule_ = HostRule::Own;
    host_ = settings.host;
  }
  for (const auto& [from, to] : settings.response.status) {
    statuses_.emplace_back(std::stoi(from), to);
  }
  if (settings.response.locations) {
    locations_.emplace(group.scheme(), group.authorities(), path_);
  }
  if (settings.mirror) mirror_.emplace(*settings.mirror, *mirror);
  if (settings.response.cookies) cookies_.emplace(*settings.response.cookies);
}

Flow Route::serve(Request& request) const {
  Drafts& draft = drafts();
  if (auto refused = group_.refuse()) return reply(std::move(*refused));
  // All of it is read before anything of the request is changed.
  const auto path = path_.apply(request, draft.path);
  const auto host = own_host(request);
  if (!path || !host) {
    return reply(problem(Status::BadRequest, "bad_target",
                         "The request leads to no address of the upstream."));
  }
  Target target{.upstream = &group_.upstream(),
                .path = *path,
                .host = *host,
                .endpoint_host = host_rule_ == HostRule::Upstream,
                .upgrades = upgrades_,
                .request_trailers = request_trailers_};
  if (mirror_) mirror_->add_to(target);
  if (!query_.empty()) target.query = query_.apply(request, draft.query);
  group_.prepare(request);
  tell(request);
  return forward(target, [this, &request, told = *host](Response& response) {
    if (group_.finish(request, response) == Group::Source::Upstream) {
      edit_answer(request, response, told);
    }
  });
}

void Route::tell(Request& request) const {
  Way way = way_of(request);
  way.prefix = path_.stripped(request);
  forwarding_.apply(request.headers(), way, chance(gateway_), drafts().field);
  // Last, so that the file has the last word.
  headers_.apply(request.headers(), request);
}

std::optional<std::string_view> Route::own_host(const Request& request) const {
  if (host_rule_ != HostRule::Own) return std::string_view();
  const std::string_view host = host_.render(request);
  return is_host(host) ? std::optional(host) : std::nullopt;
}

void Route::edit_answer(const Request& request, Response& response, std::string_view told) const {
  Draft& draft = drafts().field;
  const auto status = static_cast<int>(response.status());
  for (const auto& [from, to] : statuses_) {
    if (from == status) response.status(static_cast<Status>(to));
  }
  if (locations_) {
    locations_->apply(response.headers(), {request.scheme(), host_of(request)}, told, draft);
  }
  if (cookies_) cookies_->apply(response.headers(), draft);
  if (!answer_headers_.empty()) answer_headers_.apply(response.headers(), request);
}

}  // namespace portico::proxy
