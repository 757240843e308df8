// SPDX-License-Identifier: Apache-2.0
// What a large configuration costs: a file of 10 000 routes of the usual shape, read by bare
// yaml-cpp events, by load_settings, and checked whole by `portico check`. Each run is a process of
// its own, so that the memory is its own too, and the three take turns; medians are printed.
// Arguments: the program, routes (10000), runs (9).
#include "config/settings.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

namespace {

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
  out << "listen:\n  - address: \"0.0.0.0:8080\"\nplugins: {shape: {}}\n"
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

/// In the child: the work alone.
int measure(std::string_view what, const char* path) {
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
  return 0;
}

/// One kind of run.
struct Subject {
  const char* name;
  std::string command;
  std::vector<double> milliseconds{};
  double mebibytes = 0;

  /// Runs it once; what the shell and exec cost is in the time of every subject.
  void run() {
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
      ::execl("/bin/sh", "sh", "-c", ("exec " + command + " >/dev/null").c_str(), nullptr);
      ::_exit(127);
    }
    int status = 0;
    rusage usage{};
    if (::wait4(child, &status, 0, &usage) != child || status != 0) std::exit(1);
    const std::chrono::duration<double, std::milli> spent =
        std::chrono::steady_clock::now() - start;
    milliseconds.push_back(spent.count());
    mebibytes = std::max(mebibytes, static_cast<double>(usage.ru_maxrss) / 1024);
  }
  [[nodiscard]] double median() {
    std::sort(milliseconds.begin(), milliseconds.end());
    return milliseconds[milliseconds.size() / 2];
  }
};

}  // namespace

int main(int count, char** arguments) {
  if (count == 4 && std::string_view(arguments[1]) == "--measure") {
    return measure(arguments[2], arguments[3]);
  }
  if (count < 2) return 64;
  const int routes = count > 2 ? std::atoi(arguments[2]) : 10'000;
  const int runs = count > 3 ? std::atoi(arguments[3]) : 9;
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
  const std::string self = std::string(arguments[0]) + " --measure ";
  Subject subjects[] = {{"bare yaml-cpp events", self + "events " + path},
                        {"load_settings", self + "load " + path},
                        {"portico check", std::string(arguments[1]) + " check -c " + path}};
  for (int run = 0; run < runs; ++run) {
    for (Subject& subject : subjects) subject.run();
  }
  ::unlink(path);
  const double bare = subjects[0].median();
  for (Subject& subject : subjects) {
    std::printf("%-22s %7.1f ms  %6.1f MiB  %5.2f of the bare pass\n", subject.name,
                subject.median(), subject.mebibytes, subject.median() / bare);
  }
}
