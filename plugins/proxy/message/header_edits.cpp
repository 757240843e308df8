// SPDX-License-Identifier: Apache-2.0
#include "message/header_edits.h"

#include "message/field_rules.h"

namespace portico::proxy {
namespace {

constexpr double MostFields = 100;

}  // namespace

void HeaderSettings::describe(Schema<HeaderSettings>& s) {
  s.summary("What happens to the header fields of a message.");
  s.field("set", &HeaderSettings::set, "Fields that get this value, in the place of any other.")
      .max(MostFields)
      .check_keys(fault_of_field)
      .example("{X-Api-Version: \"2\", X-Client: \"{client.address}\"}");
  s.field("add", &HeaderSettings::add, "Fields that are added to those that are there.")
      .max(MostFields)
      .check_keys(fault_of_field);
  s.field("remove", &HeaderSettings::remove, "Fields that are taken away, before the others.")
      .max(MostFields)
      .check(fault_of_field)
      .example("[Authorization]");
}

HeaderEdits::HeaderEdits(const HeaderSettings& settings) : remove_(settings.remove) {
  for (const auto& [name, value] : settings.set) {
    if (value.variable(0).empty()) {
      fixed_.set(name, Template(value).source());
    } else {
      set_.emplace_back(name, value);
    }
  }
  for (const auto& [name, value] : settings.add) add_.emplace_back(name, value);
}

void HeaderEdits::apply(Headers& headers, const Request& request) const {
  for (const std::string& name : remove_) headers.remove(name);
  if (fixed_.size() != 0) headers.set(fixed_);
  for (const auto& [name, value] : set_) {
    const std::string_view text = value.render(request);
    // Not what the client sent under that name either.
    if (is_field_value(text))
      headers.set(name, text);
    else
      headers.remove(name);
  }
  for (const auto& [name, value] : add_) {
    const std::string_view text = value.render(request);
    if (is_field_value(text)) headers.add(name, text);
  }
}

bool HeaderEdits::empty() const noexcept {
  return remove_.empty() && fixed_.size() == 0 && set_.empty() && add_.empty();
}

}  // namespace portico::proxy
