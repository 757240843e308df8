// SPDX-License-Identifier: Apache-2.0
// What a large configuration costs: a file of 10 000 routes in the shape of the design's example,
// read by bare yaml-cpp events and by load_settings. Each run is a process of its own, so that the
// memory is its own too; the medians are printed. Arguments: routes (10000), runs (9).
#include "config/settings.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

namespace {

struct Figures {
  double milliseconds = 0;
  double mebibytes = 0;
};

class Events final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override { ++count; }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { ++count; }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {
    ++count;
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    ++count;
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    ++count;
  }
  void OnMapEnd() override {}

  std::size_t count = 0;
};

void write_routes(std::ostream& out, int routes) {
  out << "listen:\n  - address: \"0.0.0.0:8080\"\nplugins:\n  headers: {}\n  ratelimit: {limit: "
         "100}\n"
         "use: [headers, ratelimit]\nroutes:\n";
  for (int route = 0; route < routes; ++route) {
    const std::string number = std::to_string(route);
    switch (route % 4) {
      case 0:
        out << "  - match: {path: \"/api/v1/bookings" << number << "/**\", methods: [GET, POST]}\n"
            << "    use:\n      - auth\n      - rbac: {require: \"bookings:read\"}\n"
            << "      - ratelimit: {limit: 10, per: 1s, by: user}\n        mode: shadow\n"
            << "    proxy: bookings\n    timeouts: {total: 10s}\n";
        break;
      case 1:
        out << "  - match: {host: \"*.example.com\", path: \"/api/v1/flights" << number
            << "/{id}\"}\n"
            << "    proxy: {upstream: flights, strip_prefix: /api/v1}\n";
        break;
      case 2:
        out << "  - match: {path: \"/old" << number << "/**\"}\n"
            << "    redirect: {to: \"https://www.example.com/{path.rest}\", status: 308}\n";
        break;
      default:
        out << "  - match: {path: \"/admin" << number << "/**\"}\n"
            << "    use: [auth, {rbac: {role: admin}}]\n    routes:\n"
            << "      - {match: {path: /admin" << number << "/ping}, respond: {status: 200, "
            << "headers: {X-A: \"1\"}, body: \"pong\\n\"}}\n"
            << "      - {match: {path: \"/admin" << number << "/**\"}, "
            << "proxy: \"http://127.0.0.1:5000\"}\n";
    }
  }
}

double peak_mebibytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
  }
  return 0;
}

/// In the child: one measurement, as two numbers on standard output.
int measure(std::string_view what, const char* path) {
  const auto start = std::chrono::steady_clock::now();
  if (what == "events") {
    std::ifstream in(path);
    Events events;
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(events)) {
    }
  } else if (what == "load") {
    portico::config::Problems problems;
    const portico::config::Environment environment{portico::config::Environment::Variables()};
    const auto loaded = portico::config::load_settings(path, environment, problems);
    if (problems.any_error()) {
      std::fputs(problems.text().c_str(), stderr);
      return 1;
    }
  }
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
  std::printf("%f %f\n", spent.count(), peak_mebibytes());
  return 0;
}

Figures median(const std::string& program, const char* what, const char* path, int runs) {
  std::vector<double> times;
  Figures figures;
  for (int run = 0; run < runs; ++run) {
    FILE* child = ::popen((program + " --measure " + what + " " + path).c_str(), "r");
    double milliseconds = 0;
    double mebibytes = 0;
    if (child == nullptr || std::fscanf(child, "%lf %lf", &milliseconds, &mebibytes) != 2 ||
        ::pclose(child) != 0) {
      std::exit(1);
    }
    times.push_back(milliseconds);
    figures.mebibytes = std::max(figures.mebibytes, mebibytes);
  }
  std::sort(times.begin(), times.end());
  figures.milliseconds = times[times.size() / 2];
  return figures;
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 4 && std::string_view(arguments[1]) == "--measure") {
    return measure(arguments[2], arguments[3]);
  }
  const int routes = count > 1 ? std::atoi(arguments[1]) : 10'000;
  const int runs = count > 2 ? std::atoi(arguments[2]) : 9;
  char path[] = "/tmp/portico-routes-XXXXXX";
  const int file = ::mkstemp(path);
  if (file < 0 || routes < 1 || runs < 1) return 64;
  ::close(file);
  {
    std::ofstream out(path);
    write_routes(out, routes);
    std::printf("%d routes, %.2f MiB of YAML\n", routes,
                static_cast<double>(out.tellp()) / (1U << 20U));
  }
  const Figures none = median(arguments[0], "nothing", path, 1);
  const Figures events = median(arguments[0], "events", path, runs);
  const Figures load = median(arguments[0], "load", path, runs);
  ::unlink(path);
  std::printf("bare yaml-cpp events  %7.1f ms  %6.1f MiB\n", events.milliseconds, events.mebibytes);
  std::printf("load_settings         %7.1f ms  %6.1f MiB\n", load.milliseconds, load.mebibytes);
  std::printf("ratio                 %7.2f     (an empty process has %.1f MiB)\n",
              load.milliseconds / events.milliseconds, none.mebibytes);
}
