// SPDX-License-Identifier: Apache-2.0
#include "api/webhook_api.h"

#include "api/dead_letters.h"
#include "api/guarded_route.h"

namespace portico::notify {
namespace {

constexpr std::string_view Read = FanOut::Permission;
constexpr std::string_view Write = "notify:webhooks:write";

// None of them is kept for an Idempotency-Key: secrets are in the answers.
void add_endpoints(Registrar& registrar, const WebhookRoutes& hooks) {
  add_route(registrar, {"GET", "/webhooks", Read}, [&](Request& q) { return hooks.list(q); })
      .summary("Lists one's webhooks.")
      .answers<WebhookList>(200);
  add_route(registrar, {"POST", "/webhooks", Write}, [&](Request& q) { return hooks.create(q); })
      .summary("Has events posted somewhere. The secret is shown once.")
      .body<WebhookBody>()
      .answers<WebhookView>(201);
  add_route(registrar, {"GET", "/webhooks/{id}", Read}, [&](Request& q) { return hooks.show(q); })
      .summary("Shows a webhook.")
      .answers<WebhookView>(200);
  add_route(registrar, {"PATCH", "/webhooks/{id}", Write},
            [&](Request& q) { return hooks.change(q); })
      .summary("Changes a webhook.")
      .body<WebhookChange>()
      .answers<WebhookView>(200);
  add_route(registrar, {"DELETE", "/webhooks/{id}", Write},
            [&](Request& q) { return hooks.remove(q); })
      .summary("Removes a webhook.")
      .answers(204);
}

}  // namespace

void add_webhooks(Registrar& registrar, const WebhookRoutes& hooks) {
  add_endpoints(registrar, hooks);
  add_route(registrar, {"POST", "/webhooks/{id}/secret/rotate", Write},
            [&](Request& q) { return hooks.rotate(q); })
      .summary("Makes a new secret; for a day both sign.")
      .answers<SecretView>(200);
  add_route(registrar, {"GET", "/webhooks/{id}/attempts", Read},
            [&](Request& q) { return hooks.attempts(q); })
      .summary("Lists what was posted, the newest first.")
      .answers<DeliveryList>(200);
  add_route(registrar, {"POST", "/webhooks/{id}/test", Write},
            [&](Request& q) { return hooks.test(q); })
      .summary("Posts an event of the type webhook.test.")
      .answers<DeliveryAccepted>(202);
  add_route(registrar, {"POST", "/webhooks/{id}/enable", Write},
            [&](Request& q) { return hooks.enable(q); })
      .summary("Lets a webhook that was disabled have events again.")
      .answers<WebhookView>(200);
  add_route(registrar, {"POST", "/webhooks/{id}/recover", Write},
            [&](Request& q) { return hooks.recover(q); })
      .summary("Posts again what failed since then.")
      .body<RecoverBody>()
      .answers<ReplayView>(202);
  add_route(registrar, {"GET", "/events", {}}, [&](Request& q) { return hooks.events(q); })
      .summary("Lists the types of events.")
      .answers<EventTypeList>(200);
}

}  // namespace portico::notify
