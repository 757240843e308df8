// SPDX-License-Identifier: Apache-2.0
#include "model/book.h"

#include "model/permission.h"
#include "tests/model/roles.h"

#include <set>

#include <gtest/gtest.h>

namespace portico::rbac::model::test {
namespace {

TEST(Book, FindsRolesByNumberAndByName) {
  const auto book =
      Book::compile(std::vector{role(7, {}), role(-3, {}), role(1'000'000'000'000, {})}, 42);
  EXPECT_EQ(book->version(), 42);
  EXPECT_EQ(book->role(7)->name, "role-7");
  EXPECT_EQ(book->role("role--3")->number, -3);
  EXPECT_EQ(book->role(1'000'000'000'000), book->role("role-1000000000000"));
  EXPECT_EQ(book->role(0), nullptr);
  EXPECT_EQ(book->role("role"), nullptr);
  EXPECT_EQ(book->role(""), nullptr);
}

TEST(Book, OfNoRolesAllowsNothing) {
  const Court court({});
  EXPECT_TRUE(court.book->roles().empty());
  const Matches matches = court.book->matches("orders:read");
  EXPECT_TRUE(matches.of(Effect::Allow).empty());
  EXPECT_FALSE(court.allows(1, "orders:read"));
}

TEST(Book, MatchesWhatTheTextsDo) {
  std::vector<Grant> grants;
  std::vector<std::string> patterns;
  for (const std::string one : {"a", "b", "*"}) {
    for (const std::string_view two : {":a", ":b", ":*", ":**"}) {
      patterns.push_back(std::string(one).append(two));
      if (two == ":**") continue;
      for (const std::string_view three : {":a", ":*", ":**"}) {
        patterns.push_back(std::string(one).append(two).append(three));
      }
    }
  }
  grants.reserve(patterns.size());
  for (const std::string& pattern : patterns) grants.push_back(allow(pattern));
  const auto book = Book::compile(std::vector{role(1, grants)}, 1);
  for (const std::string_view text : {"a:a", "b:a:a", "a:c", "c:a:c", "c:c:c:c", "a:a:a:a", "a"}) {
    std::set<std::string_view> found;
    const Matches all = book->matches(text);
    for (const std::uint32_t pattern : all.of(Effect::Allow)) {
      found.insert(book->reading().patterns().text(pattern));
    }
    for (const std::string& pattern : patterns) {
      EXPECT_EQ(found.contains(pattern), matches(pattern, text)) << pattern << ' ' << text;
    }
  }
}

TEST(Book, HoldsAllPatternsThatOnePermissionMayHave) {
  std::vector<Grant> grants;
  for (unsigned stars = 0; stars < 16; ++stars) {
    std::string text;
    for (unsigned i = 0; i < 4; ++i) {
      const std::string before = text.empty() ? "" : text + ":";
      if ((stars >> i) == 0) grants.push_back(allow(before + "**"));  // Each prefix comes once.
      text = before + ((stars >> i & 1U) != 0 ? "*" : std::string("abcd").substr(i, 1));
    }
    grants.push_back(allow(text));
  }
  const auto book = Book::compile(std::vector{role(1, grants)}, 1);
  EXPECT_EQ(book->reading().patterns().size(), Matches::Most);
  const Matches four = book->matches("a:b:c:d");
  EXPECT_EQ(four.of(Effect::Allow).size(), Matches::Most);
  EXPECT_TRUE(four.of(Effect::Deny).empty());
  const Matches three = book->matches("a:b:c");
  EXPECT_EQ(three.of(Effect::Allow).size(), 7U) << "of this book's those that are open";
}

TEST(Book, TellsWhichGrantsCannotBeRead) {
  const auto book = Book::compile(
      std::vector{
          role(1, {allow("orders:read"), allow("orders:read", Broken)}),
          role(2, {deny("Orders:read"), deny("orders:read", Broken), allow("orders:**", Sales)})},
      1);
  ASSERT_EQ(book->unreadable().size(), 3U);
  EXPECT_EQ(book->unreadable()[0].role, 1);
  EXPECT_EQ(book->unreadable()[0].grant, 1U);
  EXPECT_TRUE(book->unreadable()[0].sentence.starts_with("/eq: "))
      << book->unreadable()[0].sentence;
  EXPECT_EQ(book->unreadable()[1].sentence, fault_of_pattern("Orders:read"));
  EXPECT_EQ(book->unreadable()[2].grant, 1U);
}

TEST(Book, DeniesEverythingByADenyThatCannotBeRead) {
  const Court court({role(1, {allow("**"), deny("Orders:read")}), role(2, {allow("Orders:read")})});
  EXPECT_FALSE(court.allows(1, "users:read"));
  EXPECT_FALSE(court.allows(2, "orders:read"));
}

TEST(Book, BearsParentsThatDoNotExist) {
  const Court court({role(1, {allow("orders:read")}, {77}), role(2, {}, {1, 1, 77})});
  EXPECT_TRUE(court.allows(2, "orders:read"));
}

/// Half of them above one role, the other half below it.
std::vector<Role> hourglass(std::int64_t half) {
  std::vector<Role> roles;
  std::vector<std::int64_t> above;
  for (std::int64_t number = 1; number <= half; ++number) {
    roles.push_back(role(number, {allow("page-" + std::to_string(number) + ":read"),
                                  deny("page-" + std::to_string(number) + ":burn")}));
    above.push_back(number);
  }
  roles.push_back(role(half + 1, {allow("**")}, above));
  for (std::int64_t number = half + 2; number <= 2 * half + 1; ++number) {
    roles.push_back(role(number, {deny("page-7:print")}, {half + 1}));
  }
  return roles;
}

TEST(Book, KeepsWhatIsWideOnce) {
  constexpr std::int64_t Half = 1500;
  const Court court(hourglass(Half));
  for (const std::int64_t number : {Half + 1, Half + 2, 2 * Half + 1}) {
    EXPECT_TRUE(court.allows(number, "page-1400:read"));
    EXPECT_FALSE(court.allows(number, "page-1400:burn"));
    EXPECT_TRUE(court.allows(number, "page-1600:burn"));
  }
  EXPECT_TRUE(court.allows(Half + 1, "page-7:print"));
  EXPECT_FALSE(court.allows(Half + 2, "page-7:print"));
  EXPECT_EQ(court.decide({{.role = Half + 9}}, "page-1400:burn").role, 1400);
  EXPECT_FALSE(court.allows(7, "page-7:print"));
  EXPECT_TRUE(court.allows(7, "page-7:read"));
}

TEST(Book, FindsTheFewRolesThatInheritAmongManyThatHaveOnePattern) {
  std::vector<Role> roles;
  for (std::int64_t number = 1; number <= 2000; ++number) {
    roles.push_back(role(number, {number % 100 == 0 ? deny("orders:*") : allow("orders:*")}));
  }
  roles.push_back(role(3001, {}, {150, 1999}));
  roles.push_back(role(3002, {}, {150, 1900}));
  roles.push_back(role(3003, {}, {}));
  const Court court(roles);
  EXPECT_EQ(court.decide({{.role = 3001}}, "orders:read").role, 150);
  EXPECT_EQ(court.decide({{.role = 3002}}, "orders:read").role, 1900);
  EXPECT_EQ(court.decide({{.role = 3003}}, "orders:read").reason, Reason::NothingMatches);
}

}  // namespace
}  // namespace portico::rbac::model::test
