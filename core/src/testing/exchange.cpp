// SPDX-License-Identifier: Apache-2.0
#include "testing/exchange.h"

#include "base/text.h"
#include "http/header_list.h"
#include "http/path.h"
#include <portico/upstream.h>

#include <exception>
#include <span>
#include <stdexcept>
#include <utility>

namespace portico::testing {

using pipeline::AnswerBody;
using pipeline::Way;

namespace {

Fields copy(const Headers& headers) {
  Fields fields;
  for (const auto& entry : detail::HeaderList::of(headers).entries()) {
    fields.emplace_back(entry.name, entry.value);
  }
  return fields;
}

constexpr pipeline::Failure Unreachable{.status = Status::BadGateway,
                                        .code = "upstream_failed",
                                        .sentence = "The upstream did not answer.",
                                        .how = Outcome::How::UpstreamLost};

}  // namespace

http::RequestState& Exchange::ask(const Asked& asked) {
  const std::string_view raw = asked.target.substr(0, asked.target.find('?'));
  const std::size_t room = http::normal_path_room(raw.size());
  auto path = http::normal_path(arena_.copy(raw), {arena_.array<char>(room), room});
  if (asked.method == "OPTIONS" && asked.target == "*") path = "*";
  if (!path || !detail::is_token(asked.method)) {
    throw std::invalid_argument("this request is answered 400 before any chain runs");
  }
  http::RequestHead& head = request_.head;
  head.method = arena_.copy(asked.method);
  head.path = *path;
  if (raw.size() < asked.target.size()) {
    head.query = arena_.copy(asked.target.substr(raw.size() + 1));
  }
  head.host = "localhost";
  head.scheme = "http";
  head.client_address = head.peer_address = arena_.copy(asked.client_address);
  head.from_trusted_proxy = !asked.trusted_proxy.empty();
  if (head.from_trusted_proxy) head.peer_address = arena_.copy(asked.trusted_proxy);
  head.id = arena_.copy("test-" + std::to_string(asked.number));
  head.body_length = asked.body.size();
  head.certificate = asked.certificate;
  for (const auto& [name, value] : asked.headers) {
    if (asked.reserved != nullptr && asked.reserved->contains(name)) continue;
    request_.fields.add(name, value);
    if (detail::same_name(name, "Host")) head.host = arena_.copy(base::to_lower(value));
  }
  body_ = asked.body;
  return request_;
}

Reply Exchange::run(const pipeline::Chain& chain, const Upstream& upstream) {
  upstream_ = &upstream;
  driver_.start(request_, chain);
  while (driver_.busy() && turn()) {
  }
  if (driver_.busy() && driver_.watch().armed) look_again();
  if (driver_.busy()) leave();
  return std::exchange(reply_, {});
}

/// An answer that stays open is asked about once: a second later.
void Exchange::look_again() {
  loop_.fire(driver_.watch());
  while (driver_.busy() && turn()) {
  }
}

/// Nothing more happens. What has come of an answer that stays open is all that the test gets.
void Exchange::leave() {
  driver_.client_gone();
  if (reply_.status != Status{}) return;
  throw std::logic_error("the request waits for an operation that nothing in this test ends");
}

void Exchange::reset() noexcept {
  request_.reset();
  arena_.reset();
  reply_ = {};
  forwarded_ = {};
  upstream_body_.clear();
  body_ = {};
  complete_ = upstream_asked_ = request_wanted_ = answer_wanted_ = false;
}

// Does the next thing that the driver waits for, never within a call of the driver's own.
bool Exchange::turn() {
  if (std::exchange(complete_, false)) {
    driver_.sent();
  } else if (std::exchange(request_wanted_, false)) {
    deliver_request();
  } else if (std::exchange(upstream_asked_, false)) {
    ask_upstream();
  } else if (std::exchange(answer_wanted_, false)) {
    driver_.upstream_body(upstream_body_);
    driver_.upstream_end();
  } else {
    return loop_.turn(driver_.watch());
  }
  return true;
}

void Exchange::deliver_request() {
  driver_.request_body(std::exchange(body_, {}));
  driver_.request_body_end();
}

void Exchange::ask_upstream() {
  try {
    const Response answer = *upstream_ ? (*upstream_)(forwarded_) : [] {
      Response plain;
      plain.body("upstream", "text/plain");
      return plain;
    }();
    upstream_body_ = answer.body();
    const base::ArenaScope scope(arena_);
    Response head(answer.status());
    for (const auto& [name, value] : copy(answer.headers())) head.headers().add(name, value);
    driver_.upstream_head(std::move(head));
  } catch (const std::exception&) {
    driver_.fail(Unreachable);
  }
}

void Exchange::send_head(Response& head, AnswerBody body) {
  reply_.status = head.status();
  reply_.headers = copy(head.headers());
  if (body == AnswerBody::Held) reply_.body = head.body();
  if (body == AnswerBody::Relayed) reply_.body = upstream_body_;
  complete_ = body != AnswerBody::Driven;
}

std::size_t Exchange::send(Way way, std::string_view bytes) {
  (way == Way::ToClient ? reply_.body : forwarded_.body) += bytes;
  return 0;
}

void Exchange::end(Way way) { (way == Way::ToClient ? complete_ : upstream_asked_) = true; }

void Exchange::read(Way way) { (way == Way::ToUpstream ? request_wanted_ : answer_wanted_) = true; }

void Exchange::forward(const Target& target, pipeline::RequestBody body) {
  const std::string_view path = target.path.empty() ? request_.head.path : target.path;
  std::string_view host = request_.fields.get("Host").value_or(request_.head.host);
  if (target.endpoint_host) host = {};
  if (!target.host.empty()) host = target.host;
  forwarded_ = {
      .upstream = std::string(target.upstream->name()),
      .method = std::string(request_.head.method),
      .path = std::string(path),
      .query = std::string(target.query.value_or(request_.head.query)),
      .host = std::string(host),
      .headers = copy(request_.fields),
      .body = {},
      .mirror = target.mirror == nullptr ? std::string() : std::string(target.mirror->name())};
  if (body == pipeline::RequestBody::Driven) return;
  forwarded_.body = body_;
  upstream_asked_ = true;
}

pipeline::Traffic Exchange::traffic() const noexcept {
  return {.received = request_.head.body_length.value_or(0), .sent = reply_.body.size()};
}

}  // namespace portico::testing
