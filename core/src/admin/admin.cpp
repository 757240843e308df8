// SPDX-License-Identifier: Apache-2.0
#include "admin/admin.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "services/metrics/exposition.h"
#include <portico/api.h>

#include <algorithm>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/crypto.h>

namespace portico::admin {
namespace {

constexpr std::string_view Plugins = "/plugins/";

/// Without the port. Brackets of an IPv6 address stay.
[[nodiscard]] std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    return end == std::string_view::npos ? std::string_view() : host.substr(0, end + 1);
  }
  return host.substr(0, host.find(':'));
}

/// Nobody can point a name of theirs at us and have the browser send a bare address.
[[nodiscard]] bool is_address(std::string_view name) {
  in6_addr address;
  if (name.starts_with('[')) {
    const std::string inner(name.substr(1, name.size() - 2));
    return ::inet_pton(AF_INET6, inner.c_str(), &address) == 1;
  }
  return ::inet_pton(AF_INET, std::string(name).c_str(), &address) == 1;
}

[[nodiscard]] AdminResponse answer_with(int status, std::string_view type, std::string body) {
  AdminResponse response;
  response.status = status;
  response.body = std::move(body);
  response.headers = {{"Content-Type", std::string(type)},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}};
  return response;
}

[[nodiscard]] AdminResponse refuse(int status, std::string_view title, std::string_view code,
                                   std::string_view detail) {
  std::string body;
  base::JsonWriter json(body);
  json.begin_object();
  json.member("type", "about:blank").member("title", title).member("status", status);
  json.member("detail", detail).member("code", code).end_object();
  return answer_with(status, "application/problem+json", std::move(body));
}

[[nodiscard]] AdminResponse refuse_method(std::string_view detail, std::string allow) {
  AdminResponse response = refuse(405, "Method Not Allowed", "method_not_allowed", detail);
  response.headers.emplace_back("Allow", std::move(allow));
  return response;
}

[[nodiscard]] AdminResponse refuse_nothing() {
  return refuse(404, "Not Found", "not_found", "There is nothing at this path.");
}

[[nodiscard]] AdminResponse demand_token() {
  AdminResponse response =
      refuse(401, "Unauthorized", "token_required", "The token of the admin address is required.");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

[[nodiscard]] AdminResponse live() {
  return answer_with(200, "application/json", R"({"status":"live"})");
}

[[nodiscard]] AdminResponse ready(Pages::Readiness readiness) {
  return answer_with(readiness.ready ? 200 : 503, "application/json", std::move(readiness.json));
}

[[nodiscard]] AdminResponse version(const AdminSettings& settings) {
  std::string body;
  base::JsonWriter json(body);
  json.begin_object().member("name", "portico").member("version", settings.version);
  json.member("sdk", std::to_string(SdkMajor) + '.' + std::to_string(SdkMinor)).end_object();
  return answer_with(200, "application/json", std::move(body));
}

/// Whether a page of another origin is asking. Our own pages live at http(s)://<Host>.
[[nodiscard]] bool is_foreign(std::string_view origin, std::string_view host) {
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return true;
  const std::string_view name = origin.substr(0, scheme);
  return (name != "http" && name != "https") || !base::iequals(origin.substr(scheme + 3), host);
}

}  // namespace

Admin::Admin(AdminSettings settings) : settings_(std::move(settings)) {}

bool Admin::is_ours(std::string_view host) const {
  const std::string_view name = host_name(host);
  if (base::iequals(name, "localhost") || is_address(name)) return true;
  return std::any_of(settings_.hosts.begin(), settings_.hosts.end(),
                     [name](const std::string& own) { return base::iequals(name, own); });
}

bool Admin::holds_token(const std::optional<std::string_view>& authorization) const {
  constexpr std::string_view Scheme = "Bearer ";
  if (settings_.token.empty() || !authorization || authorization->size() < Scheme.size())
    return false;
  if (!base::iequals(authorization->substr(0, Scheme.size()), Scheme)) return false;
  const std::string_view given = authorization->substr(Scheme.size());
  return given.size() == settings_.token.size() &&
         ::CRYPTO_memcmp(given.data(), settings_.token.data(), given.size()) == 0;
}

AdminResponse Admin::answer(const AdminRequest& request) const {
  if (!is_ours(request.host)) {
    return refuse(403, "Forbidden", "foreign_host", "This address is not served under that name.");
  }
  if (request.origin && is_foreign(*request.origin, request.host)) {
    return refuse(403, "Forbidden", "foreign_origin", "Pages of other origins are refused here.");
  }
  const bool health = request.path.starts_with("/health/");
  if (request.place == Place::Elsewhere && !health && !holds_token(request.authorization)) {
    return demand_token();
  }
  if (request.path.starts_with(Plugins)) return plugin_page(request);
  AdminResponse found = page(request.path);
  if (found.status == 404) return found;
  if (request.method != "GET" && request.method != "HEAD") {
    return refuse_method("This path can only be read.", "GET, HEAD");
  }
  return found;
}

AdminResponse Admin::page(std::string_view path) const {
  if (path == "/health/live") return live();
  if (path == "/version") return version(settings_);
  const Pages* const pages = settings_.pages;
  if (pages != nullptr && path == "/health/ready") return ready(pages->readiness());
  if (pages != nullptr && path == "/metrics") {
    return answer_with(200, services::Exposition::ContentType, pages->metrics());
  }
  if (pages != nullptr && path == "/status") {
    return answer_with(200, "application/json", pages->status());
  }
  return refuse_nothing();
}

AdminResponse Admin::plugin_page(const AdminRequest& request) const {
  if (settings_.pages == nullptr || request.message == nullptr) return refuse_nothing();
  const std::string allow = settings_.pages->plugin_page(request, Pages::Ask::Whether).allow;
  if (allow.empty()) return refuse_nothing();
  if (allow.find(request.method) == std::string::npos) {
    return refuse_method("This path is not for that method.", allow);
  }
  if (request.method == "POST" && !holds_token(request.authorization)) {
    if (!settings_.token.empty()) return demand_token();
    return refuse(403, "Forbidden", "token_unset", "Changes need `admin.token`, and none is set.");
  }
  Pages::PluginPage page = settings_.pages->plugin_page(request, Pages::Ask::Answer);
  return page.answer ? *std::move(page.answer) : refuse_nothing();
}

bool Admin::takes_time(std::string_view path) noexcept {
  return path == "/metrics" || path == "/status" || path.starts_with(Plugins);
}

}  // namespace portico::admin
