// SPDX-License-Identifier: Apache-2.0
// One exchange of the driver, with a simulated machine and line around it: tests say what the chain
// is and when things happen.
#pragma once

#include "base/arena.h"
#include "http/request_state.h"
#include "pipeline/driver.h"
#include "unit/pipeline/named_upstream.h"
#include "unit/pipeline/simulated_line.h"
#include "unit/pipeline/simulated_machine.h"

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::pipeline::simulation {

/// A chain, an exchange, and all that they need.
class Kit {
 public:
  Kit() {
    line.driver = &driver;
    request.head.method = "GET";
    request.head.path = "/";
    request.head.id = "r-1";
  }
  ~Kit() { EXPECT_FALSE(driver.busy()) << "the exchange did not end"; }

  template <class F>
  Link& link(F rule, Mode mode = Mode::Enforce) {
    const auto number = static_cast<std::uint16_t>(links.size() + 1);
    links.push_back({.rule = &rules.emplace_back(std::move(rule)),
                     .plugin = number,
                     .middleware = names.emplace_back("link" + std::to_string(number)),
                     .mode = mode});
    return links.back();
  }
  template <class F>
  void terminal(F rule) {
    chain.terminal = {
        .rule = &rules.emplace_back(std::move(rule)), .plugin = 99, .name = "terminal"};
  }
  template <class F>
  void handler(F handle, std::uint64_t limit = 1 << 20) {
    handler_ = Callable<Response(Request&)>(std::move(handle));
    chain.terminal = {
        .handler = &handler_, .body_limit = Bytes{limit}, .plugin = 99, .name = "handler"};
  }
  void start() {
    chain.links = links;
    driver.start(request, chain);
  }
  /// Makes ready for the next exchange, as an engine does.
  void recycle() {
    static_cast<LineRecord&>(line) = {};
    request.reset();
    arena.reset();
    request.head.method = "GET";
    request.head.path = "/";
    request.head.id = "r-1";
  }
  /// A body that arrives as soon as it is asked for.
  void body(std::string text, std::size_t chunk = 1000) {
    request.head.body_length = text.size();
    line.on_read = [this, text = std::move(text), chunk, at = std::size_t{0}](Way way) mutable {
      if (way != Way::ToUpstream) return;
      while (line.reading[Line::index(way)] && at < text.size()) {
        const std::string piece = text.substr(at, chunk);
        at += piece.size();
        driver.request_body(piece);
      }
      if (!line.reading[Line::index(way)] || line.ended[Line::index(way)]) return;
      line.ended[Line::index(way)] = true;
      driver.request_body_end();
    };
  }
  [[nodiscard]] Outcome outcome() const {
    EXPECT_EQ(journal.outcomes.size(), 1U);
    return journal.outcomes.empty() ? Outcome{} : journal.outcomes.front();
  }

  Loop loop;
  ManualWorkers workers;
  Recorder journal;
  Line line;
  base::Arena arena;
  http::RequestState request{arena};
  Driver driver{loop, line, workers, journal};
  std::deque<detail::Rule> rules;
  std::deque<std::string> names;
  std::vector<Link> links;
  Chain chain;

 private:
  Callable<Response(Request&)> handler_;
};

/// A reply with a body.
inline Flow say(std::string_view text, Status status = Status::Ok) {
  Response response(status);
  response.body(text, "text/plain");
  return reply(std::move(response));
}

}  // namespace portico::pipeline::simulation
