// SPDX-License-Identifier: Apache-2.0
// The sample of a plugin that knows callers. It sells tickets, which are sealed texts, and lets in
// who shows one; a recall ends what was let in with those sold before.
#include <portico/sdk.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace portico;

class Ticket final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"ticket", "1.0.0", "Lets in who shows a ticket"};

  Ticket(const Config&, Host& host)
      : host_(host),
        recalls_(host.keep<Recalls>("recalls", [] { return std::make_unique<Recalls>(0); })) {}

  void setup(Registrar& r) override {
    r.reserves_header("X-User-Id");
    r.middleware<NoSettings>("ticket", [this](const NoSettings&) {
       return [this](Request& request) { return check(request); };
     }).gives("identity");
    r.route("POST", "/sell/{name}", [this](Request& q) { return sell(*q.param("name")); })
        .summary("Sells a ticket.")
        .pool(Pool::Crypto);
    r.route("POST", "/recall", [this](Request&) { return recall(); }).summary("Recalls all.");
    r.command("ticket-for", "Sells a ticket on the terminal", [this](Args& args) {
      if (args.words().size() != 1) return 64;
      std::puts(host_.seal("ticket", args.words().front()).c_str());
      return 0;
    });
  }

 private:
  using Recalls = std::atomic<std::uint64_t>;
  static constexpr Attribute<std::string> Holder{"ticket.holder"};

  Response sell(std::string_view name) const {
    Response response;
    response.body(host_.seal("ticket", name), "text/plain");
    return response;
  }

  Response recall() {
    ++*recalls_;
    return Response(Status::NoContent);
  }

  Flow check(Request& request) const {
    const auto shown = request.headers().get("X-Ticket");
    const auto name = shown ? host_.unseal("ticket", *shown) : std::nullopt;
    if (!name) return reply(problem(Status::Unauthorized, "no_ticket", "Show a ticket."));
    // The principal has views: what they see lives as long as the request.
    const std::string& holder = request.set(Holder, *name);
    request.principal({.subject = holder});
    // What is for us is not for the upstream, which learns who it is.
    request.headers().remove("X-Ticket");
    request.headers().set("X-User-Id", holder);
    // Of every instance, for a tunnel outlives reloads.
    request.keep_open_while(
        [recalls = recalls_, then = recalls_->load()] { return *recalls == then; });
    return pass();
  }

  Host& host_;
  std::shared_ptr<Recalls> recalls_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Ticket)
