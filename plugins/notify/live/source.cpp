// SPDX-License-Identifier: Apache-2.0
#include "live/source.h"

#include <algorithm>

namespace portico::notify {
namespace {

constexpr std::size_t Batch = 64;
/// Of the questions that name many: so many in one statement.
constexpr std::size_t Chunk = 1000;

/// `ask(chunk)` for all of them, piece by piece.
template <class Item, class Ask>
auto in_chunks(std::span<const Item> items, Ask ask) {
  decltype(ask(items)) all;
  while (!items.empty()) {
    const auto some = items.first(std::min(items.size(), Chunk));
    auto found = ask(some);
    std::ranges::move(found, std::back_inserter(all));
    items = items.subspan(some.size());
  }
  return all;
}

}  // namespace

Reading Tables::behind(std::string_view topic, std::int64_t seq) {
  return sql_.read_main([&](Reader& db) {
    Reading reading{.after = seq, .last = topics::last(db, topic), .messages = {}};
    reading.messages = topics::behind(db, topic, seq, Batch);
    reading.more = reading.messages.size() == Batch;
    return reading;
  });
}

std::vector<streamed::LastNumber> Tables::last(std::span<const std::string> topics) {
  return in_chunks(topics, [&](std::span<const std::string> some) {
    return sql_.read_main([&](Reader& db) { return streamed::last(db, sql_.engine(), some); });
  });
}

std::vector<Subscription> Tables::subscribed(std::span<const Subscription> asked) {
  return in_chunks(asked, [&](std::span<const Subscription> some) {
    return sql_.read_main(
        [&](Reader& db) { return streamed::subscribed(db, sql_.engine(), some); });
  });
}

}  // namespace portico::notify
