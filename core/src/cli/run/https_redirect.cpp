// SPDX-License-Identifier: Apache-2.0
#include "cli/run/https_redirect.h"

#include <algorithm>
#include <string>

namespace portico::cli {
namespace {

constexpr std::uint16_t HttpsPort = 443;

[[nodiscard]] Flow redirect(const Request& request, std::uint16_t port) {
  if (request.host().empty()) {
    return reply(problem(Status::BadRequest, "https_required", "Come back over https."));
  }
  std::string location = "https://" + std::string(request.host());
  if (port != HttpsPort) location += ':' + std::to_string(port);
  location += request.path();
  if (!request.query().empty()) location.append("?").append(request.query());
  Response response(Status::PermanentRedirect);
  response.headers().set("Location", location);
  return reply(std::move(response));
}

}  // namespace

HttpsRedirect::HttpsRedirect(const config::Settings& settings) {
  const auto secure = std::ranges::find_if(settings.listen, [](const config::Listener& listener) {
    return listener.tls && listener.tls->redirect_http;
  });
  if (secure == settings.listen.end()) return;
  active_ = true;
  rule_ = [port = secure->where.port](Request& request) { return redirect(request, port); };
  chain_.terminal.rule = &rule_;
  chain_.terminal.name = "redirect_http";
}

}  // namespace portico::cli
