// SPDX-License-Identifier: Apache-2.0
// A body stage for tests, and an upstream whose answer has a body.
#pragma once

#include "unit/pipeline/simulation.h"

#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace portico::pipeline::simulation {

/// Passes bytes on and appends its mark at the end; throws when told to.
class Mark final : public BodyStage {
 public:
  enum class Fault : std::uint8_t { None, Chunk, End, Int };
  explicit Mark(char mark, Fault fault = Fault::None) : mark_(mark), fault_(fault) {}

  void on_chunk(std::string_view bytes, Sink& sink) override {
    if (fault_ == Fault::Chunk) throw std::runtime_error("chunk");
    if (fault_ == Fault::Int) throw 1;
    sink.write(bytes);
    EXPECT_FALSE(sink.full() && bytes.size() < 10);
  }
  void on_end(Sink& sink) override {
    if (fault_ == Fault::End) throw std::runtime_error("end");
    sink.write({&mark_, 1});
  }

 private:
  char mark_;
  Fault fault_;
};

/// The upstream answers with a body to come.
inline void head(Kit& kit, Status status = Status::Ok) {
  const base::ArenaScope scope(kit.arena);
  Response response(status);
  response.headers().set("Content-Length", "5");
  response.headers().set("Accept-Ranges", "bytes");
  response.headers().set("Digest", "x");
  response.headers().set("ETag", "\"v1\"");
  kit.driver.upstream_head(std::move(response));
}

inline Flow to_upstream(Request&) { return forward({.upstream = named_upstream("u")}); }

}  // namespace portico::pipeline::simulation
