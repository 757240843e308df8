// SPDX-License-Identifier: Apache-2.0
// Does what no plugin must: what a crash leaves behind is to be read somewhere.
#include <portico/sdk.h>

#include <cstdlib>
#include <stdexcept>

namespace {

using namespace portico;

/// Behind the compiler's back, which would take the fault away.
int* volatile nowhere = nullptr;

/// No code is there.
void (*volatile astray)() = reinterpret_cast<void (*)()>(std::uintptr_t{0x7f00dead0000});

/// The language ends the process where a destructor throws.
struct Throwing {
  ~Throwing() { fail(); }
  static void fail() { throw std::runtime_error("no way out"); }
};

[[gnu::noinline]] std::uint64_t recurse(std::uint64_t depth) {
  if (nowhere != nullptr) return depth;  // Never.
  volatile char space[4096] = {};
  space[depth % sizeof space] = 1;
  return recurse(depth + 1) + static_cast<std::uint64_t>(space[0]);
}

class Crash final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"crash", "1.0.0", "Crashes"};

  Crash(const Config&, Host&) {}

  void setup(Registrar& r) override {
    r.middleware<NoSettings>("crash", [](const NoSettings&) {
      return [](Request&) {
        *nowhere = 1;
        return pass();
      };
    });
    r.route("GET", "/null", [](Request&) {
      *nowhere = 1;
      return Response();
    });
    r.route("GET", "/overflow",
            [](Request&) { return Response(recurse(0) == 0 ? Status::Ok : Status::NoContent); });
    r.route("GET", "/terminate", [](Request&) {
      const Throwing throwing;
      return Response();
    });
    r.route("GET", "/astray", [](Request&) {
      astray();
      return Response();
    });
    r.route("GET", "/abort", [](Request&) -> Response { std::abort(); });
  }
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Crash)
