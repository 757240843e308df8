// SPDX-License-Identifier: Apache-2.0
#include "http/request_state.h"

#include "http/query.h"
#include <portico/identity.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

namespace portico::http {

RequestState::RequestState(base::Arena& memory) noexcept : arena(memory), fields(memory) {
  arena.context(this);
}

RequestState::~RequestState() {
  reset();
  arena.context(nullptr);
}

RequestState* RequestState::current() noexcept {
  base::Arena* const current = base::Arena::current();
  return current == nullptr ? nullptr : static_cast<RequestState*>(current->context());
}

void RequestState::reset() noexcept {
  stages.clear();
  while (Bond* const bond = bonds) {
    bonds = bond->next;
    bond->~Bond();
  }
  while (AttributeNode* const node = attributes) {
    attributes = node->next;
    node->destroy(node->value);
  }
  head = {};
  fields.clear();
  caller = nullptr;
  body_bytes = {};
  driver = nullptr;
}

}  // namespace portico::http

namespace portico {

using http::RequestState;

std::string_view Request::method() const noexcept { return RequestState::of(*this).head.method; }

std::string_view Request::path() const noexcept { return RequestState::of(*this).head.path; }

std::string_view Request::query() const noexcept { return RequestState::of(*this).head.query; }

std::optional<std::string_view> Request::query(std::string_view name) const {
  const RequestState& state = RequestState::of(*this);
  return http::find_query(state.head.query, name, state.arena);
}

std::optional<std::string_view> Request::param(std::string_view name) const noexcept {
  for (const http::Param& param : RequestState::of(*this).head.params) {
    if (param.name == name) return param.value;
  }
  return std::nullopt;
}

Headers& Request::headers() noexcept { return RequestState::of(*this).fields; }

const Headers& Request::headers() const noexcept { return RequestState::of(*this).fields; }

std::string_view Request::host() const noexcept { return RequestState::of(*this).head.host; }

std::string_view Request::scheme() const noexcept { return RequestState::of(*this).head.scheme; }

std::string_view Request::client_address() const noexcept {
  return RequestState::of(*this).head.client_address;
}

std::string_view Request::peer_address() const noexcept {
  return RequestState::of(*this).head.peer_address;
}

bool Request::from_trusted_proxy() const noexcept {
  return RequestState::of(*this).head.from_trusted_proxy;
}

std::string_view Request::id() const noexcept { return RequestState::of(*this).head.id; }

std::optional<std::string_view> Request::cookie(std::string_view name) const noexcept {
  for (const Headers::Entry& entry : RequestState::of(*this).fields.entries()) {
    if (!detail::same_name(entry.name, "Cookie")) continue;
    if (const auto value = http::find_cookie(entry.value, name)) return value;
  }
  return std::nullopt;
}

const Principal* Request::principal() const noexcept { return RequestState::of(*this).caller; }

void Request::principal(const Principal& caller) {
  Principal known;
  std::memcpy(static_cast<void*>(&known), &caller,
              std::min<std::size_t>(caller.size, sizeof known));
  if (known.subject.empty()) throw std::invalid_argument("a principal needs a subject");
  known.size = sizeof known;
  RequestState& state = RequestState::of(*this);
  state.caller = state.arena.make<Principal>(known);
}

std::size_t Request::cookies(std::string_view name) const noexcept {
  std::size_t count = 0;
  for (const Headers::Entry& entry : RequestState::of(*this).fields.entries()) {
    if (detail::same_name(entry.name, "Cookie")) count += http::count_cookies(entry.value, name);
  }
  return count;
}

std::string_view Request::body() const noexcept { return RequestState::of(*this).body_bytes; }

void Request::transform(std::unique_ptr<BodyStage> stage) {
  RequestState& state = RequestState::of(*this);
  state.stages.add(std::move(stage), state.arena);
}

namespace detail {

namespace {

RequestState::AttributeNode* find_node(const Request& request, std::string_view name) noexcept {
  RequestState::AttributeNode* node = RequestState::of(request).attributes;
  while (node != nullptr && node->name != name) node = node->next;
  return node;
}

}  // namespace

void* attribute(Request& request, std::string_view name, std::size_t size, std::size_t alignment,
                void (*destroy)(void*) noexcept) {
  if (RequestState::AttributeNode* const node = find_node(request, name)) {
    // Two plugins that disagree on the type would read each other's bytes as something else.
    if (node->size != size) {
      throw std::logic_error("attribute \"" + std::string(name) + "\" was set as another type");
    }
    node->destroy(node->value);
    node->destroy = destroy;
    return node->value;
  }
  RequestState& state = RequestState::of(request);
  void* const place = state.arena.allocate(size, alignment);
  state.attributes = state.arena.make<RequestState::AttributeNode>(
      RequestState::AttributeNode{state.attributes, state.arena.copy(name), size, place, destroy});
  return place;
}

void* find_attribute(const Request& request, std::string_view name, std::size_t size) noexcept {
  const RequestState::AttributeNode* const node = find_node(request, name);
  return node != nullptr && node->size == size ? node->value : nullptr;
}

}  // namespace detail
}  // namespace portico
