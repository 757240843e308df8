// SPDX-License-Identifier: Apache-2.0
// Lets in who shows a certificate with one of the fingerprints of its settings, and tells what it
// read from it.
#include <portico/sdk.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace portico;

class Badge final : public Plugin {
 public:
  struct Config {
    std::vector<std::string> fingerprints;
    static void describe(Schema<Config>& s) {
      s.summary("Lets in who shows a known certificate.");
      s.field("fingerprints", &Config::fingerprints, "SHA-256 of each, hexadecimal; none: all.");
    }
  };
  static constexpr Info info{"badge", "1.0.0", "Lets in who shows a known certificate"};

  Badge(const Config& config, Host&) : known_(config.fingerprints) {}

  void setup(Registrar& r) override {
    r.middleware<NoSettings>("badge", [this](const NoSettings&) {
      return [this](Request& request) { return check(request); };
    });
    r.route("GET", "/", [](Request& request) { return describe_certificate(request); });
  }

 private:
  Flow check(Request& request) const {
    const auto badge = request.client_certificate();
    if (!badge) return reply(problem(Status::Unauthorized, "no_badge", "Show a certificate."));
    const bool known =
        known_.empty() || std::ranges::find(known_, badge->fingerprint()) != known_.end();
    if (!known) return reply(problem(Status::Forbidden, "wrong_badge", "Nobody knows it."));
    return pass();
  }

  static Response describe_certificate(Request& request) {
    std::string text = "none";
    if (const auto badge = request.client_certificate()) {
      text.assign(badge->subject()).append("|").append(badge->issuer());
      text.append("|").append(badge->serial()).append("|").append(badge->fingerprint());
      for (const std::string& name : badge->names()) text.append("|").append(name);
    }
    Response response;
    response.body(text, "text/plain");
    return response;
  }

  const std::vector<std::string> known_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Badge)
