// SPDX-License-Identifier: Apache-2.0
#include "store/topics.h"

namespace portico::notify::topics {
namespace {

constexpr Statement Number{
    "notify.topics.number",
    "INSERT INTO notify_topics (topic, last_seq) VALUES ($1, 1) ON CONFLICT (topic) DO UPDATE SET "
    "last_seq = notify_topics.last_seq + 1 RETURNING last_seq"};
constexpr Statement Say{
    "notify.topics.say",
    "INSERT INTO notify_topic_messages (topic, seq, event, payload, created_at) VALUES ($1, $2, "
    "$3, $4, $5)"};
constexpr Statement Behind{"notify.topics.behind",
                           "SELECT seq, event, payload FROM notify_topic_messages WHERE topic = $1 "
                           "AND seq > $2 ORDER BY seq LIMIT $3"};
constexpr Statement Last{"notify.topics.last",
                         "SELECT last_seq FROM notify_topics WHERE topic = $1"};
constexpr Statement Purge{
    "notify.topics.purge",
    "DELETE FROM notify_topic_messages WHERE (topic, seq) IN (SELECT topic, seq FROM "
    "notify_topic_messages WHERE created_at < $1 LIMIT $2)"};
constexpr Statement Subscribe{"notify.topics.subscribe",
                              "INSERT INTO notify_subscriptions (topic, user_id, created_at) "
                              "VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"};
constexpr Statement Unsubscribe{
    "notify.topics.unsubscribe",
    "DELETE FROM notify_subscriptions WHERE topic = $1 AND user_id = $2"};
constexpr Statement Subscribed{
    "notify.topics.subscribed",
    "SELECT 1 FROM notify_subscriptions WHERE topic = $1 AND user_id = $2"};

}  // namespace

std::int64_t say(Transaction& db, std::string_view topic, std::string_view event,
                 std::string_view payload, Time now) {
  const std::int64_t seq = db.query(Number, {topic})[0].integer(0);
  db.change(Say, {topic, seq, event, payload, now.count()});
  return seq;
}

std::vector<TopicMessage> behind(Reader& db, std::string_view topic, std::int64_t seq,
                                 std::size_t limit) {
  std::vector<TopicMessage> found;
  for (const Row row : db.query(Behind, {topic, seq, limit})) {
    found.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2))});
  }
  return found;
}

std::int64_t last(Reader& db, std::string_view topic) {
  const Rows rows = db.query(Last, {topic});
  return rows.empty() ? 0 : rows[0].integer(0);
}

std::uint64_t purge(Transaction& db, Time before, std::size_t most) {
  return db.change(Purge, {before.count(), most});
}

void subscribe(Transaction& db, std::string_view topic, std::string_view user, Time now) {
  db.change(Subscribe, {topic, user, now.count()});
}

bool unsubscribe(Transaction& db, std::string_view topic, std::string_view user) {
  return db.change(Unsubscribe, {topic, user}) != 0;
}

bool subscribed(Reader& db, std::string_view topic, std::string_view user) {
  return !db.query(Subscribed, {topic, user}).empty();
}

}  // namespace portico::notify::topics
