// SPDX-License-Identifier: Apache-2.0
// The plugin through the real chain.
#include "headers.h"

#include "shared/ascii.h"
#include <portico/testing.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace portico::headers {
namespace {

using portico::testing::Forwarded;
using portico::testing::Gateway;
using portico::testing::Reply;

struct Line {
  std::string_view name;
  std::string_view value;
};

/// What `app.use(helmet())` sends, helmet 8.
constexpr std::array Helmet8 = {
    Line{"Content-Security-Policy",
         "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action "
         "'self';frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src "
         "'self';script-src-attr 'none';style-src 'self' https: "
         "'unsafe-inline';upgrade-insecure-requests"},
    Line{"Cross-Origin-Opener-Policy", "same-origin"},
    Line{"Cross-Origin-Resource-Policy", "same-origin"},
    Line{"Origin-Agent-Cluster", "?1"},
    Line{"Referrer-Policy", "no-referrer"},
    Line{"Strict-Transport-Security", "max-age=31536000; includeSubDomains"},
    Line{"X-Content-Type-Options", "nosniff"},
    Line{"X-DNS-Prefetch-Control", "off"},
    Line{"X-Download-Options", "noopen"},
    Line{"X-Frame-Options", "SAMEORIGIN"},
    Line{"X-Permitted-Cross-Domain-Policies", "none"},
    Line{"X-XSS-Protection", "0"},
};

std::size_t count(const Reply& reply, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(reply.headers.begin(), reply.headers.end(),
                    [name](const auto& field) { return same_letters(field.first, name); }));
}

Reply ask(std::string_view settings) {
  Gateway gateway;
  gateway.load<HeadersPlugin>(settings).use("headers");
  return gateway.get("/");
}

/// An upstream that has opinions of its own.
Response opinionated(const Forwarded&) {
  Response response;
  for (const Line& line : Helmet8) response.headers().add(line.name, "theirs");
  for (const Line& line : Helmet8) response.headers().add(line.name, "theirs too");
  response.headers().add("X-Powered-By", "Express");
  response.headers().add("x-powered-by", "PHP");
  response.headers().add("Server", "Apache");
  response.headers().add("Via", "1.1 cache");
  return response;
}

TEST(Headers, SetWhatHelmetSetsWordByWord) {
  const Reply reply = ask("{}");
  for (const Line& line : Helmet8) EXPECT_EQ(reply.header(line.name), line.value) << line.name;
  EXPECT_EQ(reply.headers.size(), Helmet8.size() + 1) << "more than helmet's and Content-Type";
}

TEST(Headers, StandOnceWhateverTheUpstreamSays) {
  Gateway gateway;
  gateway.load<HeadersPlugin>().use("headers").upstream(opinionated);
  const Reply reply = gateway.get("/");
  for (const Line& line : Helmet8) {
    EXPECT_EQ(reply.header(line.name), line.value) << line.name;
    EXPECT_EQ(count(reply, line.name), 1U) << line.name;
  }
  EXPECT_EQ(count(reply, "X-Powered-By"), 0U);
  EXPECT_EQ(reply.header("Server"), "Apache");
}

TEST(Headers, AreOnAnswersOfCore) {
  Gateway gateway;
  gateway.load<HeadersPlugin>().use("headers");
  gateway.route("{match: {path: /only-get, methods: [GET]}, respond: {body: a}}");
  gateway.route("{match: {path: /in}, redirect: {to: /out}}");
  for (const Reply& reply : {gateway.request("DELETE", "/only-get"), gateway.get("/in")}) {
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff") << static_cast<int>(reply.status);
  }
}

TEST(Headers, AreLeftToTheUpstreamWhereTheyAreOff) {
  Gateway gateway;
  gateway.upstream(opinionated)
      .use("headers")
      .load<HeadersPlugin>(
          "{frame_options: {policy: off}, xss_protection: off, server: remove, powered_by: keep, "
          "content_security_policy: {policy: off}, referrer_policy: {policy: remove}, remove: "
          "[via]}");
  const Reply reply = gateway.get("/");
  EXPECT_EQ(reply.header("X-Frame-Options"), "theirs");
  EXPECT_EQ(reply.header("X-XSS-Protection"), "theirs");
  EXPECT_EQ(reply.header("Content-Security-Policy"), "theirs");
  EXPECT_EQ(count(reply, "Referrer-Policy"), 0U);
  EXPECT_EQ(count(reply, "Server"), 0U);
  EXPECT_EQ(count(reply, "X-Powered-By"), 2U);
  EXPECT_EQ(count(reply, "Via"), 0U);
  EXPECT_EQ(count(ask("{frame_options: {policy: off}, xss_protection: off}"), "X-Frame-Options"),
            0U);
}

TEST(Headers, FillInWhatIsMissing) {
  Gateway gateway;
  gateway.use("headers").load<HeadersPlugin>(
      "{frame_options: {value: DENY, policy: if-missing}, "
      "content_security_policy: {policy: if-missing, directives: {script-src: '{csp.nonce}'}}, "
      "set: {X-Robots-Tag: {value: noindex, policy: if-missing}}}");
  EXPECT_EQ(gateway.get("/").header("X-Frame-Options"), "DENY");
  EXPECT_EQ(gateway.get("/").header("X-Robots-Tag"), "noindex");
  EXPECT_NE(gateway.get("/").header("Content-Security-Policy"), "");
  gateway.upstream([](const Forwarded&) {
    Response response;
    response.headers().set("x-frame-options", "SAMEORIGIN");
    response.headers().set("X-Robots-Tag", "all");
    response.headers().set("Content-Security-Policy", "default-src *");
    return response;
  });
  EXPECT_EQ(gateway.get("/").header("X-Frame-Options"), "SAMEORIGIN");
  EXPECT_EQ(gateway.get("/").header("X-Robots-Tag"), "all");
  EXPECT_EQ(gateway.get("/").header("Content-Security-Policy"), "default-src *");
}

TEST(Headers, BearTheWordsOfTheFile) {
  const Reply reply = ask(
      "{cross_origin_opener_policy: same-origin-allow-popups, cross_origin_embedder_policy: "
      "credentialless, cross_origin_resource_policy: cross-origin, dns_prefetch_control: on, "
      "referrer_policy: [no-referrer, strict-origin-when-cross-origin], frame_options: DENY, "
      "permitted_cross_domain_policies: master-only, strict_transport_security: {max_age: 730d, "
      "preload: true}, set: {Permissions-Policy: \"geolocation=(), camera=()\", X-A: b}}");
  EXPECT_EQ(reply.header("Cross-Origin-Opener-Policy"), "same-origin-allow-popups");
  EXPECT_EQ(reply.header("Cross-Origin-Embedder-Policy"), "credentialless");
  EXPECT_EQ(reply.header("Cross-Origin-Resource-Policy"), "cross-origin");
  EXPECT_EQ(reply.header("X-DNS-Prefetch-Control"), "on");
  EXPECT_EQ(reply.header("Referrer-Policy"), "no-referrer,strict-origin-when-cross-origin");
  EXPECT_EQ(reply.header("X-Frame-Options"), "DENY");
  EXPECT_EQ(reply.header("X-Permitted-Cross-Domain-Policies"), "master-only");
  EXPECT_EQ(reply.header("Strict-Transport-Security"),
            "max-age=63072000; includeSubDomains; preload");
  EXPECT_EQ(reply.header("Permissions-Policy"), "geolocation=(), camera=()");
  EXPECT_EQ(reply.header("X-A"), "b");
}

TEST(Headers, ReportOnlyUnderTheOtherName) {
  const Reply reply =
      ask("{content_security_policy: {report_only: true, directives: {report-to: csp}}, "
          "strict_transport_security: {include_subdomains: false, max_age: 0s}}");
  EXPECT_EQ(count(reply, "Content-Security-Policy"), 0U);
  EXPECT_TRUE(reply.header("Content-Security-Policy-Report-Only").ends_with(";report-to csp"));
  EXPECT_EQ(reply.header("Strict-Transport-Security"), "max-age=0");
}

TEST(Headers, AreThoseOfTheInnermostPlace) {
  Gateway gateway;
  gateway.load<HeadersPlugin>("{referrer_policy: origin}").use("headers");
  gateway.route(
      "{match: {path: /framed}, use: [{headers: {frame_options: {policy: off}}}], respond: {body: "
      "a}}");
  const Reply framed = gateway.get("/framed");
  EXPECT_EQ(count(framed, "X-Frame-Options"), 0U);
  EXPECT_EQ(framed.header("Referrer-Policy"), "origin");
  EXPECT_EQ(count(framed, "Content-Security-Policy"), 1U);
  EXPECT_EQ(gateway.get("/").header("X-Frame-Options"), "SAMEORIGIN");
}

TEST(Headers, GiveEachRequestANonceOfItsOwn) {
  Gateway gateway;
  gateway.use("headers").load<HeadersPlugin>(
      "{content_security_policy: {directives: {script-src: [\"'self'\", \"{csp.nonce}\"], "
      "style-src: \"{csp.nonce}\"}}}");
  std::string seen;
  gateway.upstream([&seen](const Forwarded& request) {
    seen = request.header("X-CSP-Nonce");
    return Response();
  });
  std::set<std::string> nonces;
  for (int i = 0; i < 100; ++i) {
    const Reply reply = gateway.get("/", {{"X-CSP-Nonce", "chosen-by-the-client"}});
    EXPECT_EQ(seen.size(), 24U);
    const std::string nonce = "'nonce-" + seen + "';";
    const std::string_view policy = reply.header("Content-Security-Policy");
    EXPECT_NE(policy.find("script-src 'self' " + nonce), std::string_view::npos) << policy;
    EXPECT_NE(policy.find(";style-src " + nonce), std::string_view::npos) << policy;
    nonces.insert(seen);
  }
  EXPECT_EQ(nonces.size(), 100U);
}

/// A middleware behind `headers` that needs the nonce, as a plugin that writes pages would.
class Reader final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"reader", "1.0.0", "Reads the nonce"};
  Reader(const NoSettings&, Host&) {}
  void setup(Registrar& r) override {
    r.middleware<NoSettings>("reader", [](const NoSettings&) {
      return [](Request& request) {
        const auto* nonce = request.get(CspNonce);
        Response response;
        response.body(nonce == nullptr ? "none" : *nonce, "text/plain");
        return reply(std::move(response));
      };
    });
  }
};

TEST(Headers, LeaveTheNonceToTheMiddlewaresBehind) {
  Gateway gateway;
  gateway.load<HeadersPlugin>(
      "{content_security_policy: {directives: {script-src: '{csp.nonce}'}, nonce_header: X-N}}");
  gateway.load<Reader>().use("headers").use("reader");
  const Reply reply = gateway.get("/");
  EXPECT_EQ(reply.body.size(), 24U);
  EXPECT_NE(reply.header("Content-Security-Policy").find("'nonce-" + reply.body + "'"),
            std::string_view::npos);
  Gateway without;
  without.load<HeadersPlugin>().load<Reader>().use("headers").use("reader");
  EXPECT_EQ(without.get("/").body, "none");
}

TEST(Headers, AskForNoNonceThatNobodyWouldSend) {
  Gateway gateway;
  gateway.load<HeadersPlugin>(
      "{content_security_policy: {directives: {script-src: '{csp.nonce}'}, policy: remove}}");
  gateway.load<Reader>().use("headers").use("reader");
  const Reply reply = gateway.get("/");
  EXPECT_EQ(reply.body, "none");
  EXPECT_EQ(count(reply, "Content-Security-Policy"), 0U);
}

}  // namespace
}  // namespace portico::headers
