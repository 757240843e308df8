// SPDX-License-Identifier: Apache-2.0
#include "store/signing_keys.h"

#include "store/tables.h"

#include <algorithm>

namespace portico::auth::test {
namespace {

using Make = KeyStep::Make;

TEST(KeyRotation, BeginsWithAKeyThatSignsAtOnce) {
  EXPECT_EQ(next_step({}, 0s, {}).make, Make::Active);
}

TEST(KeyRotation, PublishesTheNextKeyBeforeItSigns) {
  const KeyTimes times;
  std::vector<KeyRow> rows{{"a", KeyState::Active, 0s, {}}};
  EXPECT_TRUE(next_step(rows, times.rotate - times.publish_ahead - 1us, times).nothing());
  EXPECT_EQ(next_step(rows, times.rotate - times.publish_ahead, times).make, Make::Published);
  rows.push_back({"b", KeyState::Published, times.rotate, {}});
  EXPECT_TRUE(next_step(rows, times.rotate - 1us, times).nothing());
  EXPECT_EQ(next_step(rows, times.rotate, times).activate, "b");
}

TEST(KeyRotation, RetiresAKeyWhenNoTokenOfItsLives) {
  const std::vector<KeyRow> rows{{"a", KeyState::Active, 0s, {}},
                                 {"b", KeyState::VerifyOnly, 0s, 100s}};
  EXPECT_TRUE(next_step(rows, 99s, {}).retire.empty());
  EXPECT_EQ(next_step(rows, 100s, {}).retire, std::vector<std::string>{"b"});
}

// Each minute for a year: one key signs, and everybody could have known it before.
TEST(KeyRotation, NeverLetsAKeySignBeforeItWasPublished) {
  const KeyTimes times;
  std::vector<KeyRow> rows;
  unsigned made = 0;
  std::vector<Time> published(100);
  for (Time at = 0s; at < 24h * 365; at += 1min) {
    const KeyStep step = next_step(rows, at, times);
    std::erase_if(rows, [&](const KeyRow& row) {
      return std::ranges::find(step.retire, row.kid) != step.retire.end();
    });
    if (step.activate) {
      for (KeyRow& row : rows) {
        if (row.state == KeyState::Active) {
          row.state = KeyState::VerifyOnly;
          row.retire_at = at + times.verify;
        }
        if (row.kid == *step.activate) {
          row.state = KeyState::Active;
          row.not_before = at;
          EXPECT_GE(at - published[std::stoul(row.kid)], times.publish_ahead);
        }
      }
    }
    if (step.make != Make::Nothing) {
      const bool active = step.make == Make::Active;
      published[made] = at;
      rows.push_back({std::to_string(made++),
                      active ? KeyState::Active : KeyState::Published,
                      active ? at : at + times.publish_ahead,
                      {}});
    }
    ASSERT_EQ(std::ranges::count(rows, KeyState::Active, &KeyRow::state), 1);
    ASSERT_LE(rows.size(), 3U);
  }
  EXPECT_EQ(made, 5U);
}

class SigningKeys : public Tables {
 public:
  KeyStep rotate(std::string_view kid, Time at) {
    return write([&](Transaction& db) {
      return signing_keys::rotate(db, {kid, "ES256", "{}", "sealed"}, at, times);
    });
  }
  std::vector<SigningKeyRow> list() {
    return read([](Reader& db) { return signing_keys::list(db); });
  }
  std::int64_t count(std::string_view state) {
    return number("SELECT COUNT(*) FROM auth_signing_keys WHERE state = $1", {state});
  }

  const KeyTimes times;
};
INSTANTIATE_TEST_SUITE_P(On, SigningKeys, BothEngines, engine_name);

TEST_P(SigningKeys, GoThroughTheirStates) {
  rotate("a", now);
  EXPECT_EQ(list()[0].key.state, KeyState::Active);
  EXPECT_EQ(list()[0].private_sealed, "sealed");
  rotate("b", now + times.rotate - times.publish_ahead);
  EXPECT_EQ(count("published"), 1);
  EXPECT_EQ(rotate("c", now + times.rotate).activate, "b");
  const auto rows = list();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].key.kid, "b");
  EXPECT_EQ(rows[1].key.state, KeyState::VerifyOnly);
  EXPECT_EQ(rows[1].private_sealed, std::nullopt) << "it signs no more";
  EXPECT_TRUE(rotate("c", now + times.rotate + times.verify - 1us).nothing());
  EXPECT_EQ(rotate("c", now + times.rotate + times.verify).retire, std::vector<std::string>{"a"});
  EXPECT_EQ(list().size(), 1U);
}

TEST_P(SigningKeys, AreMadeOnceWhoeverStartsAtTheSameTime) {
  parallel(8, [&](std::size_t i) { rotate("key" + std::to_string(i), now); });
  EXPECT_EQ(count("active"), 1);
  EXPECT_EQ(list().size(), 1U);
}

TEST_P(SigningKeys, AreReplacedEarlyButNotAtOnce) {
  rotate("a", now);
  const auto early = [&](std::string_view kid) {
    return write([&](Transaction& db) {
      return signing_keys::rotate_early(db, {kid, "ES256", "{}", "sealed"}, now + 1s, times);
    });
  };
  EXPECT_EQ(early("b").make, Make::Published);
  EXPECT_TRUE(early("c").nothing()) << "one is on its way";
  EXPECT_TRUE(rotate("d", now + times.publish_ahead).nothing());
  EXPECT_EQ(rotate("d", now + 1s + times.publish_ahead).activate, "b");
}

}  // namespace
}  // namespace portico::auth::test
