// SPDX-License-Identifier: Apache-2.0
// One request of a test and its reply: the client's and the upstream's side in memory.
#pragma once

#include "base/arena.h"
#include "http/cookie_signer.h"
#include "http/request_state.h"
#include "http/reserved_fields.h"
#include "pipeline/driver.h"
#include "testing/loop.h"
#include <portico/testing.h>

#include <string>
#include <string_view>

namespace portico::testing {

inline constexpr std::string_view TestSecret = "the secret of every test of a plugin";

/// A request as the test gave it.
struct Asked {
  std::string_view method;
  std::string_view target;
  GivenFields headers;
  std::string_view body;
  std::string_view client_address;
  std::string_view trusted_proxy;  ///< Empty: the client itself.
  std::uint64_t number = 0;
  const tls::ClientCertificate* certificate = nullptr;
  const http::ReservedFields* reserved = nullptr;
};

class Exchange final : public pipeline::Wire {
 public:
  using Upstream = Callable<Response(const Forwarded&)>;

  Exchange(TestLoop& loop, pipeline::Journal& journal)
      : loop_(loop), driver_(loop, *this, loop, journal) {
    request_.cookie_signer = &cookie_signer_;
  }

  /// Fills the request in. Throws std::invalid_argument when it is one that never reaches a chain.
  http::RequestState& ask(const Asked& asked);
  /// Runs the chain to its end. Throws std::logic_error when it waits for what never comes.
  Reply run(const pipeline::Chain& chain, const Upstream& upstream);
  [[nodiscard]] base::Arena& arena() noexcept { return arena_; }
  /// Ready for the next request.
  void reset() noexcept;

  void send_head(Response& head, pipeline::AnswerBody body) override;
  std::size_t send(pipeline::Way way, std::string_view bytes) override;
  void end(pipeline::Way way) override;
  void abort() override { reply_.cut = true; }
  void read(pipeline::Way way) override;
  void hold(pipeline::Way) override {}
  void forward(const Target& target, pipeline::RequestBody body) override;
  void drop_upstream() override { upstream_asked_ = false; }
  [[nodiscard]] pipeline::Traffic traffic() const noexcept override;
  void release() override {}

 private:
  bool turn();
  void look_again();
  void leave();
  void ask_upstream();
  void deliver_request();

  TestLoop& loop_;
  const http::CookieSigner cookie_signer_{TestSecret};
  base::Arena arena_;
  http::RequestState request_{arena_};
  pipeline::Driver driver_;
  const Upstream* upstream_ = nullptr;

  std::string_view body_;
  Reply reply_;
  Forwarded forwarded_;
  std::string upstream_body_;
  bool complete_ = false;
  bool upstream_asked_ = false;
  bool request_wanted_ = false;
  bool answer_wanted_ = false;
};

}  // namespace portico::testing
