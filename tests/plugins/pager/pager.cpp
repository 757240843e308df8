// SPDX-License-Identifier: Apache-2.0
// Carries messages of `notify` to pagers, by a provider's API.
#include <portico/sdk.h>

#include <algorithm>

namespace {

using namespace portico;

class Pager final : public Plugin, public Channel {
 public:
  struct Config {
    Url provider;
    static void describe(Schema<Config>& s) {
      s.summary("Carries messages to pagers.");
      s.field("provider", &Config::provider, "Who takes them.")
          .required()
          .example("\"https://pager.example/v1/messages\"");
    }
  };
  static constexpr Info info{"pager", "1.0.0", "Carries messages to pagers"};

  Pager(const Config& config, Host& host)
      : config_(config), host_(host), channels_(host.require<Channels>(Channels::ServiceName)) {}

  void setup(Registrar&) override {}
  void start() override { channels_->add(*this); }

  std::string_view name() const noexcept override { return "pager"; }
  std::string fault_of(std::string_view address) const override {
    const bool digits = std::ranges::all_of(address, [](char c) { return c >= '0' && c <= '9'; });
    return digits && !address.empty() ? "" : "A pager's number has digits alone.";
  }
  Carried carry(const Parcel& parcel) override {
    Fetch order;
    order.method = "POST";
    order.url = config_.provider.text;
    order.headers = {{"Idempotency-Key", std::string(parcel.id)}};
    order.body = std::string(parcel.address) + "\n" + std::string(parcel.text);
    const Fetched answer = host_.fetch(order);
    Carried carried;
    carried.kind = answer.status == Status::Ok ? Carried::Kind::Sent : Carried::Kind::Later;
    carried.code = std::to_string(static_cast<int>(answer.status));
    carried.said = answer.error;
    return carried;
  }

 private:
  const Config config_;
  Host& host_;
  Host::Service<Channels> channels_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Pager)
