// SPDX-License-Identifier: Apache-2.0
#include "api/unsubscribe.h"

#include "shared/answers.h"
#include "shared/path_part.h"
#include "shared/refusal.h"
#include "store/wishes.h"

#include <string>
#include <string_view>
#include <utility>

namespace portico::notify {
namespace {

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      default: html += c;
    }
  }
  return html;
}

Response page(std::string_view title, std::string_view content) {
  std::string html =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\">"
      "<meta name=\"robots\" content=\"noindex\"><title>";
  html.append(title).append("</title></head><body><h1>").append(title).append("</h1>");
  html.append(content).append("</body></html>");
  Response answer;
  answer.body(html, "text/html; charset=utf-8");
  // The token is in the address: no script runs here, no other site frames this or is told of it.
  answer.headers().set("Content-Security-Policy",
                       "default-src 'none'; form-action 'self'; base-uri 'none'; "
                       "frame-ancestors 'none'");
  answer.headers().set("Referrer-Policy", "no-referrer");
  answer.headers().set("X-Content-Type-Options", "nosniff");
  return uncached(std::move(answer));
}

}  // namespace

/// Throws Refusal for a link that was not made here, or is of what nobody can turn off any more.
Unsubscribing::Wish UnsubscribeRoutes::wish_of(const Request& request) const {
  auto wish = site_.unsubscribing.read(path_part(request, "token"));
  if (wish) {
    const auto category = site_.config.categories.find(wish->category);
    if (category == site_.config.categories.end() || !category->second.critical) {
      return std::move(*wish);
    }
  }
  throw Refusal(Status::Gone, "token_invalid", "This link holds no longer.");
}

std::string UnsubscribeRoutes::title_of(const Unsubscribing::Wish& wish) const {
  const auto category = site_.config.categories.find(wish.category);
  const bool named = category != site_.config.categories.end() && !category->second.title.empty();
  return escaped(named ? category->second.title : wish.category);
}

Response UnsubscribeRoutes::show(Request& request) const {
  const std::string title = title_of(wish_of(request));
  return page("Unsubscribe", "<p>" + title +
                                 ": do you want no more of these messages?</p>"
                                 "<form method=\"post\"><button>Unsubscribe</button></form>");
}

Response UnsubscribeRoutes::unsubscribe(Request& request) const {
  const Unsubscribing::Wish wish = wish_of(request);
  site_.sql.write([&](Transaction& db) {
    wishes::prefer(db, wish.whose, {wish.category, wish.channel, false});
  });
  return page("Unsubscribed", "<p>" + title_of(wish) + ": you get no more of these messages.</p>");
}

}  // namespace portico::notify
