// SPDX-License-Identifier: Apache-2.0
// Plugins that write down what happens to them, and fail where their settings say.
#pragma once

#include <portico/plugin.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin::test {

using Lines = std::vector<std::string>;

/// Of all plugins of the test that is running.
inline Lines& diary() {
  static Lines lines;
  return lines;
}

template <class Name>
class DiaryPlugin : public Plugin {
 public:
  struct Config {
    std::string fail_in;
    std::string throws_int_in;
    std::string store = "memory";
    struct Pool {
      int size = 1;
      int other = 1;
      static void describe(Schema<Pool>& s) {
        s.field("size", &Pool::size, "A size.").restart();
        s.field("other", &Pool::other, "Another.");
      }
    } pool;
    static void describe(Schema<Config>& s) {
      s.field("fail_in", &Config::fail_in, "The step that fails.");
      s.field("throws_int_in", &Config::throws_int_in, "The step that throws an int.");
      s.field("store", &Config::store, "A store.").one_of({"memory", "redis"}).restart();
      s.field("pool", &Config::pool, "A pool.");
    }
  };
  static constexpr Info info{Name::text, "1.0.0", "Keeps a diary"};

  DiaryPlugin(const Config& config, Host&) : config_(config) { step("construct"); }
  ~DiaryPlugin() override { diary().push_back(std::string(Name::text) + " destroy"); }

  void setup(Registrar&) override { step("setup"); }
  void start() override { step("start"); }
  void retire() override { step("retire"); }
  void stop() override { step("stop"); }

 private:
  void step(std::string_view name) const {
    diary().push_back(std::string(Name::text) + " " + std::string(name));
    if (config_.throws_int_in == name) throw 1;
    if (config_.fail_in == name) throw std::runtime_error("the disk is full");
  }

  Config config_;
};

struct NameA {
  static constexpr std::string_view text = "a";
};
struct NameB {
  static constexpr std::string_view text = "b";
};
struct NameC {
  static constexpr std::string_view text = "c";
};
struct NameD {
  static constexpr std::string_view text = "d";
};
using PluginA = DiaryPlugin<NameA>;
using PluginB = DiaryPlugin<NameB>;
using PluginC = DiaryPlugin<NameC>;
using PluginD = DiaryPlugin<NameD>;

}  // namespace portico::plugin::test
