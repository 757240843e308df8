// SPDX-License-Identifier: Apache-2.0
#include "model/grant_reading.h"

#include "model/permission.h"

#include <utility>
#include <variant>

namespace portico::rbac {

GrantReading::GrantReading(std::span<const Role> roles) {
  begins_.reserve(roles.size() + 1);
  for (std::uint32_t place = 0; place < roles.size(); ++place) {
    begins_.push_back(entries_.size());
    read(roles[place], place);
  }
  begins_.push_back(entries_.size());
}

void GrantReading::read(const Role& role, std::uint32_t place) {
  for (std::uint32_t number = 0; number < role.grants.size(); ++number) {
    const Grant& grant = role.grants[number];
    const bool denies = grant.effect == Effect::Deny;
    GrantTable::Entry entry{place, number, patterns_.add(grant.pattern, grant.effect),
                            GrantTable::Always};
    std::string fault;
    if (!grant.condition.empty()) {
      const Read& condition = read_condition(grant.condition);
      fault = condition.fault;
      entry.condition = denies && !fault.empty() ? GrantTable::Always : condition.condition;
    }
    if (entry.pattern == Patterns::None) {
      fault = fault_of_pattern(grant.pattern);
      if (denies) entry.pattern = patterns_.add(Segments::Rest, Effect::Deny);
    }
    if (!fault.empty()) unreadable_.push_back({role.number, number, std::move(fault)});
    if (entry.pattern != Patterns::None) entries_.push_back(entry);
  }
}

const GrantReading::Read& GrantReading::read_condition(std::string_view text) {
  const std::uint64_t hash = Lookup::hash(text);
  std::uint32_t known =
      by_text_.find(hash, [&](std::uint32_t read) { return reads_[read].text == text; });
  if (known == Lookup::None) {
    known = static_cast<std::uint32_t>(reads_.size());
    reads_.push_back(parse(text));
    by_text_.add(hash, known);
  }
  return reads_[known];
}

GrantReading::Read GrantReading::parse(std::string_view text) {
  auto parsed = Condition::parse(text);
  if (const auto* fault = std::get_if<Condition::Fault>(&parsed)) {
    return {text, GrantTable::Never,
            fault->where.empty() ? fault->sentence : fault->where + ": " + fault->sentence};
  }
  conditions_.push_back(std::get<Condition>(std::move(parsed)));
  return {text, static_cast<std::uint32_t>(conditions_.size() - 1), ""};
}

}  // namespace portico::rbac
