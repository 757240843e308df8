// SPDX-License-Identifier: Apache-2.0
#include "hook/endpoint_secrets.h"

#include "shared/json_out.h"
#include <portico/jobs.h>

namespace portico::notify {
namespace {

constexpr std::string_view SecretsPurpose = "webhook secrets";
constexpr std::string_view HeadersPurpose = "webhook headers";

}  // namespace

void EndpointSecrets::describe(Schema<EndpointSecrets>& s) {
  s.summary("What an endpoint's events are signed with.");
  s.field("current", &EndpointSecrets::current, "Now.").required();
  s.field("previous", &EndpointSecrets::previous, "Before.");
  s.field("until", &EndpointSecrets::until, "The previous one signs as well until then.");
}

std::string EndpointSecrets::sealed(const Host& host) const {
  JsonOut out;
  out.begin_object()
      .member("current", current)
      .member("previous", previous)
      .member("until", until)
      .end_object();
  return host.seal(SecretsPurpose, out.text());
}

std::optional<EndpointSecrets> EndpointSecrets::open(const Host& host, const std::string& sealed) {
  const auto opened = host.unseal(SecretsPurpose, sealed);
  return opened ? std::optional(from_json<EndpointSecrets>(*opened)) : std::nullopt;
}

std::vector<webhook::SigningSecret> EndpointSecrets::signing() const {
  std::vector<webhook::SigningSecret> secrets;
  if (auto now = webhook::Secret::parse(current)) secrets.push_back({.secret = *now});
  if (auto before = webhook::Secret::parse(previous)) {
    secrets.push_back({.secret = *before, .valid_until = Time(until)});
  }
  return secrets;
}

// A name and a value on each line: neither has the end of a line in it (webhook/headers.h).
std::string seal_headers(const Host& host, const HeaderFields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) text.append(name).append(":").append(value).append("\n");
  return host.seal(HeadersPurpose, text);
}

HeaderFields open_headers(const Host& host, const std::string& sealed) {
  const auto opened = host.unseal(HeadersPurpose, sealed);
  HeaderFields fields;
  std::string_view rest = opened ? std::string_view(*opened) : std::string_view();
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
      fields.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    }
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  return fields;
}

}  // namespace portico::notify
