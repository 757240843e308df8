// SPDX-License-Identifier: Apache-2.0
#include "cli/asked_request.h"

#include "base/text.h"
#include "http/header_list.h"
#include "http/path.h"

#include <algorithm>
#include <cstdint>

namespace portico::cli {
namespace {

/// The host of "http://host[:port]/...", cut off `target`; empty when it has none.
std::string_view take_host(std::string_view& target) {
  const std::size_t scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return {};
  target.remove_prefix(scheme + 3);
  const std::size_t end = std::min(target.find_first_of("/?"), target.size());
  std::string_view host = target.substr(0, end);
  target.remove_prefix(end);
  const std::size_t port = host.rfind(':');
  if (port != std::string_view::npos && host.find(']', port) == std::string_view::npos) {
    host = host.substr(0, port);
  }
  return host;
}

}  // namespace

Result<std::unique_ptr<AskedRequest>> AskedRequest::take(Args& args) {
  std::unique_ptr<AskedRequest> asked(new AskedRequest());
  while (const std::optional<std::string> line = args.option("-H")) {
    std::string fault = asked->read_header(*line);
    if (!fault.empty()) return Error(std::move(fault));
  }
  if (args.words().size() != 2) return Error("give a method and a path, such as `GET /users/7`");
  const std::string& method = args.words()[0];
  if (!detail::is_token(method))
    return Error("`" + base::escape_control(method) + "` is no method");
  asked->state_.head.method = asked->arena_.copy(method);
  std::string fault = asked->read_target(args.words()[1]);
  if (!fault.empty()) return Error(std::move(fault));
  return asked;
}

void AskedRequest::strip(const http::ReservedFields& reserved) noexcept {
  Headers::Entry* const end = state_.fields.fields + state_.fields.count;
  Headers::Entry* const kept = std::remove_if(
      state_.fields.fields, end,
      [&reserved](const Headers::Entry& field) { return reserved.contains(field.name); });
  state_.fields.count = static_cast<std::uint32_t>(kept - state_.fields.fields);
}

std::string AskedRequest::read_target(std::string_view target) {
  const std::string_view host = take_host(target);
  if (!host.empty()) state_.head.host = arena_.copy(base::to_lower(host));
  if (state_.head.host.empty()) state_.head.host = "localhost";
  if (target == "*" && state_.head.method == "OPTIONS") {
    state_.head.path = "*";
    return {};
  }
  const std::size_t question = std::min(target.find('?'), target.size());
  if (question < target.size()) state_.head.query = arena_.copy(target.substr(question + 1));
  const std::string_view raw = target.empty() ? "/" : target.substr(0, question);
  const std::size_t room = http::normal_path_room(raw.size());
  const std::span<char> space(static_cast<char*>(arena_.allocate(room, 1)), room);
  const auto path = http::normal_path(arena_.copy(raw.empty() ? "/" : raw), space);
  if (!path) return "the path `" + base::escape_control(raw) + "` is one that is answered 400";
  state_.head.path = *path;
  return {};
}

std::string AskedRequest::read_header(std::string_view line) {
  const std::size_t colon = line.find(':');
  const std::string_view name = line.substr(0, std::min(colon, line.size()));
  const std::string_view value = colon < line.size() ? base::trim(line.substr(colon + 1)) : "";
  if (!detail::is_token(name) || !detail::is_field_value(value)) {
    return "`" + base::escape_control(line) + "` is no header; write -H 'Name: value'";
  }
  if (detail::same_name(name, "Host")) state_.head.host = arena_.copy(base::to_lower(value));
  state_.fields.add_received(arena_.copy(name), arena_.copy(value));
  return {};
}

}  // namespace portico::cli
