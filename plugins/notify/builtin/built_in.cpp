// SPDX-License-Identifier: Apache-2.0
#include "builtin/built_in.h"

#include "builtin/languages.h"

#include <memory>
#include <stdexcept>
#include <utility>

namespace portico::notify {
namespace {

std::vector<BuiltIn> joined() {
  std::vector<BuiltIn> all;
  for (const auto& some : {builtin::english_accounts(), builtin::english_notices(),
                           builtin::german_accounts(), builtin::german_notices()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::shared_ptr<const Parts> parsed(const BuiltIn& source) {
  auto parts = Parts::parse({.subject = source.subject, .text = source.text, .html = source.html});
  if (auto* const fault = std::get_if<Parts::Fault>(&parts)) {
    throw std::logic_error(std::string(source.key) + " in " + std::string(source.locale) + ": " +
                           fault->fault.sentence);
  }
  return std::make_shared<const Parts>(std::get<Parts>(std::move(parts)));
}

}  // namespace

std::span<const BuiltIn> built_in_templates() {
  static const std::vector<BuiltIn> all = joined();
  return all;
}

Catalog built_in_catalog(std::string fallback) {
  Catalog catalog(std::move(fallback));
  for (const BuiltIn& each : built_in_templates()) {
    catalog.put(each.key, each.locale, parsed(each));
  }
  return catalog;
}

std::span<const BuiltInVariables> built_in_variables() {
  static const std::vector<BuiltInVariables> all{
      {"auth.verify_email", {"link"}, {"code", "expires"}},
      {"auth.reset_password", {"link"}, {"expires"}},
      {"auth.already_registered"},
      {"auth.new_device", {}, {"address", "device", "time"}},
      {"auth.password_changed", {}, {"address", "device", "time"}},
      {"auth.api_key_created", {}, {"address", "device", "time"}},
      {"auth.session_ended_for_reuse", {}, {"address", "device", "time"}},
      {"notify.message", {"title", "body"}, {"label", "link"}},
      {"notify.digest", {}, {"items"}},
      {"notify.webhook_disabled", {"url", "reason"}},
      {"notify.test"},
  };
  return all;
}

}  // namespace portico::notify
