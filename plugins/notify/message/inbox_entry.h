// SPDX-License-Identifier: Apache-2.0
// What a message is in an inbox.
#pragma once

#include "store/inbox.h"
#include "template/rendered_mail.h"
#include "template/value.h"
#include <portico/sql.h>

#include <string_view>

namespace portico::notify {

/// Its title, body and link. A message that says it all itself (`content`) stands there without
/// what mails put around it; else it is the subject and the text of its template.
[[nodiscard]] InboxRow inbox_entry(std::string_view template_key, const Value& data,
                                   const RenderedMail& words);

/// Puts it there, once however often, and tells who listens.
void arrive(Transaction& db, const InboxRow& row);

}  // namespace portico::notify
