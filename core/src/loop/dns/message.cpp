// SPDX-License-Identifier: Apache-2.0
#include "loop/dns/message.h"

#include "loop/dns/name.h"
#include "loop/dns/record_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace portico::loop::dns {
namespace {

constexpr std::size_t ServiceHead = 6;  ///< Priority, weight, port.

[[nodiscard]] std::optional<Address> address_in(std::span<const std::uint8_t> data) {
  Address address{};
  if (data.size() == 4) {
    address[10] = address[11] = 0xff;
  } else if (data.size() != address.size()) {
    return std::nullopt;
  }
  std::ranges::copy(data, address.end() - static_cast<std::ptrdiff_t>(data.size()));
  return address;
}

[[nodiscard]] std::uint16_t word(std::span<const std::uint8_t> data, std::size_t place) {
  return static_cast<std::uint16_t>(data[place] << 8 | data[place + 1]);
}

template <class T>
void keep(Answer<T>& answer, std::chrono::seconds ttl, T value) {
  if (answer.found.size() == MostRecords) return;
  answer.ttl = answer.found.empty() ? ttl : std::min(answer.ttl, ttl);
  answer.found.push_back(std::move(value));
}

template <class T>
[[nodiscard]] Answer<T> malformed() {
  return {.outcome = Outcome::Malformed, .ttl = {}, .found = {}};
}

template <class T>
[[nodiscard]] Answer<T> finished(const RecordReader& records, Answer<T> answer) {
  if (records.malformed()) return malformed<T>();
  answer.outcome = answer.found.empty() ? Outcome::NoData : Outcome::Found;
  return answer;
}

}  // namespace

Addresses read_addresses(std::span<const std::uint8_t> message, RecordType type) {
  const std::size_t size = type == RecordType::A ? 4 : 16;
  RecordReader records(message, type);
  Addresses answer;
  while (const auto record = records.next()) {
    const auto address = address_in(record->data);
    if (!address || record->data.size() != size) return malformed<Address>();
    keep(answer, record->ttl, *address);
  }
  return finished(records, std::move(answer));
}

Services read_services(std::span<const std::uint8_t> message) {
  RecordReader records(message, RecordType::Service);
  Services answer;
  while (const auto record = records.next()) {
    if (record->data.size() <= ServiceHead) return malformed<Service>();
    auto target = records.name_at(record->place + ServiceHead);
    if (!target || target->length != record->data.size() - ServiceHead) return malformed<Service>();
    // RFC 2782: the root as target says that the service is not offered here.
    if (target->text.empty()) continue;
    if (!is_name(target->text)) return malformed<Service>();
    keep(answer, record->ttl,
         Service{word(record->data, 0), word(record->data, 2), word(record->data, 4),
                 std::move(target->text)});
  }
  return finished(records, std::move(answer));
}

}  // namespace portico::loop::dns
