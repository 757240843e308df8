// SPDX-License-Identifier: Apache-2.0
// The middlewares and the terminal that a file of the usual shape names, with settings but without
// effect: for figures of loading and checking large files.
#include <portico/sdk.h>

#include <string>

namespace {

using namespace portico;
using namespace std::chrono_literals;

struct Limit {
  enum class By : std::uint8_t { Client, User };
  int limit = 100;
  std::chrono::milliseconds per = 1min;
  By by = By::Client;
  static void describe(Schema<Limit>& s) {
    s.field("limit", &Limit::limit, "Requests in the window.").min(1);
    s.field("per", &Limit::per, "The window.").min(1ms);
    s.field("by", &Limit::by, "Who is counted.")
        .names({{"client", By::Client}, {"user", By::User}})
        .needs("identity", "user");
  }
};

struct Need {
  std::string require;
  std::string role;
  static void describe(Schema<Need>& s) {
    s.field("require", &Need::require, "A permission.");
    s.field("role", &Need::role, "A role.");
    s.rule("say `require` or `role`",
           [](const Need& n) { return n.require.empty() != n.role.empty(); });
  }
};

struct Destination {
  std::string upstream;
  std::string strip_prefix;
  static void describe(Schema<Destination>& s) {
    s.field("upstream", &Destination::upstream, "Its name or URL.").required();
    s.field("strip_prefix", &Destination::strip_prefix, "Cut off the path.");
    s.shorthand("upstream");
  }
};

class Shape final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"shape", "1.0.0", "Brings the names of a usual file"};

  Shape(const Config&, Host& host) : host_(host) {}

  void setup(Registrar& r) override {
    const auto passes = [](const auto&) { return [](Request&) { return pass(); }; };
    r.middleware<NoSettings>("headers", passes).single();
    r.middleware<NoSettings>("auth", passes).gives("identity");
    r.middleware<Need>("rbac", passes);
    r.middleware<Limit>("ratelimit", passes);
    r.terminal<Destination>("proxy", [this](const Destination& to) {
      Upstream& upstream = host_.upstream({.name = to.upstream});
      return [&upstream](Request&) { return forward({.upstream = &upstream}); };
    });
  }

 private:
  Host& host_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Shape)
