// SPDX-License-Identifier: Apache-2.0
// Fields that fall back to the plugin's own settings.
#include "unit/config/bound.h"
#include "unit/config/everything.h"

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Limit {
  int limit = 100;
  By by = By::Client;
  std::optional<std::string> header;
  std::vector<Target> targets;
  static void describe(Schema<Limit>& s) {
    s.field("limit", &Limit::limit, "How often.");
    s.field("by", &Limit::by, "Whose.").names({{"client", By::Client}, {"user", By::User}});
    s.field("header", &Limit::header, "Which header.");
    s.field("targets", &Limit::targets, "Where to.");
  }
};

struct Use {
  std::optional<int> limit;
  By by = By::Client;
  std::string header = "none";
  std::vector<Target> targets;
  static void describe(Schema<Use>& s) {
    s.field("limit", &Use::limit, "How often.").inherit();
    s.field("by", &Use::by, "Whose.")
        .names({{"client", By::Client}, {"user", By::User}})
        .needs("identity", "user")
        .inherit();
    s.field("header", &Use::header, "Which header.").inherit();
    s.field("targets", &Use::targets, "Where to.").inherit();
  }
};

BindOptions inheriting(const Limit& parent) {
  return {.variables = {},
          .path_params = nullptr,
          .parent = &parent,
          .parent_schema = &detail::schema_of<Limit>()};
}

TEST(BinderInherit, InheritsWhatIsAbsentFromThePlugin) {
  const Limit parent{7, By::User, "X-Key", {{"a", 3}}};
  const auto bound = bind_yaml<Use>("{}\n", inheriting(parent), "use[0]");
  ASSERT_TRUE(bound.good) << testing::PrintToString(bound.lines);
  EXPECT_EQ(bound.value.limit, 7);
  EXPECT_EQ(bound.value.by, By::User);
  EXPECT_EQ(bound.value.header, "X-Key");
  ASSERT_EQ(bound.value.targets.size(), 1U);
  EXPECT_EQ(bound.value.targets[0].weight, 3);
  ASSERT_EQ(bound.needs.size(), 1U);
  EXPECT_EQ(bound.needs[0].fact, "identity");
  EXPECT_EQ(bound.needs[0].path, "use[0].by");
  EXPECT_EQ(bound.needs[0].value, "user");
}

TEST(BinderInherit, PrefersWhatIsWrittenToWhatIsInherited) {
  const Limit parent{7, By::User, std::nullopt, {{"a", 3}}};
  const auto bound = bind_yaml<Use>("limit: 3\nby: client\ntargets: []\n", inheriting(parent));
  ASSERT_TRUE(bound.good) << testing::PrintToString(bound.lines);
  EXPECT_EQ(bound.value.limit, 3);
  EXPECT_EQ(bound.value.by, By::Client);
  EXPECT_EQ(bound.value.header, "none");
  EXPECT_THAT(bound.value.targets, IsEmpty());
  EXPECT_THAT(bound.needs, IsEmpty());
}

struct Misfit {
  std::string limit;
  static void describe(Schema<Misfit>& s) {
    s.field("limit", &Misfit::limit, "How often.").inherit();
  }
};

TEST(BinderInherit, RefusesToInheritWhatDoesNotFit) {
  const Limit parent;
  EXPECT_THAT(bind_yaml<Misfit>("{}\n", inheriting(parent)).lines,
              ElementsAre("1:1 x.limit: the describe() of these settings is wrong: there is no "
                          "such setting to inherit; tell the author of the plugin"));
}

}  // namespace
}  // namespace portico::config
