// SPDX-License-Identifier: Apache-2.0
// The sample of upstream.h: forwards to servers by turns.
#include <portico/sdk.h>

#include <string>
#include <vector>

namespace {

using namespace portico;

class Relay final : public Plugin {
 public:
  struct Config {
    std::vector<std::string> to;
    static void describe(Schema<Config>& s) {
      s.summary("Forwards to servers by turns.");
      s.field("to", &Config::to, "Their addresses: `127.0.0.1:4000`.");
    }
  };
  static constexpr Info info{"relay", "1.0.0", "Forwards to servers by turns"};

  Relay(const Config& config, Host& host)
      : to_(config.to), upstream_(host.upstream({.name = "relay", .tries = 2})) {}

  void setup(Registrar& r) override {
    r.terminal<NoSettings>("relay", [this](const NoSettings&) {
      return [this](Request&) { return forward({.upstream = &upstream_}); };
    });
  }

  void start() override {
    std::vector<Endpoint> endpoints;
    for (const std::string& address : to_) endpoints.push_back({.address = address});
    upstream_.publish(endpoints, {});
  }

 private:
  std::vector<std::string> to_;
  Upstream& upstream_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Relay)
