// SPDX-License-Identifier: Apache-2.0
// A request body, from bytes to a struct and back: nothing may crash, and what was read once is
// read again the same from its own print.
#include "base/arena.h"
#include "base/json_writer.h"
#include "config/binder.h"
#include "config/dump.h"
#include "config/json_text.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace portico;

enum class Colour : std::uint8_t { Red, Green };

struct Body {
  bool on = false;
  std::int8_t small = 0;
  std::uint64_t large = 0;
  double share = 0;
  std::string name;
  Colour colour = Colour::Red;
  std::chrono::milliseconds per{0};
  Bytes size;
  Cidr network;
  std::optional<std::string> note;
  std::vector<Body> children;
  std::map<std::string, std::string> labels;

  static void describe(Schema<Body>& s) {
    s.field("on", &Body::on, "");
    s.field("small", &Body::small, "").min(-100);
    s.field("large", &Body::large, "");
    s.field("share", &Body::share, "").max(1e9);
    s.field("name", &Body::name, "").max(100);
    s.field("colour", &Body::colour, "").names({{"red", Colour::Red}, {"green", Colour::Green}});
    s.field("per", &Body::per, "");
    s.field("size", &Body::size, "");
    s.field("network", &Body::network, "");
    s.field("note", &Body::note, "");
    s.field("children", &Body::children, "");
    s.field("labels", &Body::labels, "");
  }
};

std::optional<Body> bound(std::string_view text) {
  base::Arena arena;
  const config::JsonText json = config::read_json(text, arena);
  if (!json.valid()) return std::nullopt;
  Body body;
  config::Problems problems;
  config::BindContext context{.problems = problems, .notation = config::Notation::Json};
  const bool good = config::bind(json.root, body, "", context);
  if (good == problems.any_error()) std::abort();
  if (!good) {
    static_cast<void>(problems.text());
    return std::nullopt;
  }
  return body;
}

std::string printed(const Body& body) {
  std::string text;
  base::JsonWriter writer(text);
  config::print(body, writer, config::Absent::Omitted);
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto body = bound({reinterpret_cast<const char*>(data), size});
  if (!body) return 0;
  const std::string once = printed(*body);
  const auto again = bound(once);
  if (!again || printed(*again) != once) std::abort();
  return 0;
}
