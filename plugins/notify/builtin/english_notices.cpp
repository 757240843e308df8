// SPDX-License-Identifier: Apache-2.0
#include "builtin/languages.h"

#include <array>

namespace portico::notify::builtin {
namespace {

constexpr std::string_view MessageText = R"text({{< notify.layout}}
{{$content}}
{{title}}

{{body}}
{{#link}}

{{#label}}{{label}}: {{/label}}{{link}}
{{/link}}
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view MessageHtml = R"html({{< notify.layout}}
{{$preheader}}{{body}}{{/preheader}}
{{$title}}{{title}}{{/title}}
{{$content}}
<div style="white-space:pre-line;">{{body}}</div>
{{#link}}
{{< notify.button}}{{$label}}{{#label}}{{label}}{{/label}}{{^label}}Open{{/label}}{{/label}}{{/notify.button}}
{{/link}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view DigestText = R"text({{< notify.layout}}
{{$content}}
What is new at {{site}}
{{#items}}

* {{title}}
{{#body}}
{{body}}
{{/body}}
{{#link}}
{{link}}
{{/link}}
{{/items}}
{{^items}}

There is nothing new.
{{/items}}
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view DigestHtml = R"html({{< notify.layout}}
{{$preheader}}{{#items}}{{title}}. {{/items}}{{/preheader}}
{{$title}}What is new at {{site}}{{/title}}
{{$content}}
{{#items}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;">
<tr>
<td class="rule" style="padding:18px 0;border-top:1px solid #e1e6ec;">
<div class="strong"><h2 style="margin:0 0 4px;font-size:17px;line-height:24px;font-weight:600;color:#16202b;">{{title}}</h2></div>
{{#body}}
<div style="white-space:pre-line;">{{body}}</div>
{{/body}}
{{#link}}
<p style="margin:8px 0 0;"><a class="link" href="{{link}}" style="color:#1d4ed8;font-weight:600;">Read more</a></p>
{{/link}}
</td>
</tr>
</table>
{{/items}}
{{^items}}
<p style="margin:0;">There is nothing new.</p>
{{/items}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view DisabledText = R"text({{< notify.layout}}
{{$content}}
A webhook was switched off

{{site}} does not send webhooks to this address any more:

{{url}}

Why: {{reason}}

Switch it on again when its server answers. What was not delivered can be
sent once more then.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view DisabledHtml = R"html({{< notify.layout}}
{{$preheader}}{{reason}}{{/preheader}}
{{$title}}A webhook was switched off{{/title}}
{{$content}}
<p style="margin:0 0 16px;">{{site}} does not send webhooks to this address any more:</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;">
<tr>
<td class="box" style="padding:12px 14px;background-color:#f3f5f8;border:1px solid #e1e6ec;border-radius:10px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;font-size:14px;line-height:21px;color:#16202b;word-break:break-all;">{{url}}</td>
</tr>
</table>
<p style="margin:16px 0 0;"><b>Why:</b> {{reason}}</p>
{{< notify.note}}{{$text}}Switch it on again when its server answers. What was not delivered can be sent once more then.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view TestText = R"text({{< notify.layout}}
{{$content}}
It works

{{site}} can send mails, and this one has reached you.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view TestHtml = R"html({{< notify.layout}}
{{$preheader}}{{site}} can send mails.{{/preheader}}
{{$title}}It works{{/title}}
{{$content}}
<p style="margin:0;">{{site}} can send mails, and this one has reached you.</p>
{{/content}}
{{/notify.layout}}
)html";

}  // namespace

std::span<const BuiltIn> english_notices() {
  static constexpr std::array<BuiltIn, 4> All{{
      {"notify.message", "en", "{{title}}", MessageText, MessageHtml},
      {"notify.digest", "en", "What is new at {{site}}", DigestText, DigestHtml},
      {"notify.webhook_disabled", "en", "{{site}}: a webhook was switched off", DisabledText,
       DisabledHtml},
      {"notify.test", "en", "{{site}}: a mail to try it out", TestText, TestHtml},
  }};
  return All;
}

}  // namespace portico::notify::builtin
