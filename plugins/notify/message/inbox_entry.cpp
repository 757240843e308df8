// SPDX-License-Identifier: Apache-2.0
#include "message/inbox_entry.h"

#include "shared/json_out.h"
#include "store/topics.h"

namespace portico::notify {
namespace {

constexpr std::string_view OwnWords = "notify.message";

}  // namespace

InboxRow inbox_entry(std::string_view template_key, const Value& data, const RenderedMail& words) {
  InboxRow row{};
  row.title = words.subject;
  row.body = words.text;
  if (template_key != OwnWords) return row;
  if (const Value* const body = data.member("body")) row.body = body->printed();
  const Value* const link = data.member("link");
  if (link != nullptr && link->holds()) row.link = link->printed();
  return row;
}

void arrive(Transaction& db, const InboxRow& row) {
  if (!inbox::add(db, row)) return;
  JsonOut note;
  note.begin_object().member("id", row.id).member("title", row.title).end_object();
  topics::say(db, topics::of_user(row.user), "inbox", note.text(), row.created);
}

}  // namespace portico::notify
