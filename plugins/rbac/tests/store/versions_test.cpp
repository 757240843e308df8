// SPDX-License-Identifier: Apache-2.0
#include "store/versions.h"

#include "store/tables.h"

#include <algorithm>
#include <mutex>

namespace portico::rbac::test {
namespace {

class Versions : public Tables {
 public:
  std::int64_t raise(const Change& change) {
    return write([&](Transaction& db) { return versions::raise(db, change, now); });
  }
  auto since(std::int64_t known, std::size_t most = 100) {
    return read([&](Reader& db) { return versions::since(db, known, most); });
  }
  std::int64_t current() {
    return read([](Reader& db) { return versions::current(db); });
  }
};
INSTANTIATE_TEST_SUITE_P(On, Versions, BothEngines, engine_name);

TEST_P(Versions, RiseByOneWithEachChangeAndSayWhatItWas) {
  const std::int64_t first = current();
  EXPECT_EQ(raise({.roles = true}), first + 1);
  now += 3s;
  EXPECT_EQ(raise({.user = "ada"}), first + 2);
  EXPECT_EQ(current(), first + 2);
  const auto changes = since(first);
  ASSERT_TRUE(changes);
  ASSERT_EQ(changes->size(), 2U);
  EXPECT_EQ(changes->at(0).version, first + 1);
  EXPECT_TRUE(changes->at(0).roles);
  EXPECT_EQ(changes->at(1).user, "ada");
  EXPECT_FALSE(changes->at(1).roles);
  EXPECT_EQ(changes->at(1).at, now);
  EXPECT_EQ(since(first + 1)->size(), 1U);
  EXPECT_TRUE(since(first + 2)->empty());
}

TEST_P(Versions, OfWhatWasUndoneAreGivenToTheNextChange) {
  const std::int64_t first = current();
  try {
    write([&](Transaction& db) {
      versions::raise(db, {.roles = true}, now);
      throw std::runtime_error("undone");
    });
    FAIL();
  } catch (const std::runtime_error&) {
    EXPECT_EQ(current(), first);
  }
  EXPECT_EQ(raise({.user = "ada"}), first + 1);
  EXPECT_EQ(since(first)->size(), 1U);
}

TEST_P(Versions, SayWhenTooManyAreAskedFor) {
  const std::int64_t first = current();
  for (int i = 0; i < 4; ++i) raise({.user = "ada"});
  EXPECT_FALSE(since(first, 3));
  EXPECT_TRUE(since(first, 4));
}

TEST_P(Versions, SayWhenWhatIsAskedForIsForgotten) {
  const std::int64_t first = current();
  for (int i = 0; i < 4; ++i) {
    raise({.user = "ada"});
    now += 1h;
  }
  const auto purge = [&](std::size_t most) {
    return write([&](Transaction& db) { return versions::purge(db, now - 2h, most); });
  };
  EXPECT_EQ(purge(1), 1U);
  EXPECT_EQ(purge(10), 1U);
  EXPECT_FALSE(since(first));
  EXPECT_EQ(since(first + 2)->size(), 2U);
  now += 24h;
  EXPECT_EQ(purge(10), 2U);
  EXPECT_FALSE(since(first + 2));
  EXPECT_TRUE(since(first + 4)->empty());
  EXPECT_FALSE(since(first + 5)) << "a version that is yet to come is of another database";
}

TEST_P(Versions, AreForgottenInTheirOrderWhateverTheClockSaid) {
  const std::int64_t first = current();
  now += 5h;
  raise({.user = "ada"});
  now -= 5h;
  raise({.user = "eve"});
  now += 4h;
  EXPECT_EQ(write([&](Transaction& db) { return versions::purge(db, now, 1); }), 1U);
  EXPECT_FALSE(since(first));
  EXPECT_EQ(since(first + 1)->at(0).user, "eve");
}

TEST_P(Versions, AreCommittedInTheirOrderByManyAtOnce) {
  constexpr std::size_t Many = 20;
  const std::int64_t first = current();
  std::mutex mutex;
  std::vector<std::int64_t> made;
  parallel(Many, [&](std::size_t) {
    const std::int64_t mine = raise({.user = "ada"});
    // Whoever has seen its own sees all before it.
    const auto seen = sql->read_main([&](Reader& db) { return versions::since(db, first, Many); });
    const std::lock_guard lock(mutex);
    made.push_back(mine);
    ASSERT_TRUE(seen);
    EXPECT_GE(seen->size(), static_cast<std::size_t>(mine - first));
  });
  std::ranges::sort(made);
  for (std::size_t i = 0; i < Many; ++i) {
    EXPECT_EQ(made[i], first + static_cast<std::int64_t>(i) + 1);
  }
}

}  // namespace
}  // namespace portico::rbac::test
