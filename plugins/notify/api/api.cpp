// SPDX-License-Identifier: Apache-2.0
#include "api/api.h"

#include "api/guarded_route.h"
#include "api/webhook_api.h"

namespace portico::notify {
namespace {

constexpr Bytes MostBatch{4ULL * 1024 * 1024};
constexpr Bytes MostTemplate{1024ULL * 1024};
constexpr std::string_view Send = "notify:messages:send";
constexpr std::string_view Read = "notify:messages:read";
constexpr std::string_view Manage = "notify:messages:manage";
constexpr std::string_view ReadTemplates = "notify:templates:read";
constexpr std::string_view WriteTemplates = "notify:templates:write";

}  // namespace

Api::Api(Site site)
    : site_(site),
      messages_(site_),
      dead_letters_(site_),
      templates_(site_),
      webhooks_(site_),
      reminders_(site_) {}

void Api::setup(Registrar& registrar) {
  add_messages(registrar);
  add_dead_letters(registrar);
  add_templates(registrar);
  add_webhooks(registrar, webhooks_);
  reminders_.setup(registrar);
}

void Api::add_messages(Registrar& registrar) {
  add_route(registrar, {"POST", "/messages", Send},
            [this](Request& q) { return messages_.send(q); })
      .summary("Sends a message.")
      .body<MessageBody>()
      .answers<AcceptedView>(202)
      .idempotent(site_.sql);
  add_route(registrar, {"POST", "/messages/batch", Send},
            [this](Request& q) { return messages_.send_many(q); })
      .summary("Sends many, each accepted or refused by itself.")
      .body<BatchBody>()
      .body_limit(MostBatch)
      .answers<BatchView>(202)
      .idempotent(site_.sql);
  add_route(registrar, {"GET", "/messages", Read}, [this](Request& q) { return messages_.list(q); })
      .summary("Lists messages: ?status=, to, template.")
      .answers<MessageList>(200);
  add_route(registrar, {"GET", "/messages/{id}", Read},
            [this](Request& q) { return messages_.show(q); })
      .summary("Shows a message and its deliveries.")
      .answers<MessageView>(200);
  add_route(registrar, {"POST", "/messages/{id}/cancel", Manage},
            [this](Request& q) { return messages_.cancel(q); })
      .summary("Takes back what of it waits.")
      .answers<AcceptedView>(202);
  add_route(registrar, {"POST", "/messages/{id}/retry", Manage},
            [this](Request& q) { return messages_.retry(q); })
      .summary("Tries again what of it is dead.")
      .answers<AcceptedView>(202);
}

void Api::add_dead_letters(Registrar& registrar) {
  add_route(registrar, {"GET", "/dead-letters", Read},
            [this](Request& q) { return dead_letters_.list(q); })
      .summary("Lists deliveries that came to nothing.")
      .answers<DeliveryList>(200);
  add_route(registrar, {"GET", "/deliveries/{id}/attempts", Read},
            [this](Request& q) { return dead_letters_.show_attempts(q); })
      .summary("Shows the attempts at a delivery.")
      .answers<AttemptList>(200);
  add_route(registrar, {"POST", "/dead-letters/{id}/requeue", Manage},
            [this](Request& q) { return dead_letters_.requeue(q); })
      .summary("Tries one again.")
      .answers<AcceptedView>(202);
  add_route(registrar, {"DELETE", "/dead-letters/{id}", Manage},
            [this](Request& q) { return dead_letters_.remove(q); })
      .summary("Forgets one.")
      .answers(204);
  add_route(registrar, {"POST", "/deliveries/replay", Manage},
            [this](Request& q) { return dead_letters_.replay(q); })
      .summary("Makes deliveries of a span of time again.")
      .body<ReplayBody>()
      .answers<ReplayView>(202);
}

void Api::add_templates(Registrar& registrar) {
  add_route(registrar, {"GET", "/templates", ReadTemplates},
            [this](Request& q) { return templates_.list(q); })
      .summary("Lists the templates: ?prefix=.")
      .answers<TemplateList>(200);
  add_route(registrar, {"POST", "/templates", WriteTemplates},
            [this](Request& q) { return templates_.create(q); })
      .summary("Makes a template, or one in another language.")
      .body<NewTemplateBody>()
      .body_limit(MostTemplate)
      .answers<TemplateView>(201)
      .idempotent(site_.sql);
  add_route(registrar, {"GET", "/templates/{key}", ReadTemplates},
            [this](Request& q) { return templates_.show(q); })
      .summary("Shows a template: ?locale=.")
      .answers<TemplateView>(200);
  add_route(registrar, {"PUT", "/templates/{key}", WriteTemplates},
            [this](Request& q) { return templates_.replace(q); })
      .summary("Says it in other words, as a new version.")
      .body<WordsBody>()
      .body_limit(MostTemplate)
      .answers<TemplateView>(200);
  add_route(registrar, {"DELETE", "/templates/{key}", WriteTemplates},
            [this](Request& q) { return templates_.remove(q); })
      .summary("Removes it: ?locale=. What is built in takes its place.")
      .answers(204);
  add_route(registrar, {"GET", "/templates/{key}/versions", ReadTemplates},
            [this](Request& q) { return templates_.versions(q); })
      .summary("Lists its wordings, the newest first.")
      .answers<TemplateList>(200);
  add_route(registrar, {"POST", "/templates/{key}/preview", ReadTemplates},
            [this](Request& q) { return templates_.preview(q); })
      .summary("Fills it in and shows it.")
      .body<PreviewBody>()
      .body_limit(MostTemplate)
      .answers<PreviewView>(200);
  add_route(registrar, {"POST", "/templates/{key}/test", WriteTemplates},
            [this](Request& q) { return templates_.test(q); })
      .summary("Fills it in and mails it to somebody.")
      .body<TestBody>()
      .answers<AcceptedView>(202)
      .idempotent(site_.sql);
}

}  // namespace portico::notify
