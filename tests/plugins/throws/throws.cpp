// SPDX-License-Identifier: Apache-2.0
// Throws an int where its settings say: the worst that a plugin can do without crashing. A
// destructor is not among the places, because the language ends the process there.
#include <portico/sdk.h>

#include <chrono>
#include <memory>
#include <string_view>

namespace {

using namespace portico;
using namespace std::chrono_literals;

enum class Place {
  Nowhere,
  Constructor,
  Setup,
  Start,
  Make,
  Middleware,
  After,
  Finally,
  RequestStage,
  ResponseStage,
  StageEnd,
  Deferred,
  Then,
  Operation,
  Route,
  Early,
  Command,
  Tick,
  Retire,
  Stop,
};

class ThrowingStage final : public BodyStage {
 public:
  explicit ThrowingStage(Place place) : place_(place) {}
  void on_chunk(std::string_view bytes, Sink& sink) override {
    if (place_ != Place::StageEnd) throw 1;
    sink.write(bytes);
  }
  void on_end(Sink&) override {
    if (place_ == Place::StageEnd) throw 1;
  }

 private:
  Place place_;
};

class Throws final : public Plugin {
 public:
  struct Config {
    Place where = Place::Nowhere;
    static void describe(Schema<Config>& s) {
      s.summary("Throws an int.");
      s.field("where", &Config::where, "Where it throws.")
          .names({{"nowhere", Place::Nowhere},
                  {"constructor", Place::Constructor},
                  {"setup", Place::Setup},
                  {"start", Place::Start},
                  {"make", Place::Make},
                  {"middleware", Place::Middleware},
                  {"after", Place::After},
                  {"finally", Place::Finally},
                  {"request_stage", Place::RequestStage},
                  {"response_stage", Place::ResponseStage},
                  {"stage_end", Place::StageEnd},
                  {"deferred", Place::Deferred},
                  {"then", Place::Then},
                  {"operation", Place::Operation},
                  {"route", Place::Route},
                  {"early", Place::Early},
                  {"command", Place::Command},
                  {"tick", Place::Tick},
                  {"retire", Place::Retire},
                  {"stop", Place::Stop}});
    }
  };

  static constexpr Info info{"throws", "1.0.0", "Throws an int"};

  Throws(const Config& config, Host& host) : where_(config.where) {
    throw_at(Place::Constructor);
    host.every(1ms, [this] { throw_at(Place::Tick); });
  }

  void setup(Registrar& r) override {
    throw_at(Place::Setup);
    r.middleware<NoSettings>("throws", [this](const NoSettings&) {
      throw_at(Place::Make);
      return [this](Request& request) { return serve(request); };
    });
    r.route("GET", "/", [this](Request&) {
      throw_at(Place::Route);
      return Response(Status::NoContent);
    });
    r.early([this](Response&) { throw_at(Place::Early); });
    r.command("throws", "Throws an int", [this](Args&) {
      throw_at(Place::Command);
      return 0;
    });
  }
  void start() override { throw_at(Place::Start); }
  void retire() override { throw_at(Place::Retire); }
  void stop() override { throw_at(Place::Stop); }

 private:
  void throw_at(Place place) const {
    if (where_ == place) throw 1;
  }

  Flow serve(Request& request) {
    throw_at(Place::Middleware);
    if (where_ == Place::Deferred || where_ == Place::Then) {
      return defer([this] { throw_at(Place::Deferred); },
                   [this](Request&) {
                     throw_at(Place::Then);
                     return pass();
                   });
    }
    if (where_ == Place::Operation) {
      return await(Operation<Elapsed>([](Resume<Elapsed>) -> Step<void()> { throw 1; }),
                   [](Request&, Elapsed) { return pass(); });
    }
    if (where_ == Place::RequestStage) {
      request.transform(std::make_unique<ThrowingStage>(where_));
    }
    return pass([this](Response& response) { after(response); },
                [this](const Outcome&) { throw_at(Place::Finally); });
  }

  void after(Response& response) {
    throw_at(Place::After);
    if (where_ == Place::ResponseStage || where_ == Place::StageEnd) {
      response.transform(std::make_unique<ThrowingStage>(where_));
    }
  }

  Place where_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Throws)
