// SPDX-License-Identifier: Apache-2.0
// The driver against its promises: a hundred thousand random exchanges over every form of a Flow,
// each compared, event by event, with what the oracle says.
#include "unit/pipeline/model/oracle_ascent.h"
#include "unit/pipeline/model/oracle_descent.h"
#include "unit/pipeline/model/world_engine.h"
#include "unit/pipeline/model/world_plugins.h"

#include <cstdlib>
#include <set>

namespace portico::pipeline::model {
namespace {

constexpr std::uint64_t Exchanges = 100'000;

TEST(Model, DriverDoesWhatTheOracleSays) {
  auto world = std::make_unique<World>();
  std::set<char> seen;
  for (std::uint64_t seed = 0; seed < Exchanges; ++seed) {
    const Plan plan = random_plan(seed);
    Oracle oracle(plan);
    const std::vector<Event> expected = oracle.predict();
    const std::vector<Event> actual = world->run(plan);
    ASSERT_TRUE(actual == expected)
        << "seed " << seed << "\nexpected " << text(expected) << "\nactual   " << text(actual);
    if (const auto bytes = oracle.bytes()) {
      ASSERT_EQ(world->bytes(), *bytes) << "seed " << seed;
    }
    ASSERT_EQ(world->alive(), 0) << "something of a plugin outlived its exchange, seed " << seed;
    for (const Event& event : actual) seen.insert(event.what);
    // Nothing is remembered from one exchange to the next, nor depends on what came before.
    if (seed % 1000 == 999) world = std::make_unique<World>();
  }
  EXPECT_EQ(seen.size(), std::string_view("rwctjfduaHeAnFERK").size()) << "a form was never tried";
}

}  // namespace
}  // namespace portico::pipeline::model
