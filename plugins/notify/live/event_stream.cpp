// SPDX-License-Identifier: Apache-2.0
#include "live/event_stream.h"

#include <string>
#include <utility>

namespace portico::notify {
namespace {

constexpr std::string_view Soon = "retry: 100\n\n";

}  // namespace

EventStream::EventStream(std::chrono::milliseconds retry, Seat seat)
    : feed_({.overflow = Overflow::Cut}) {
  feed_.write("retry: " + std::to_string(retry.count()) + "\n\n");
  feed_.on_close([seat = std::move(seat)] {});
}

Response EventStream::answer() const {
  Response answer = stream(feed_, "text/event-stream");
  answer.headers().set("Cache-Control", "no-store");
  // To a proxy of nginx before us, which would hold events back until it has a bufferful.
  answer.headers().set("X-Accel-Buffering", "no");
  return answer;
}

/// The payload is compact JSON, and the name was checked: neither has a line break.
bool EventStream::tell(const TopicMessage& message) {
  std::string text;
  text.reserve(message.payload.size() + message.event.size() + 48);
  text.append("id: ").append(std::to_string(message.seq));
  text.append("\nevent: ").append(message.event);
  text.append("\ndata: ").append(message.payload).append("\n\n");
  return feed_.write(text);
}

void EventStream::keep_alive() { feed_.write(":\n\n"); }

void EventStream::end(Farewell why) noexcept {
  try {
    if (why == Farewell::ComeBack) feed_.write(Soon);
  } catch (...) {  // NOLINT(bugprone-empty-catch): it comes back all the same, later.
  }
  feed_.end();
}

}  // namespace portico::notify
