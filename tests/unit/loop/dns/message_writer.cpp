// SPDX-License-Identifier: Apache-2.0
#include "unit/loop/dns/message_writer.h"

namespace portico::loop::dns {
namespace {

constexpr std::size_t HeaderSize = 12;

void put(Bytes& bytes, std::uint16_t word) {
  bytes.push_back(static_cast<std::uint8_t>(word >> 8));
  bytes.push_back(static_cast<std::uint8_t>(word & 0xff));
}

void put(Bytes& bytes, const Bytes& more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

}  // namespace

Bytes written_name(std::string_view name) {
  Bytes bytes;
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    bytes.push_back(static_cast<std::uint8_t>(label.size()));
    bytes.insert(bytes.end(), label.begin(), label.end());
    name.remove_prefix(label.size() == name.size() ? label.size() : label.size() + 1);
  }
  bytes.push_back(0);
  return bytes;
}

Bytes written_query(std::string_view name, std::uint16_t type, std::uint16_t id) {
  Bytes bytes;
  for (const std::uint16_t word : {id, std::uint16_t{0x0100}, std::uint16_t{1}, std::uint16_t{0},
                                   std::uint16_t{0}, std::uint16_t{0}}) {
    put(bytes, word);
  }
  put(bytes, written_name(name));
  put(bytes, type);
  put(bytes, std::uint16_t{1});
  return bytes;
}

AskedFor asked_for(const Bytes& query) {
  AskedFor asked;
  std::size_t place = HeaderSize;
  while (query.at(place) != 0) {
    if (!asked.name.empty()) asked.name += '.';
    for (std::size_t i = 1; i <= query[place]; ++i) {
      asked.name += static_cast<char>(query.at(place + i));
    }
    place += query[place] + std::size_t{1};
  }
  asked.type = static_cast<std::uint16_t>(query.at(place + 1) << 8 | query.at(place + 2));
  return asked;
}

MessageWriter::MessageWriter(const Bytes& query) {
  const auto asked = asked_for(query);
  bytes_ = written_query(asked.name, asked.type);
  bytes_[0] = query[0];
  bytes_[1] = query[1];
  bytes_[2] = 0x81;
  bytes_[3] = 0x80;
}

MessageWriter& MessageWriter::code(std::uint8_t code) {
  bytes_[3] = static_cast<std::uint8_t>(0x80 | code);
  return *this;
}

MessageWriter& MessageWriter::truncated() {
  bytes_[2] |= 0x02;
  return *this;
}

MessageWriter& MessageWriter::id(std::uint16_t id) {
  bytes_[0] = static_cast<std::uint8_t>(id >> 8);
  bytes_[1] = static_cast<std::uint8_t>(id & 0xff);
  return *this;
}

MessageWriter& MessageWriter::record(std::uint16_t type, std::uint32_t ttl, const Bytes& data,
                                     std::string_view owner) {
  const auto count = static_cast<std::uint16_t>((bytes_[6] << 8 | bytes_[7]) + 1);
  bytes_[6] = static_cast<std::uint8_t>(count >> 8);
  bytes_[7] = static_cast<std::uint8_t>(count & 0xff);
  if (owner.empty()) {
    put(bytes_, std::uint16_t{0xc000 | HeaderSize});
  } else {
    put(bytes_, written_name(owner));
  }
  put(bytes_, type);
  put(bytes_, std::uint16_t{1});
  put(bytes_, static_cast<std::uint16_t>(ttl >> 16));
  put(bytes_, static_cast<std::uint16_t>(ttl & 0xffff));
  put(bytes_, static_cast<std::uint16_t>(data.size()));
  put(bytes_, data);
  return *this;
}

MessageWriter& MessageWriter::a(std::uint8_t last, std::uint32_t ttl, std::string_view owner) {
  return record(1, ttl, {10, 0, 0, last}, owner);
}

MessageWriter& MessageWriter::service(std::uint16_t priority, std::uint16_t weight,
                                      std::uint16_t port, std::string_view target,
                                      std::uint32_t ttl) {
  Bytes data;
  put(data, priority);
  put(data, weight);
  put(data, port);
  put(data, written_name(target));
  return record(33, ttl, data);
}

}  // namespace portico::loop::dns
