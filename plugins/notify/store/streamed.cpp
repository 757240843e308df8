// SPDX-License-Identifier: Apache-2.0
#include "store/streamed.h"

#include "shared/json_out.h"

namespace portico::notify::streamed {
namespace {

/// Lists are handed over as JSON, which the engines take apart differently.
struct Pair {
  Statement sqlite;
  Statement postgres;

  [[nodiscard]] const Statement& on(Sql::Engine engine) const noexcept {
    return engine == Sql::Engine::Sqlite ? sqlite : postgres;
  }
};

constexpr Pair Last{
    {"notify.streamed.last",
     "SELECT topic, last_seq FROM notify_topics WHERE topic IN (SELECT value FROM json_each($1))"},
    {"notify.streamed.last",
     "SELECT topic, last_seq FROM notify_topics WHERE topic IN (SELECT json_array_elements_text("
     "CAST($1 AS json)))"}};
constexpr Pair Subscribed{
    {"notify.streamed.subscribed",
     "SELECT topic, user_id FROM notify_subscriptions WHERE (topic, user_id) IN (SELECT value ->> "
     "0, value ->> 1 FROM json_each($1))"},
    {"notify.streamed.subscribed",
     "SELECT topic, user_id FROM notify_subscriptions WHERE (topic, user_id) IN (SELECT value ->> "
     "0, value ->> 1 FROM json_array_elements(CAST($1 AS json)))"}};

}  // namespace

std::vector<LastNumber> last(Reader& db, Sql::Engine engine, std::span<const std::string> topics) {
  JsonOut list;
  list.begin_list();
  for (const std::string& topic : topics) list.value(topic);
  list.end_list();
  std::vector<LastNumber> found;
  for (const Row row : db.query(Last.on(engine), {list.text()})) {
    found.push_back({std::string(row.text(0)), row.integer(1)});
  }
  return found;
}

std::vector<Subscription> subscribed(Reader& db, Sql::Engine engine,
                                     std::span<const Subscription> asked) {
  JsonOut list;
  list.begin_list();
  for (const Subscription& each : asked) {
    list.begin_list().value(each.topic).value(each.user).end_list();
  }
  list.end_list();
  std::vector<Subscription> found;
  for (const Row row : db.query(Subscribed.on(engine), {list.text()})) {
    found.push_back({std::string(row.text(0)), std::string(row.text(1))});
  }
  return found;
}

}  // namespace portico::notify::streamed
