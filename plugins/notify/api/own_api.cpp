// SPDX-License-Identifier: Apache-2.0
#include "api/own_api.h"

#include "api/guarded_route.h"

namespace portico::notify {
namespace {

constexpr std::string_view Publish = "notify:topics:publish";
constexpr std::string_view Manage = "notify:topics:manage";
constexpr std::string_view ReadSuppressions = "notify:suppressions:read";
constexpr std::string_view WriteSuppressions = "notify:suppressions:write";

}  // namespace

OwnApi::OwnApi(const Site& site, Live& live)
    : site_(site),
      inbox_(site_),
      preferences_(site_),
      unsubscribe_(site_),
      topics_(site_, live),
      suppressions_(site_) {}

void OwnApi::setup(Registrar& registrar) {
  add_inbox(registrar);
  add_wishes(registrar);
  add_topics(registrar);
  add_suppressions(registrar);
}

void OwnApi::add_inbox(Registrar& registrar) {
  add_route(registrar, {"GET", "/inbox", {}}, [this](Request& q) { return inbox_.list(q); })
      .summary("Shows the caller's inbox: ?unread=true.")
      .answers<InboxView>(200);
  add_route(registrar, {"POST", "/inbox/{id}/read", {}},
            [this](Request& q) { return inbox_.mark_read(q); })
      .summary("Marks a message as read.")
      .answers(204);
  add_route(registrar, {"POST", "/inbox/read-all", {}},
            [this](Request& q) { return inbox_.mark_all_read(q); })
      .summary("Marks all of them as read.")
      .answers<ReadView>(200);
}

void OwnApi::add_wishes(Registrar& registrar) {
  add_route(registrar, {"GET", "/preferences", {}},
            [this](Request& q) { return preferences_.show(q); })
      .summary("Shows what the caller wishes to be told of.")
      .answers<PreferencesView>(200);
  add_route(registrar, {"PUT", "/preferences", {}},
            [this](Request& q) { return preferences_.change(q); })
      .summary("Changes what is named of it.")
      .body<PreferencesBody>()
      .answers<PreferencesView>(200);
  add_route(registrar, {"GET", "/unsubscribe/{token}", {}},
            [this](Request& q) { return unsubscribe_.show(q); })
      .summary("The page that a link in a mail leads to. Changes nothing.")
      .answers(200);
  add_route(registrar, {"POST", "/unsubscribe/{token}", {}},
            [this](Request& q) { return unsubscribe_.unsubscribe(q); })
      .summary("Turns a category of mails off, without a login (RFC 8058).")
      .answers(200);
}

void OwnApi::add_topics(Registrar& registrar) {
  add_route(registrar, {"POST", "/topics/{topic}/publish", Publish},
            [this](Request& q) { return topics_.publish(q); })
      .summary("Says something on a topic.")
      .body<PublishBody>()
      .answers<PublishedView>(202)
      .idempotent(site_.sql);
  add_route(registrar, {"GET", "/topics/{topic}/stream", {}},
            [this](Request& q) { return topics_.stream(q); })
      .summary("What is said on a topic, as Server-Sent Events or by WebSocket.")
      .answers(200);
  add_route(registrar, {"PUT", "/topics/{topic}/subscriptions/{user}", Manage},
            [this](Request& q) { return topics_.subscribe(q); })
      .summary("Lets a user listen to a topic.")
      .answers(204);
  add_route(registrar, {"DELETE", "/topics/{topic}/subscriptions/{user}", Manage},
            [this](Request& q) { return topics_.unsubscribe(q); })
      .summary("Lets them no longer.")
      .answers(204);
}

void OwnApi::add_suppressions(Registrar& registrar) {
  add_route(registrar, {"GET", "/suppressions", ReadSuppressions},
            [this](Request& q) { return suppressions_.list(q); })
      .summary("Lists addresses that get nothing any more.")
      .answers<SuppressionList>(200);
  add_route(registrar, {"DELETE", "/suppressions/{email}", WriteSuppressions},
            [this](Request& q) { return suppressions_.remove(q); })
      .summary("Lets one have mails again.")
      .answers(204);
  add_route(registrar, {"POST", "/bounces", {}},
            [this](Request& q) { return suppressions_.bounce(q); })
      .summary("Hears of a bounce from the provider, who signs it (Standard Webhooks).")
      .body<BounceBody>()
      .answers(204);
}

}  // namespace portico::notify
