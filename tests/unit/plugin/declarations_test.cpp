// SPDX-License-Identifier: Apache-2.0
#include "plugin/generation.h"
#include "unit/plugin/generation_fixture.h"

#include <semaphore>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

using namespace std::chrono_literals;

/// What these tests vary is `setup`.
using Setup = Callable<void(Registrar&, Host&)>;

template <int Number>
class Declaring final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{Number == 1 ? "one" : "two", "1.0.0", "Declares"};
  static inline Setup on_setup;
  static inline Callable<void(Host&)> on_start;

  Declaring(const Config&, Host& host) : host_(host) {}
  void setup(Registrar& r) override {
    if (on_setup) on_setup(r, host_);
  }
  void start() override {
    if (on_start) on_start(host_);
  }

 private:
  Host& host_;
};

class Declarations : public test::GenerationTest {
 protected:
  using One = Declaring<1>;
  using Two = Declaring<2>;

  Declarations() {
    link<One>();
    link<Two>();
  }
  ~Declarations() override {
    One::on_setup.reset();
    Two::on_setup.reset();
    One::on_start.reset();
    Two::on_start.reset();
  }

  std::unique_ptr<Generation> both() { return prepare("plugins:\n  one: {}\n  two: {}\n"); }
  static void add_middleware(Registrar& r) {
    r.middleware<NoSettings>("gate",
                             [](const NoSettings&) { return [](Request&) { return pass(); }; });
  }
};

TEST_F(Declarations, AreFoundByName) {
  One::on_setup = [](Registrar& r, Host&) { add_middleware(r); };
  const auto generation = both();
  ASSERT_NE(generation, nullptr);
  EXPECT_EQ(generation->find_middleware("gate").instance, generation->find("one"));
  EXPECT_EQ(generation->find_middleware("other").entry, nullptr);
  EXPECT_EQ(generation->find_terminal("gate").entry, nullptr);
}

TEST_F(Declarations, MayNotRepeatAcrossPlugins) {
  const auto declare = [](Registrar& r, Host&) {
    add_middleware(r);
    r.terminal<NoSettings>("send",
                           [](const NoSettings&) { return [](Request&) { return pass(); }; });
    r.command("user", "", [](Args&) { return 0; });
    static int service = 0;
    r.provide("thing/1", service);
  };
  One::on_setup = declare;
  Two::on_setup = declare;
  EXPECT_EQ(both(), nullptr);
  std::string expected;
  for (const char* what :
       {"middleware \"gate\"", "terminal \"send\"", "command \"user\"", "service \"thing/1\""}) {
    expected += "portico.yaml:3:3: plugins.two: declares the " + std::string(what) +
                ", and the plugin one does already; load one of the two\n";
  }
  EXPECT_EQ(text(), expected + "4 problems, nothing started.\n");
}

TEST_F(Declarations, OfAMisuseNamePluginAndLineEvenWhenThePluginSwallowsIt) {
  One::on_setup = [](Registrar& r, Host&) {
    try {
      r.route("GET", "no slash", [](Request&) { return Response(Status::Ok); });
    } catch (...) {
    }
  };
  EXPECT_EQ(both(), nullptr);
  EXPECT_EQ(text().find("portico.yaml:2:3: plugins.one: `setup` failed: the route \"no slash\""),
            0U)
      << text();
}

TEST_F(Declarations, OfAPermissionNeedItsService) {
  One::on_setup = [](Registrar& r, Host&) {
    r.route("GET", "/a", [](Request&) { return Response(Status::Ok); }).permission("things:read");
  };
  EXPECT_EQ(both(), nullptr);
  EXPECT_EQ(text(),
            "portico.yaml:2:3: plugins.one: its route GET /a needs the permission things:read, and "
            "no loaded plugin knows permissions; add the plugin rbac to `plugins`\n"
            "1 problem, nothing started.\n");
  static int permissions = 0;
  Two::on_setup = [](Registrar& r, Host&) { r.provide("permissions/1", permissions); };
  EXPECT_NE(both(), nullptr) << text();
}

TEST_F(Declarations, OfNeedsAreResolvedInACircle) {
  static int first = 1;
  static int second = 2;
  static int seen = 0;
  One::on_setup = [](Registrar& r, Host& host) {
    r.provide("first/1", first);
    One::on_start = [needed = host.require<int>("second/1")](Host&) { seen += *needed; };
  };
  Two::on_setup = [](Registrar& r, Host& host) {
    r.provide("second/1", second);
    Two::on_start = [needed = host.require<int>("first/1")](Host&) { seen += 10 * *needed; };
  };
  const auto generation = both();
  ASSERT_NE(generation, nullptr) << text();
  ASSERT_TRUE(generation->start(problems_)) << text();
  EXPECT_EQ(seen, 12);
}

TEST_F(Declarations, NameWhoNeedsAMissingService) {
  Two::on_setup = [](Registrar&, Host& host) { static_cast<void>(host.require<int>("channel/1")); };
  EXPECT_EQ(both(), nullptr);
  EXPECT_EQ(text(),
            "portico.yaml:3:3: plugins.two: needs the service channel/1, which no loaded plugin "
            "provides; add the plugin notify to `plugins`\n"
            "1 problem, nothing started.\n");
}

TEST_F(Declarations, LeaveAnOptionalServiceNull) {
  static bool found = true;
  One::on_start = [](Host& host) { found = host.find<int>("channel/1").operator->() != nullptr; };
  const auto generation = both();
  ASSERT_TRUE(generation->start(problems_));
  EXPECT_FALSE(found);
}

TEST_F(Declarations, OfTicksRunFromStartUntilRetire) {
  static std::counting_semaphore<1'000'000> ticked{0};
  static std::atomic<bool> started{false};
  static std::atomic<bool> too_early{false};
  One::on_setup = [](Registrar&, Host& host) {
    host.every(1ms, [] {
      if (!started) too_early = true;
      ticked.release();
    });
  };
  Two::on_start = [](Host&) { started = true; };
  const auto generation = both();
  ASSERT_TRUE(generation->start(problems_));
  EXPECT_TRUE(ticked.try_acquire_for(10s));
  EXPECT_FALSE(too_early);
  generation->retire();
  while (ticked.try_acquire()) {
  }
  EXPECT_FALSE(ticked.try_acquire_for(5ms));
}

TEST_F(Declarations, OfAnInertProcessMakeNoFolder) {
  static std::string place;
  One::on_setup = [](Registrar&, Host& host) { place = host.state_directory(); };
  const auto inert = prepare("plugins: {one: {}}", nullptr, Liveness::Inert);
  ASSERT_NE(inert, nullptr);
  EXPECT_EQ(place, (folder_.path() / "state/one").string());
  EXPECT_FALSE(std::filesystem::exists(place));
  const auto live = prepare("plugins: {one: {}}");
  ASSERT_NE(live, nullptr);
  EXPECT_EQ(std::filesystem::status(place).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(Declarations, OfMetricsBearThePluginsNameAndOutliveReloads) {
  One::on_setup = [](Registrar&, Host& host) {
    host.counter("calls_total", "Calls.").add();
    host.counter("labelled_total", "Calls.", {{"kind", "a"}}).add(3);
    host.gauge("open", "Open.").add(0.5);
    host.histogram("took_seconds", "Time.").observe(1);
  };
  const auto first = both();
  const auto second = both();
  EXPECT_EQ(metrics_.total("one_calls_total"), 2);
  EXPECT_EQ(metrics_.total("one_labelled_total"), 6);
  EXPECT_EQ(metrics_.total("one_open"), 1);
  EXPECT_EQ(metrics_.total("one_took_seconds"), 2);
}

TEST_F(Declarations, OfWhatIsKeptOutliveReloads) {
  static std::shared_ptr<int> kept[2];
  static int made = 0;
  One::on_setup = [](Registrar&, Host& host) {
    const auto value = host.keep<int>("count", [] { return std::make_shared<int>(++made); });
    kept[kept[0] == nullptr ? 0 : 1] = value;
  };
  const auto first = both();
  const auto second = both();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(kept[0], kept[1]);
}

TEST_F(Declarations, OfWhatIsKeptEndWithTheLastGenerationThatLoadsThePlugin) {
  static std::weak_ptr<int> kept;
  One::on_setup = [](Registrar&, Host& host) {
    kept = host.keep<int>("count", [] { return std::make_shared<int>(1); });
  };
  auto served = both();
  auto next = both();
  served.reset();
  EXPECT_FALSE(kept.expired());
  const auto without = prepare("plugins: {two: {}}\n", next.get());
  ASSERT_NE(without, nullptr) << text();
  EXPECT_FALSE(kept.expired());
  next.reset();
  EXPECT_TRUE(kept.expired());
}

TEST_F(Declarations, OfALogLineBearThePluginsName) {
  One::on_setup = [](Registrar&, Host& host) { host.log(Level::Warning, "careful"); };
  const auto generation = both();
  ASSERT_EQ(log_.records().size(), 1U);
  EXPECT_EQ(log_.records()[0].component, "one");
  EXPECT_EQ(log_.records()[0].message, "careful");
}

}  // namespace
}  // namespace portico::plugin
