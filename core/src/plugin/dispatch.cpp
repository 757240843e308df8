// SPDX-License-Identifier: Apache-2.0
#include "plugin/dispatch.h"

#include "plugin/matching.h"

#include <algorithm>
#include <span>

namespace portico::plugin {
namespace {

constexpr std::string_view Options = "OPTIONS";

using Found = routing::Decision::Kind;

Dispatch dispatch_as(const Site& site, const http::RequestState& request, std::string_view method) {
  Dispatch made{.kind = Dispatch::Kind::Route,
                .chain = nullptr,
                .method = method,
                .decision = site.table().find(RoutedRequest(request, method), request.arena)};
  switch (made.decision.kind) {
    case Found::Found:
      made.route = &site.route(made.decision.route);
      made.chain = &made.route->chain;
      break;
    case Found::NotFound:
      made.kind = Dispatch::Kind::NotFound;
      made.chain = &site.not_found();
      break;
    case Found::MethodNotAllowed:
      made.kind = Dispatch::Kind::MethodNotAllowed;
      made.chain = &site.method_not_allowed();
      made.allow = made.decision.allow;
  }
  return made;
}

/// `allow` and OPTIONS.
std::string_view with_options(std::string_view allow, base::Arena& arena) {
  constexpr std::string_view Separator = ", ";
  for (std::string_view left = allow; !left.empty();) {
    const std::string_view name = left.substr(0, left.find(Separator));
    if (name == Options) return allow;
    left.remove_prefix(std::min(left.size(), name.size() + Separator.size()));
  }
  char* const text = arena.array<char>(allow.size() + Separator.size() + Options.size());
  char* end = std::ranges::copy(allow, text).out;
  if (!allow.empty()) end = std::ranges::copy(Separator, end).out;
  end = std::ranges::copy(Options, end).out;
  return {text, static_cast<std::size_t>(end - text)};
}

Dispatch answered(const Site& site, Dispatch asked, std::string_view allow) {
  asked.kind = Dispatch::Kind::Options;
  asked.chain = &site.options();
  asked.allow = allow;
  return asked;
}

/// The method that a preflight asks for; empty: it is none.
std::string_view wanted_method(const http::RequestState& request) {
  if (!request.fields.get("Origin")) return {};
  return request.fields.get("Access-Control-Request-Method").value_or("");
}

bool answers_preflight(const pipeline::Chain& chain, const http::RequestState& request) {
  return std::ranges::any_of(chain.links, [&request](const pipeline::Link& link) {
    // In shadow mode it answers nothing: whoever answers without it still does.
    return link.answers_preflight && link.mode == pipeline::Mode::Enforce &&
           (link.when == nullptr || link.when->holds(request));
  });
}

/// What a preflight is answered with when no middleware does: by the same table, because no route
/// takes the empty method unless it takes all.
std::string_view allow_for(const Site& site, const http::RequestState& request) {
  const routing::Decision all = site.table().find(RoutedRequest(request, ""), request.arena);
  return all.kind == Found::Found ? UsualMethods : with_options(all.allow, request.arena);
}

Dispatch dispatch_options(const Site& site, const http::RequestState& request) {
  if (request.head.path == "*") {
    return answered(site, {.kind = {}, .chain = nullptr, .method = Options}, site.methods());
  }
  const pipeline::Chain* chain = &site.options();
  const std::string_view wanted = wanted_method(request);
  if (!wanted.empty()) {
    Dispatch asked = dispatch_as(site, request, wanted);
    if (answers_preflight(*asked.chain, request)) {
      if (asked.kind == Dispatch::Kind::NotFound) return asked;
      if (asked.kind == Dispatch::Kind::MethodNotAllowed) {
        return answered(site, asked, with_options(asked.allow, request.arena));
      }
      asked.kind = Dispatch::Kind::Preflight;
      asked.chain = &asked.route->preflight;
      asked.allow = allow_for(site, request);
      return asked;
    }
    chain = &site.unanswered();
  }
  Dispatch asked = dispatch_as(site, request, Options);
  if (asked.kind != Dispatch::Kind::MethodNotAllowed) return asked;
  asked = answered(site, asked, with_options(asked.allow, request.arena));
  asked.chain = chain;
  return asked;
}

}  // namespace

Dispatch dispatch(const Site& site, const http::RequestState& request) {
  if (request.head.method == Options) return dispatch_options(site, request);
  return dispatch_as(site, request, request.head.method);
}

const pipeline::Chain& find_chain(const Site& site, http::RequestState& request) {
  const Dispatch made = dispatch(site, request);
  request.head.params = made.decision.params;
  if (!made.allow.empty()) request.set(Allow, made.allow);
  return *made.chain;
}

}  // namespace portico::plugin
