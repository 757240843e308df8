// SPDX-License-Identifier: Apache-2.0
#include "model/segments.h"

namespace portico::rbac {
namespace {

using Fault = Segments::Fault;

bool belongs(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

Fault literal_fault(std::string_view part) noexcept {
  if (part.empty()) return Fault::EmptySegment;
  if (!std::all_of(part.begin(), part.end(), belongs)) {
    return part.find('*') == part.npos ? Fault::Character : Fault::PartOfOne;
  }
  return part.size() > Segments::LongestSegment ? Fault::LongSegment : Fault::None;
}

/// The first fault of a segment, which a count of segments would say less about.
template <class FaultOf>
Fault first_fault(std::string_view text, FaultOf fault_of) noexcept {
  if (text.empty()) return Fault::NoText;
  std::size_t count = 0;
  for (bool more = true; more; ++count) {
    const std::size_t colon = text.find(':');
    more = colon != text.npos;
    if (const Fault fault = fault_of(text.substr(0, colon), more); fault != Fault::None) {
      return fault;
    }
    if (more) text.remove_prefix(colon + 1);
  }
  if (count > Segments::Most) return Fault::TooMany;
  // What is left is the last segment: "**" alone is the one pattern that needs no second.
  return count >= Segments::Least || text == Segments::Rest ? Fault::None : Fault::TooFew;
}

}  // namespace

Fault Segments::permission_fault(std::string_view text) noexcept {
  return first_fault(text, [](std::string_view part, bool) {
    const Fault fault = literal_fault(part);
    return fault == Fault::PartOfOne ? Fault::Wildcard : fault;
  });
}

Fault Segments::pattern_fault(std::string_view text) noexcept {
  return first_fault(text, [](std::string_view part, bool more) {
    if (part == One) return Fault::None;
    if (part == Rest) return more ? Fault::RestBefore : Fault::None;
    return literal_fault(part);
  });
}

Segments Segments::cut(std::string_view text) noexcept {
  Segments segments;
  std::size_t colon = text.find(':');
  for (; colon != text.npos; colon = text.find(':')) {
    segments.add(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  segments.add(text);
  return segments;
}

Segments Segments::of_permission(std::string_view text) noexcept {
  return permission_fault(text) == Fault::None ? cut(text) : Segments{};
}

Segments Segments::of_pattern(std::string_view text) noexcept {
  return pattern_fault(text) == Fault::None ? cut(text) : Segments{};
}

Segments Segments::shape(std::size_t size) const noexcept {
  Segments shape;
  const std::size_t named = open() ? size_ - 1 : size_;
  for (std::size_t i = 0; i < size; ++i) shape.add(i < named ? parts_[i] : One);
  return shape;
}

bool Segments::match(const Segments& asked) const noexcept {
  for (std::size_t i = 0; i < size_; ++i) {
    if (i == asked.size_) return false;
    if (parts_[i] == Rest) return true;
    if (parts_[i] != One && parts_[i] != asked.parts_[i]) return false;
  }
  return size_ == asked.size_ && size_ > 0;
}

}  // namespace portico::rbac
