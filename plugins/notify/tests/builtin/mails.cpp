// SPDX-License-Identifier: Apache-2.0
#include "tests/builtin/mails.h"

#include <utility>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

constexpr const char* Link =
    "https://id.harbour.example/auth/verify-email?token=3q2-7wAAAAB0aGlzLWlzLW5vLXRva2VuLWF0LWFsbA";

Value value_of(std::string_view name) {
  if (name == "link") return Link;
  if (name == "unsubscribe") return "https://id.harbour.example/notify/u/8Jc2?k=1&s=2";
  if (name == "url") return "https://hooks.partner.example/v1/portico/events";
  if (name == "code") return "7KQ4-M2XB";
  if (name == "email") return "ada@post.example";
  if (name == "expires") return "30.11.2026, 18:30";
  if (name == "time") return "30.11.2026, 18:04";
  if (name == "device") return "Firefox, Linux";
  if (name == "address") return "203.0.113.7";
  if (name == "title") return "Your order is on its way";
  if (name == "body")
    return "We gave it to the carrier this morning.\n\nIt should arrive on Friday.";
  if (name == "label") return "Follow the parcel";
  if (name == "reason") return "It answered 410 Gone.";
  if (name == "items") {
    return Value::List{
        Value::Map{{"title", "Three new comments"},
                   {"body", "Grace, Alan and Edsger answered you."},
                   {"link", Link}},
        Value::Map{{"title", "The report of November is ready"}},
    };
  }
  return std::string(name);
}

}  // namespace

Value::Map given_to(const BuiltInVariables& documented, Given given) {
  Value::Map data{{"site", "Harbour & Sons"}};
  for (const std::string_view name : documented.required) data.emplace(name, value_of(name));
  if (given == Given::Required) return data;
  for (const std::string_view name : documented.optional) data.emplace(name, value_of(name));
  for (const char* const name : {"email", "unsubscribe"}) data.emplace(name, value_of(name));
  return data;
}

const Catalog& catalog() {
  static const Catalog all = built_in_catalog();
  return all;
}

RenderedMail mail(std::string_view key, std::string_view locale, const Value::Map& data) {
  auto result = render_mail(catalog(), key, locale, data);
  if (const auto* const fault = std::get_if<RenderFault>(&result)) {
    ADD_FAILURE() << key << ' ' << locale << ": " << fault->sentence;
    return {};
  }
  return std::get<RenderedMail>(std::move(result));
}

}  // namespace portico::notify::test
