// SPDX-License-Identifier: Apache-2.0
#include "keys/subject.h"

#include <portico/identity.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace portico::ratelimit {
namespace {

constexpr std::size_t MostParts = 8;

}  // namespace

/// What is hashed: for each part its kind and 16 bytes, an address or a hash. So no part's text can
/// pass for the end of one and the beginning of the next.
class Subject::Message {
 public:
  explicit Message(const Hash& hash) noexcept : hash_(hash) {}

  void add(Kind kind, std::string_view text) noexcept {
    const Key hashed = hash_(text);
    add(kind, &hashed);
  }
  void add(const Address& address) noexcept { add(Kind::Client, address.data()); }
  [[nodiscard]] Key key() const noexcept { return hash_({bytes_.data(), size_}); }

 private:
  static constexpr std::size_t Entry = 1 + sizeof(Address);

  void add(Kind kind, const void* value) noexcept {
    bytes_[size_] = static_cast<char>(kind);
    std::memcpy(&bytes_[size_ + 1], value, sizeof(Address));
    size_ += Entry;
  }

  const Hash& hash_;
  std::array<char, MostParts * Entry> bytes_;
  std::size_t size_ = 0;
};

Subject::Subject(const Counting& settings, const Hash& hash)
    : ipv6_prefix_(settings.ipv6_prefix), hash_(hash) {
  for (const KeyPart& part : settings.by) parts_.push_back(part_of(part, settings.api_key_header));
}

Subject::Part Subject::part_of(const KeyPart& settings, const std::string& api_key_header) {
  if (!settings.header.empty()) return {Kind::Header, settings.header, {}};
  if (!settings.cookie.empty()) return {Kind::Cookie, settings.cookie, {}};
  if (!settings.query.empty()) return {Kind::Query, settings.query, {}};
  if (!settings.value.empty()) return {Kind::Value, {}, settings.value};
  switch (settings.source.value_or(Source::Client)) {
    case Source::User: return {Kind::User, {}, {}};
    case Source::ApiKey: return {Kind::Header, api_key_header, {}};
    case Source::Route: return {Kind::Route, {}, {}};
    case Source::Upstream: return {Kind::Upstream, {}, {}};
    case Source::Host: return {Kind::Host, {}, {}};
    case Source::Client: break;
  }
  return {Kind::Client, {}, {}};
}

std::string_view Subject::text_of(const Part& part, const Request& request) {
  switch (part.kind) {
    case Kind::Header: return request.headers().get(part.name).value_or("");
    case Kind::Cookie: return request.cookie(part.name).value_or("");
    case Kind::Query: return request.query(part.name).value_or("");
    case Kind::Value: return part.value.render(request);
    case Kind::Route: return request.route();
    case Kind::Upstream: return request.upstream();
    case Kind::Host: return request.host();
    case Kind::User: break;
    case Kind::Client: return request.client_address();
  }
  const Principal* const caller = request.principal();
  return caller == nullptr ? std::string_view() : caller->subject;
}

Key Subject::of(const Request& request) const {
  Message message(hash_);
  for (const Part& part : parts_) {
    const std::string_view text =
        part.kind == Kind::Client ? std::string_view() : text_of(part, request);
    if (text.empty()) {
      add_client(message, request.client_address());
    } else {
      message.add(part.kind, text);
    }
  }
  return message.key();
}

std::optional<Key> Subject::of(std::span<const std::string> texts) const {
  if (texts.size() != parts_.size()) return std::nullopt;
  Message message(hash_);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (parts_[i].kind == Kind::Client) {
      add_client(message, texts[i]);
    } else {
      message.add(parts_[i].kind, texts[i]);
    }
  }
  return message.key();
}

void Subject::add_client(Message& message, std::string_view text) const noexcept {
  if (const auto address = parse_address(text)) {
    message.add(block_of(*address, ipv6_prefix_));
  } else {
    message.add(Kind::Client, text);
  }
}

std::string Subject::text_of(const Request& request) const {
  constexpr std::size_t Most = 64;
  std::string joined;
  for (const Part& part : parts_) {
    std::string_view text = text_of(part, request);
    if (text.empty()) text = request.client_address();
    joined += (joined.empty() ? "" : " ") + std::string(text.substr(0, Most));
  }
  return joined;
}

}  // namespace portico::ratelimit
