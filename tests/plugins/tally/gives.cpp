// SPDX-License-Identifier: Apache-2.0
// Provides the service "tally/1". The count outlives reloads.
#include "tally.h"
#include <portico/sdk.h>

#include <array>
#include <atomic>
#include <memory>

namespace {

using namespace portico;

class Gives final : public Plugin, public Tally {
 public:
  using Config = NoSettings;
  static constexpr Info info{"gives", "1.0.0", "Provides a tally"};

  Gives(const Config&, Host& host)
      : count_(host.keep<std::atomic<std::uint64_t>>(
            "count", [] { return std::make_shared<std::atomic<std::uint64_t>>(0); })),
        now_(host.gauge("tally", "The tally now.")),
        steps_(host.histogram("tally_steps", "How far the tally was.", Bounds, {{"of", "all"}})) {}

  void setup(Registrar& r) override { r.provide<Tally>(ServiceName, *this); }
  std::uint64_t count() noexcept override {
    const std::uint64_t count = ++*count_;
    now_.set(static_cast<double>(count));
    steps_.observe(static_cast<double>(count));
    return count;
  }

 private:
  static constexpr std::array Bounds{1.0, 10.0};

  std::shared_ptr<std::atomic<std::uint64_t>> count_;
  Gauge& now_;
  Histogram& steps_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Gives)
