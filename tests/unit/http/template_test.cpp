// SPDX-License-Identifier: Apache-2.0
#include "http/request_state.h"
#include "tls/client_certificate.h"
#include <portico/identity.h>
#include <portico/units.h>

#include <array>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico {
namespace {

class TemplateTest : public testing::Test {
 protected:
  TemplateTest() {
    state_.head = {.method = "GET",
                   .path = "/users/7",
                   .query = "q=a%20b",
                   .host = "example.com",
                   .scheme = "https",
                   .client_address = "192.0.2.1",
                   .id = "id-1",
                   .params = params_,
                   .body_length = 0};
    state_.fields.add_received("Accept", "text/html");
    state_.fields.add_received("Cookie", "sid=42");
  }
  std::string render(std::string_view text) { return std::string(Template(text).render(state_)); }

  base::Arena arena_;
  const std::array<http::Param, 1> params_ = {http::Param{"id", "7"}};
  http::RequestState state_{arena_};
};

TEST_F(TemplateTest, FillsInEveryVariable) {
  EXPECT_EQ(render("{request.id} {request.method} {request.path} {request.host}"),
            "id-1 GET /users/7 example.com");
  EXPECT_EQ(render("{request.scheme} {request.query} {client.address}"), "https q=a%20b 192.0.2.1");
  EXPECT_EQ(render("[{path.id}][{header.accept}][{query.q}][{cookie.sid}]"),
            "[7][text/html][a b][42]");
}

TEST_F(TemplateTest, LeavesNothingForWhatIsAbsent) {
  EXPECT_EQ(render("[{path.x}{header.x}{query.x}{cookie.x}{user.id}]"), "[]");
}

TEST_F(TemplateTest, KnowsTheCertificateOfTheClient) {
  const std::string all =
      "{client.certificate.subject}|{client.certificate.issuer}|{client.certificate.serial}|"
      "{client.certificate.names}|{client.certificate.fingerprint}";
  EXPECT_EQ(render(all), "||||");
  const tls::ClientCertificate certificate{.subject = "CN=ann,O=Example",
                                           .issuer = "CN=Example CA",
                                           .serial = "0a",
                                           .names = {"DNS:a.example", "email:ann@example.com"},
                                           .fingerprint = "ab12"};
  state_.head.certificate = &certificate;
  EXPECT_EQ(render(all),
            "CN=ann,O=Example|CN=Example CA|0a|DNS:a.example, email:ann@example.com|ab12");
}

TEST_F(TemplateTest, KnowsTheUser) {
  state_.principal({.subject = "ada"});
  EXPECT_EQ(render("<{user.id}>"), "<ada>");
}

TEST_F(TemplateTest, WritesLiteralBraces) {
  EXPECT_EQ(render("{{}}"), "{}");
  EXPECT_EQ(render("{{\"id\": \"{path.id}\"}}"), "{\"id\": \"7\"}");
  EXPECT_EQ(render("plain"), "plain");
}

TEST_F(TemplateTest, NamesItsVariables) {
  const Template text("{path.id} and {query.q}");
  EXPECT_EQ(text.variable(0), "path.id");
  EXPECT_EQ(text.variable(1), "query.q");
  EXPECT_EQ(text.variable(2), "");
  EXPECT_EQ(text.source(), "{path.id} and {query.q}");
}

TEST_F(TemplateTest, MayBeEmptyCopiedAndMoved) {
  const Template empty;
  EXPECT_TRUE(empty.empty());
  EXPECT_TRUE(Template("").empty());
  EXPECT_EQ(empty.render(state_), "");
  EXPECT_EQ(empty.source(), "");
  EXPECT_EQ(empty.variable(0), "");
  Template first("{path.id}");
  const Template copy = first;     // NOLINT(performance-unnecessary-copy-initialization)
  const Template nothing = empty;  // NOLINT(performance-unnecessary-copy-initialization)
  Template moved = std::move(first);
  first = moved;
  moved = Template("other");
  EXPECT_EQ(first.render(state_), "7");
  EXPECT_EQ(copy.render(state_), "7");
  EXPECT_EQ(moved.render(state_), "other");
  EXPECT_TRUE(nothing.empty());
}

std::string fault(std::string_view text) {
  try {
    const Template compiled(text);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "none";
}

TEST_F(TemplateTest, SaysWhatIsWrong) {
  using testing::HasSubstr;
  EXPECT_EQ(fault("{request.idd}"),
            "unknown variable \"request.idd\"; did you mean \"request.id\"?");
  EXPECT_THAT(fault("{nothing.like.it}"), HasSubstr("known are request.id, "));
  EXPECT_THAT(fault("{nothing.like.it}"), HasSubstr("path.NAME, header.NAME"));
  EXPECT_THAT(fault("{path.}"), HasSubstr("unknown variable"));
  EXPECT_THAT(fault("{header.a b}"), HasSubstr("unknown variable"));
  EXPECT_THAT(fault("a{b"), HasSubstr("\"{{\""));
  EXPECT_THAT(fault("a}b"), HasSubstr("\"}}\""));
  EXPECT_THAT(fault("{}"), HasSubstr("unknown variable \"\""));
}

}  // namespace
}  // namespace portico
