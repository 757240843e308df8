// SPDX-License-Identifier: Apache-2.0
// CORS as the Fetch standard has it. A preflight ends here, before anything behind asks for a token
// that browsers do not send with it; every other request passes, and its answer, whoever gave it,
// says who may read it.
#include "cors.h"

#include <optional>
#include <string_view>

namespace portico::cors {
namespace {

/// One place of use.
class Rule {
 public:
  explicit Rule(const Config& config) : grants_(config) {}

  Flow operator()(Request& request) const {
    const std::optional<std::string_view> origin = request.headers().get("Origin");
    const std::string_view admitted = grants_.admit(origin);
    if (origin && is_preflight(request)) return reply(grants_.preflight(request, admitted));
    return pass([this, admitted](Response& response) { grants_.mark(response, admitted); });
  }

 private:
  static bool is_preflight(const Request& request) noexcept {
    return request.method() == "OPTIONS" && request.headers().has("Access-Control-Request-Method");
  }

  Grants grants_;
};

}  // namespace

void CorsPlugin::setup(Registrar& registrar) {
  registrar.middleware<Use>(info.name, [](const Use& use) { return Rule(use); })
      .single()
      .answers_preflight();
  registrar.early([this](Response& response, const Headers& received) {
    early_.mark(response, early_.admit(received.get("Origin")));
  });
}

}  // namespace portico::cors

PORTICO_EXPORT_PLUGIN(portico::cors::CorsPlugin)
