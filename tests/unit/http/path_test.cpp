// SPDX-License-Identifier: Apache-2.0
#include "http/path.h"

#include <array>
#include <random>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace portico::http {
namespace {

std::string normal(std::string_view raw) {
  std::string space(normal_path_room(raw.size()) + 1, '#');
  const auto path = normal_path(raw, {space.data(), space.size() - 1});
  EXPECT_EQ(space.back(), '#');
  return path ? std::string(*path) : "refused";
}

TEST(Path, HasOneNormalForm) {
  const std::array<std::pair<const char*, const char*>, 33> cases{{
      {"/", "/"},
      {"/a/b", "/a/b"},
      {"/a/", "/a/"},
      {"//", "/"},
      {"/a//b///c", "/a/b/c"},
      {"/./a", "/a"},
      {"/a/.", "/a/"},
      {"/a/..", "/"},
      {"/a/b/..", "/a/"},
      {"/a/b/../c", "/a/c"},
      {"/a/./../b", "/b"},
      {"/a//../b", "/b"},
      {"/a/.b/..c/...", "/a/.b/..c/..."},
      {"/%61%2Dz", "/a-z"},
      {"/%7euser", "/~user"},
      {"/a/%2e%2E/b", "/b"},
      {"/a/.%2e/b", "/b"},
      {"/%c3%bc", "/%C3%BC"},
      {"/%e2%82%ac%41", "/%E2%82%ACA"},
      {"/%f0%9f%98%80/%2e", "/%F0%9F%98%80/"},
      {"/%ef%bf%bf", "/%EF%BF%BF"},
      {"/a%20b", "/a%20b"},
      {"/%25", "/%25"},
      {"/%252e", "/%252e"},
      {"/%3f%23", "/%3F%23"},
      {"/%3a", "/%3A"},
      {"/a:b@c!$&'()*+,;=", "/a:b@c!$&'()*+,;="},
      {"/a|b", "/a%7Cb"},
      {"/a[0]", "/a%5B0%5D"},
      {"/{x}^`\"<>", "/%7Bx%7D%5E%60%22%3C%3E"},
      {"/a;b/c", "/a;b/c"},
      {"/.well-known/x", "/.well-known/x"},
      {"/a/.../b", "/a/.../b"},
  }};
  for (const auto& [raw, expected] : cases) EXPECT_EQ(normal(raw), expected) << raw;
}

TEST(Path, IsRefusedWhenAnotherServerCouldReadItDifferently) {
  for (const std::string_view raw : {
           "",
           "a",
           "*",
           "..",
           "/..",
           "/a/../..",
           "/a/../../b",
           "/%2e%2e",
           "/%2e%2e/a",  // Above.
           "/a%2fb",
           "/a%2Fb",
           "/a\\b",
           "/a%5cb",  // Slashes.
           "/..;/a",
           "/a/..;x/b",
           "/a/.;/b",
           "/a/%2e%2e;/b",
           "/a/..;",  // Parameters.
           "/%",
           "/%4",
           "/%4g",
           "/%zz",
           "/a%",
           "/%u0041",  // Escapes.
           "/%00",
           "/%0a",
           "/%7f",
           "/%1B",
           "/a b",
           "/a\tb",
           "/\x7f",
           "/\xc3\xbc",
           "/a#b",
           "/a?b",
           "/%c0%af",
           "/%c0%ae%c0%ae/a",
           "/%e0%80%af",
           "/%f0%80%80%af",
           "/%c1%9c",  // Overlong.
           "/%ff",
           "/%80",
           "/%fc",
           "/%c3",
           "/%c3/%bc",
           "/%c3%",  // No UTF-8.
           "/%c3%b",
           "/%c3a",
           "/%e2%82",
           "/%e2%82x%ac",
           "/%ed%a0%80",
           "/%f5%80%80%80",
           "/%f4%90%80%80",
           "/a/%ff/..",
           "/%25/%2525%ff",
       }) {
    EXPECT_EQ(normal(raw), "refused") << raw;
  }
  EXPECT_EQ(normal(std::string_view("/a\0b", 4)), "refused");
}

TEST(Path, IsNotCopiedWhenItIsNormal) {
  const std::string_view raw = "/api/v1/users/7";
  std::array<char, 64> space;
  const auto path = normal_path(raw, space);
  ASSERT_TRUE(path);
  EXPECT_EQ(path->data(), raw.data());
}

TEST(Path, StaysAsItIsWhenNormalisedAgain) {
  std::mt19937 random(7);
  constexpr std::string_view Pieces[] = {"/",   ".", "..", "%2e", "%2f", "a",  "%C3%BC",
                                         "%bc", ";", "|",  "//",  "%25", "%41"};
  int accepted = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string raw = "/";
    for (auto n = random() % 9; n > 0; --n) raw += Pieces[random() % std::size(Pieces)];
    const std::string once = normal(raw);
    if (once == "refused") continue;
    ++accepted;
    ASSERT_EQ(normal(once), once) << raw;
    ASSERT_EQ(once.find("//"), std::string::npos) << raw;
    ASSERT_EQ((once + '/').find("/../"), std::string::npos) << raw;
    ASSERT_EQ((once + '/').find("/./"), std::string::npos) << raw;
  }
  EXPECT_GT(accepted, 5000);
}

}  // namespace
}  // namespace portico::http
