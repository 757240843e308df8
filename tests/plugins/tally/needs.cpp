// SPDX-License-Identifier: Apache-2.0
// Needs the service "tally/1", and would use "tally/2" if somebody provided it.
#include "tally.h"
#include <portico/sdk.h>

#include <string>

namespace {

using namespace portico;

class Needs final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"needs", "1.0.0", "Counts with another plugin's tally"};

  Needs(const Config&, Host& host)
      : tally_(host.require<Tally>(Tally::ServiceName)), next_(host.find<Tally>("tally/2")) {}

  void setup(Registrar& r) override {
    r.route("GET", "/", [this](Request&) {
      Response response;
      Tally& tally = next_.operator->() != nullptr ? *next_ : *tally_;
      response.body(std::to_string(tally.count()), "text/plain");
      return response;
    });
  }
  void start() override { tally_->count(); }

 private:
  Host::Service<Tally> tally_;
  Host::Service<Tally> next_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Needs)
