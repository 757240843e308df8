// SPDX-License-Identifier: Apache-2.0
#include "admin/admin.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::admin {
namespace {

AdminRequest get(std::string_view path, Place place = Place::Loopback) {
  AdminRequest request;
  request.method = "GET";
  request.path = path;
  request.host = "127.0.0.1:9901";
  request.place = place;
  return request;
}

const Admin& open_admin() {
  static const Admin admin({.token = "", .hosts = {}, .version = "1.2.3"});
  return admin;
}

const Admin& guarded_admin() {
  static const Admin admin({.token = "s3cret", .hosts = {"admin.internal"}, .version = "1.2.3"});
  return admin;
}

std::string header(const AdminResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "missing";
}

TEST(Admin, SaysThatItLives) {
  const AdminResponse response = open_admin().answer(get("/health/live"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"status":"live"})");
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
}

class FixedPages final : public Pages {
 public:
  [[nodiscard]] Readiness readiness() const override { return {ready, R"({"status":"x"})"}; }
  [[nodiscard]] std::string metrics() const override { return "a 1\n"; }
  [[nodiscard]] std::string status() const override { return "{}"; }
  [[nodiscard]] PluginPage plugin_page(const AdminRequest& request, Ask ask) const override {
    PluginPage page;
    if (request.path != "/plugins/hello/keys") return page;
    page.allow = "GET, HEAD, POST";
    if (ask == Ask::Answer) page.answer.emplace().body = "asked";
    return page;
  }
  bool ready = true;
};

/// As it comes from the server: with a message for plugins.
AdminRequest plugin_request(std::string_view method, std::string_view path) {
  AdminRequest request = get(path);
  request.method = method;
  request.message = reinterpret_cast<Request*>(&request);  // Nobody here looks at it.
  return request;
}

TEST(Admin, SaysWhetherItIsReady) {
  FixedPages pages;
  const Admin admin({.token = "", .hosts = {}, .version = "1", .pages = &pages});
  AdminResponse response = admin.answer(get("/health/ready", Place::Elsewhere));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"status":"x"})");
  pages.ready = false;
  response = admin.answer(get("/health/ready", Place::Elsewhere));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, R"({"status":"x"})");
  EXPECT_EQ(header(response, "Content-Type"), "application/json");
}

TEST(Admin, ShowsMetricsToWhomeverMayReadThem) {
  const FixedPages pages;
  const Admin admin({.token = "s3cret", .hosts = {}, .version = "1", .pages = &pages});
  const AdminResponse response = admin.answer(get("/metrics"));
  EXPECT_EQ(response.body, "a 1\n");
  EXPECT_EQ(header(response, "Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(admin.answer(get("/metrics", Place::Elsewhere)).status, 401);
  EXPECT_EQ(admin.answer(get("/status")).body, "{}");
  EXPECT_EQ(admin.answer(get("/status", Place::Elsewhere)).status, 401);
  EXPECT_TRUE(Admin::takes_time("/metrics"));
  EXPECT_TRUE(Admin::takes_time("/status"));
  EXPECT_FALSE(Admin::takes_time("/health/ready"));
}

TEST(Admin, SaysWhatItIs) {
  const AdminResponse response = open_admin().answer(get("/version"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"name":"portico","version":"1.2.3","sdk":"0.1"})");
}

TEST(Admin, AnswersOtherPathsWithAProblem) {
  for (const char* path : {"/", "/health", "/health/", "/health/live/", "/versions", "/VERSION"}) {
    const AdminResponse response = open_admin().answer(get(path));
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(header(response, "Content-Type"), "application/problem+json");
    EXPECT_NE(response.body.find(R"("code":"not_found")"), std::string::npos);
  }
}

TEST(Admin, CanOnlyBeRead) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "get", "PATCH"}) {
    AdminRequest request = get("/version");
    request.method = method;
    const AdminResponse response = open_admin().answer(request);
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
  }
  AdminRequest request = get("/version");
  request.method = "HEAD";
  EXPECT_EQ(open_admin().answer(request).status, 200);
}

TEST(Admin, IsServedUnderItsOwnNamesOnly) {
  for (const char* host : {"localhost", "LocalHost:9901", "127.0.0.1", "10.1.2.3:9901",
                           "[::1]:9901", "[fe80::1]", "admin.internal:9901", "Admin.Internal"}) {
    AdminRequest request = get("/health/live");
    request.host = host;
    EXPECT_EQ(guarded_admin().answer(request).status, 200) << host;
  }
  for (const char* host :
       {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:9901",
        "[::1", "[evil]", "[]", "[", "1.2.3", "0x7f000001"}) {
    AdminRequest request = get("/health/live");
    request.host = host;
    EXPECT_EQ(guarded_admin().answer(request).status, 403) << host;
  }
}

TEST(Admin, RefusesPagesOfOtherOrigins) {
  AdminRequest request = get("/version");
  for (const char* origin :
       {"null", "", "https://evil.example", "http://127.0.0.1", "http://localhost:9901",
        "http://127.0.0.1:9901.evil.example", "ftp://127.0.0.1:9901"}) {
    request.origin = origin;
    EXPECT_EQ(open_admin().answer(request).status, 403) << origin;
  }
  request.origin = "http://127.0.0.1:9901";
  EXPECT_EQ(open_admin().answer(request).status, 200);
}

TEST(Admin, WantsTheTokenOffLoopbackExceptForHealth) {
  AdminRequest request = get("/version", Place::Elsewhere);
  EXPECT_EQ(guarded_admin().answer(get("/health/live", Place::Elsewhere)).status, 200);
  for (const char* given : {"", "Bearer", "Bearer ", "Bearer s3cre", "Bearer s3cret ",
                            "Bearer s3crets", "Basic s3cret", "s3cret", "Bearer S3CRET"}) {
    request.authorization = given;
    const AdminResponse response = guarded_admin().answer(request);
    EXPECT_EQ(response.status, 401) << given;
    EXPECT_EQ(header(response, "WWW-Authenticate"), "Bearer");
  }
  request.authorization = "bearer s3cret";
  EXPECT_EQ(guarded_admin().answer(request).status, 200);
}

TEST(Admin, TellsNothingAboutPathsWithoutTheToken) {
  EXPECT_EQ(guarded_admin().answer(get("/nothing", Place::Elsewhere)).status, 401);
}

TEST(Admin, AcceptsNoTokenWhereNoneIsConfigured) {
  AdminRequest request = get("/version", Place::Elsewhere);
  request.authorization = "Bearer ";
  EXPECT_EQ(open_admin().answer(request).status, 401);
  request.authorization.reset();
  EXPECT_EQ(open_admin().answer(request).status, 401);
}

TEST(Admin, ShowsPagesOfPlugins) {
  const FixedPages pages;
  const Admin admin({.token = "s3cret", .hosts = {}, .version = "1", .pages = &pages});
  EXPECT_EQ(admin.answer(plugin_request("GET", "/plugins/hello/keys")).body, "asked");
  EXPECT_EQ(admin.answer(plugin_request("GET", "/plugins/hello/other")).status, 404);
  EXPECT_EQ(admin.answer(plugin_request("PUT", "/plugins/hello/keys")).status, 405);
  EXPECT_TRUE(Admin::takes_time("/plugins/hello/keys"));
  AdminRequest request = plugin_request("GET", "/plugins/hello/keys");
  request.place = Place::Elsewhere;
  EXPECT_EQ(admin.answer(request).status, 401);
}

TEST(Admin, WantsTheTokenForChangesOnLoopbackToo) {
  const FixedPages pages;
  const Admin admin({.token = "s3cret", .hosts = {}, .version = "1", .pages = &pages});
  AdminRequest request = plugin_request("POST", "/plugins/hello/keys");
  EXPECT_EQ(admin.answer(request).status, 401);
  request.authorization = "Bearer other!";
  EXPECT_EQ(admin.answer(request).status, 401);
  request.authorization = "Bearer s3cret";
  EXPECT_EQ(admin.answer(request).status, 200);
  request.origin = "https://evil.example";
  EXPECT_EQ(admin.answer(request).status, 403);
}

TEST(Admin, ChangesNothingWithoutAToken) {
  const FixedPages pages;
  const Admin admin({.token = "", .hosts = {}, .version = "1", .pages = &pages});
  AdminRequest request = plugin_request("POST", "/plugins/hello/keys");
  request.authorization = "Bearer ";
  const AdminResponse answer = admin.answer(request);
  EXPECT_EQ(answer.status, 403);
  EXPECT_NE(answer.body.find("admin.token"), std::string::npos);
}

}  // namespace
}  // namespace portico::admin
