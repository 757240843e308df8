// SPDX-License-Identifier: Apache-2.0
// What a plugin learns of where it stands: the place that a rule is made for, and of a request its
// route, its upstream, the time and who its caller is.
#include <portico/identity.h>
#include <portico/plugin.h>
#include <portico/testing.h>

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::testing {
namespace {

/// Answers with what it knows.
class Curious final : public Plugin {
 public:
  using Config = NoSettings;
  struct Lead {
    std::string to;
    static void describe(Schema<Lead>& s) {
      s.field("to", &Lead::to, "Where it leads.");
      s.shorthand("to");
    }
  };
  static constexpr Info info{"curious", "1.0.0", "Wants to know"};

  Curious(const Config&, Host& host) : host_(host) {}
  void setup(Registrar& r) override {
    EXPECT_EQ(host_.place(), "");
    r.middleware<NoSettings>("curious", [this](const NoSettings&) {
      places.emplace_back(host_.place());
      return [this](Request& request) { return tell(request); };
    });
    r.terminal<Lead>("lead", [](const Lead&) {
       return [](Request&) { return reply(Response()); };
     }).upstream([](const Lead& lead) { return lead.to; });
  }

  static inline std::vector<std::string> places;

 private:
  Flow tell(Request& request) {
    Response answer;
    const bool same_time = request.now() == host_.now() && request.unix_time() == host_.unix_time();
    std::string text = std::string(request.route()) + " to " + std::string(request.upstream());
    if (!same_time) text += " at another time";
    if (const Principal* caller = request.principal()) {
      text.append(" by ").append(caller->subject).append(" ").append(caller->session);
      for (const std::string_view role : caller->roles) text.append(" ").append(role);
      for (const std::string_view scope : caller->scopes) text.append(" +").append(scope);
    }
    answer.body(text, "text/plain");
    return reply(std::move(answer));
  }

  Host& host_;
};

TEST(Surroundings, TellOfTheRouteAndWhereItLeads) {
  Gateway gateway;
  gateway.load<Curious>().use("curious");
  gateway.route("{match: {path: /a, methods: [GET]}, lead: bookings}");
  EXPECT_EQ(gateway.get("/a").body, "GET /a to bookings");
  gateway.advance(std::chrono::hours(1));
  EXPECT_EQ(gateway.get("/b").body, "* /** to ");
}

TEST(Surroundings, TellWhoTheCallerIs) {
  Gateway gateway;
  gateway.load<Curious>();
  gateway.use("test_user: {name: ada, roles: [gold, staff], scopes: [read], session: s1}");
  gateway.use("curious");
  EXPECT_EQ(gateway.get("/").body, "* /** to  by ada s1 gold staff +read");
}

TEST(Surroundings, NameThePlaceThatARuleIsMadeFor) {
  Curious::places.clear();
  Gateway gateway;
  gateway.load<Curious>().use("curious").use("curious");
  gateway.route("{match: {path: /a, host: a.example, headers: {X-B: c}}, use: [curious], lead: x}");
  gateway.route(
      "{match: {path: \"/b/**\"}, use: [curious], routes: [{match: {path: /b/1}, lead: x}, "
      "{match: {path: /b/2, methods: [PUT, GET]}, use: [curious], lead: x}]}");
  EXPECT_EQ(gateway.problems(), "");
  EXPECT_EQ(Curious::places, (std::vector<std::string>{"use", "use#2", "* a.example/a header.X-B=c",
                                                       "* /b/**", "* /b/**", "PUT,GET /b/2"}));
}

}  // namespace
}  // namespace portico::testing
