// SPDX-License-Identifier: Apache-2.0
// A sample of answers that stay open: one room, read by Server-Sent Events or by WebSocket, that
// outlives every reload.
#include <portico/sdk.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace portico;

/// Who is listening. Any thread may speak.
class Room {
 public:
  void join(const Events& events) {
    const std::lock_guard lock(mutex_);
    readers_.push_back(events);
  }
  void join(const WebSocket& socket) {
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
  }
  void say(std::string_view text) {
    const std::lock_guard lock(mutex_);
    std::erase_if(readers_, [](const Events& events) { return !events.open(); });
    std::erase_if(sockets_, [](const WebSocket& socket) { return !socket.open(); });
    // Who does not keep up misses this one.
    for (const Events& events : readers_) events.send(text, "message");
    for (const WebSocket& socket : sockets_) socket.send(text);
  }

 private:
  std::mutex mutex_;
  std::vector<Events> readers_;
  std::vector<WebSocket> sockets_;
};

class Chat final : public Plugin {
 public:
  struct Config {
    std::string topic = "Anything";
    static void describe(Schema<Config>& s) {
      s.summary("A room to talk in.");
      s.field("topic", &Config::topic, "What it is about.");
    }
  };

  static constexpr Info info{"chat", "1.0.0", "A room to talk in"};

  Chat(const Config& config, Host& host)
      : config_(config), room_(host.keep<Room>("room", [] { return new Room; })) {}

  void setup(Registrar& r) override {
    r.route("GET", "/topic", [this](Request&) {
       Response answer;
       answer.body(config_.topic, "text/plain; charset=utf-8");
       return answer;
     }).summary("What the room is about.");
    r.route("POST", "/messages", [this](Request& request) {
       room_->say(request.body());
       return Response(Status::NoContent);
     }).summary("Says something.");
    r.route("GET", "/events", [this](Request&) {
       return listen();
     }).summary("Everything that is said, as Server-Sent Events.");
    r.route("GET", "/socket", [this](Request& request) {
       return talk(request);
     }).summary("A WebSocket: what you send, everybody gets.");
  }

 private:
  Response listen() {
    const Events events;
    events.send(config_.topic, "topic");
    room_->join(events);
    return events.response();
  }

  Response talk(Request& request) {
    const WebSocket socket;
    WebSocketSession session;
    // The room is held by itself: this plugin may be replaced while the socket is open.
    session.on_message = [room = room_](std::string_view text, MessageKind) { room->say(text); };
    room_->join(socket);
    return websocket(request, socket, std::move(session));
  }

  Config config_;
  std::shared_ptr<Room> room_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Chat)
