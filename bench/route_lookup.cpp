// SPDX-License-Identifier: Apache-2.0
// What a lookup costs in tables of 1, 4, 100 and 10 000 routes: a request that a route serves, one
// that none does, one whose method is not taken. There are four usual shapes, one of which has a
// wildcard host: a table of 4 is the smallest with as many trees to search as the large ones.
// "same" asks for one route again and again, as a busy gateway does; "any" for each in turn, and so
// out of a cold cache. The tables take turns; the medians of the rounds are printed, in nanoseconds
// of CPU time. Arguments: rounds (31), lookups in each (20000).
#include "routing/route_table.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <time.h>

namespace {

using namespace portico;

class Line final : public routing::RequestView {
 public:
  Line(std::string_view its_method, std::string_view its_path)
      : RequestView(its_method, "api.example.com", its_path) {}
  [[nodiscard]] std::optional<std::string_view> header(std::string_view) const override {
    return std::nullopt;
  }
  [[nodiscard]] std::optional<std::string_view> query(std::string_view) const override {
    return std::nullopt;
  }
};

routing::Matcher matcher(const std::string& path, std::vector<std::string> methods = {},
                         std::string_view host = {}) {
  routing::Matcher made;
  made.path = *routing::PathPattern::parse(path);
  if (!host.empty()) made.host = *routing::HostPattern::parse(host);
  made.methods = std::move(methods);
  return made;
}

/// One table, and what is asked of it.
struct Subject {
  explicit Subject(int its_routes) : routes(its_routes) {
    for (int route = 0; route < routes; ++route) add(route);
    table.seal();
  }

  void add(int route) {
    const std::string number = std::to_string(route);
    const auto id = static_cast<std::uint32_t>(route);
    switch (route % 4) {
      case 0:
        table.add(matcher("/api/v1/bookings" + number + "/**", {"GET", "POST"}), id);
        paths.push_back("/api/v1/bookings" + number + "/7/notes");
        break;
      case 1:
        table.add(matcher("/api/v1/flights" + number + "/{id}", {}, "*.example.com"), id);
        paths.push_back("/api/v1/flights" + number + "/7");
        break;
      case 2:
        table.add(matcher("/old" + number + "/**"), id);
        paths.push_back("/old" + number + "/index.html");
        break;
      default:
        table.add(matcher("/admin" + number + "/ping"), id);
        paths.push_back("/admin" + number + "/ping");
    }
  }

  int routes;
  routing::RouteTable table;
  std::vector<std::string> paths;
};

/// Of this thread: what else the machine does must not count.
double cpu_nanoseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// One figure: a subject asked in one way.
struct Case {
  const char* name;
  std::string_view method;
  std::vector<std::string> paths;
  const Subject* subject;
  std::vector<double> nanoseconds{};
  std::size_t found = 0;

  void run(int lookups) {
    base::Arena arena;
    std::size_t at = 0;
    const double start = cpu_nanoseconds();
    for (int i = 0; i < lookups; ++i) {
      const routing::Decision decision = subject->table.find(Line(method, paths[at]), arena);
      found += decision.kind == routing::Decision::Kind::Found ? 1 : 0;
      at = at + 1 == paths.size() ? 0 : at + 1;
      arena.reset();
    }
    nanoseconds.push_back((cpu_nanoseconds() - start) / lookups);
  }
  [[nodiscard]] double median() {
    std::ranges::sort(nanoseconds);
    return nanoseconds[nanoseconds.size() / 2];
  }
};

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 31;
  const int lookups = count > 2 ? std::atoi(arguments[2]) : 20'000;
  if (rounds < 1 || lookups < 1) return 64;
  const Subject subjects[] = {Subject(1), Subject(4), Subject(100), Subject(10'000)};
  std::vector<Case> cases;
  for (const Subject& subject : subjects) {
    cases.push_back({"hit, same", "GET", {subject.paths[0]}, &subject});
    cases.push_back({"hit, any", "GET", subject.paths, &subject});
    cases.push_back({"miss", "GET", {"/api/v1/bookingsX/7"}, &subject});
    cases.push_back({"405", "PUT", {subject.paths[0]}, &subject});
  }
  for (int round = 0; round < rounds; ++round) {
    for (Case& one : cases) one.run(lookups);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    std::printf("%-10s", cases[i].name);
    for (std::size_t j = i; j < cases.size(); j += 4) {
      std::printf("  %5d: %6.1f ns (%4.2f)", cases[j].subject->routes, cases[j].median(),
                  cases[j].median() / cases[i].median());
    }
    std::printf("\n");
  }
  // A table that finds nothing would be quick.
  return cases[12].found == static_cast<std::size_t>(rounds) * static_cast<std::size_t>(lookups)
             ? 0
             : 1;
}
