// SPDX-License-Identifier: Apache-2.0
#include "builtin/languages.h"
#include "builtin/layouts.h"

#include <array>

namespace portico::notify::builtin {
namespace {

constexpr std::string_view FooterHtml = R"html(
{{site}}{{#email}} &middot; This mail is for {{email}}{{/email}}{{#unsubscribe}}<br>
<a class="muted" href="{{unsubscribe}}" style="color:#5b6775;text-decoration:underline;">Unsubscribe</a> from mails of this kind{{/unsubscribe}}
)html";

constexpr std::string_view FooterText = R"text({{site}}
{{#email}}
This mail is for {{email}}
{{/email}}
{{#unsubscribe}}
Unsubscribe from mails of this kind: {{unsubscribe}}
{{/unsubscribe}}
)text";

constexpr std::string_view ButtonHtml = R"html(
<table role="presentation" class="button" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 20px;">
<tr>
<td class="button" align="center" bgcolor="#1d4ed8" style="border-radius:10px;background-color:#1d4ed8;">
<a href="{{link}}" style="display:inline-block;padding:13px 28px;border:1px solid #1d4ed8;border-radius:10px;font-size:16px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none;">{{$label}}Open{{/label}}</a>
</td>
</tr>
</table>
<p class="muted" style="margin:0;font-size:13px;line-height:20px;color:#5b6775;">Does the button not work? Copy this address into your browser:<br><a class="link" href="{{link}}" style="color:#1d4ed8;word-break:break-all;">{{link}}</a></p>
)html";

constexpr std::string_view CircumstancesHtml = R"html(
{{#time}}<p style="margin:0 0 4px;"><b>When:</b> {{time}}</p>{{/time}}
{{#device}}<p style="margin:0 0 4px;"><b>Device:</b> {{device}}</p>{{/device}}
{{#address}}<p style="margin:0 0 4px;"><b>IP address:</b> {{address}}</p>{{/address}}
)html";

constexpr std::string_view CircumstancesText = R"text({{#time}}
When: {{time}}
{{/time}}
{{#device}}
Device: {{device}}
{{/device}}
{{#address}}
IP address: {{address}}
{{/address}}
)text";

constexpr std::string_view VerifyText = R"text({{< notify.layout}}
{{$content}}
Confirm your email address

Somebody signed up at {{site}} with this address. If that was you, open
this link to show that the address is yours:

{{link}}

{{#code}}
Or type in this code where you signed up: {{code}}

{{/code}}
{{#expires}}
The link is good until {{expires}}.

{{/expires}}
If you did not sign up, you need not do anything: nobody can use an
account with your address until it is confirmed.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view VerifyHtml = R"html({{< notify.layout}}
{{$preheader}}One click, and your account is ready.{{/preheader}}
{{$title}}Confirm your email address{{/title}}
{{$content}}
<p style="margin:0;">Somebody signed up at {{site}} with this address. If that was you, show that the address is yours:</p>
{{< notify.button}}{{$label}}Confirm address{{/label}}{{/notify.button}}
{{#code}}
<p style="margin:24px 0 10px;">Or type in this code where you signed up:</p>
{{> notify.code}}
{{/code}}
{{#expires}}
<p style="margin:20px 0 0;">The link is good until {{expires}}.</p>
{{/expires}}
{{< notify.note}}{{$text}}If you did not sign up, you need not do anything: nobody can use an account with your address until it is confirmed.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view ResetText = R"text({{< notify.layout}}
{{$content}}
Choose a new password

Somebody asked for a new password for your account at {{site}}. If that
was you, open this link to choose one:

{{link}}

{{#expires}}
The link is good until {{expires}}.

{{/expires}}
The link works once. Do not pass it on: whoever has it can take over your
account.

If you did not ask for it, you need not do anything: your password stays
as it is.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view ResetHtml = R"html({{< notify.layout}}
{{$preheader}}The link in this mail works once, and for a short time.{{/preheader}}
{{$title}}Choose a new password{{/title}}
{{$content}}
<p style="margin:0;">Somebody asked for a new password for your account at {{site}}. If that was you, choose one here:</p>
{{< notify.button}}{{$label}}Choose a password{{/label}}{{/notify.button}}
<p style="margin:20px 0 0;">{{#expires}}The link is good until {{expires}}. {{/expires}}It works once. Do not pass it on: whoever has it can take over your account.</p>
{{< notify.note}}{{$text}}If you did not ask for it, you need not do anything: your password stays as it is.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view RegisteredText = R"text({{< notify.layout}}
{{$content}}
You have an account already

Somebody tried to sign up at {{site}} with this address. It has an account
already, so no other one was made.

If that was you, log in as you did before. If you do not know your password
any more, ask for a new one where you log in.

If it was not you, you need not do anything.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view RegisteredHtml = R"html({{< notify.layout}}
{{$preheader}}Nothing was changed: log in as you did before.{{/preheader}}
{{$title}}You have an account already{{/title}}
{{$content}}
<p style="margin:0 0 16px;">Somebody tried to sign up at {{site}} with this address. It has an account already, so no other one was made.</p>
<p style="margin:0;">If that was you, log in as you did before. If you do not know your password any more, ask for a new one where you log in.</p>
{{< notify.note}}{{$text}}If it was not you, you need not do anything.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view DeviceText = R"text({{< notify.layout}}
{{$content}}
A new device has logged in

Somebody logged in to your account at {{site}} on a device, or from a
network, where you have not been before.
{{> notify.circumstances}}

If that was you, all is well.

If it was not you, change your password at once, and end all other sessions
as you do so. Whoever logged in knows your password.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view DeviceHtml = R"html({{< notify.layout}}
{{$preheader}}If that was you, all is well. If not, change your password.{{/preheader}}
{{$title}}A new device has logged in{{/title}}
{{$content}}
<p style="margin:0 0 16px;">Somebody logged in to your account at {{site}} on a device, or from a network, where you have not been before.</p>
{{> notify.circumstances}}
<p style="margin:16px 0 0;">If that was you, all is well.</p>
{{< notify.note}}{{$text}}<b>If it was not you,</b> change your password at once, and end all other sessions as you do so. Whoever logged in knows your password.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view KeyText = R"text({{< notify.layout}}
{{$content}}
A new API key

An API key was made for your account at {{site}}. Programs that have it act
for you, as far as it allows.
{{> notify.circumstances}}

If that was you, all is well.

If it was not you, revoke the key, change your password, and end all other
sessions.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view KeyHtml = R"html({{< notify.layout}}
{{$preheader}}If that was you, all is well. If not, revoke the key.{{/preheader}}
{{$title}}A new API key{{/title}}
{{$content}}
<p style="margin:0 0 16px;">An API key was made for your account at {{site}}. Programs that have it act for you, as far as it allows.</p>
{{> notify.circumstances}}
<p style="margin:16px 0 0;">If that was you, all is well.</p>
{{< notify.note}}{{$text}}<b>If it was not you,</b> revoke the key, change your password, and end all other sessions.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view ChangedText = R"text({{< notify.layout}}
{{$content}}
Your password was changed

The password of your account at {{site}} was changed a moment ago.
{{> notify.circumstances}}

If that was you, all is well.

If it was not you, ask for a new password at once where you log in: that
ends all sessions, and shuts out whoever changed it.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view ChangedHtml = R"html({{< notify.layout}}
{{$preheader}}If that was you, all is well. If not, read on.{{/preheader}}
{{$title}}Your password was changed{{/title}}
{{$content}}
<p style="margin:0 0 16px;">The password of your account at {{site}} was changed a moment ago.</p>
{{> notify.circumstances}}
<p style="margin:16px 0 0;">If that was you, all is well.</p>
{{< notify.note}}{{$text}}<b>If it was not you,</b> ask for a new password at once where you log in: that ends all sessions, and shuts out whoever changed it.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view EndedText = R"text({{< notify.layout}}
{{$content}}
We ended one of your sessions

One of your sessions at {{site}} was used by two at once, as happens when
somebody has a copy of it. We ended that session to be safe.
{{> notify.circumstances}}

Log in again to go on. If you do not know how it came about, change your
password, and end all other sessions as you do so.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view EndedHtml = R"html({{< notify.layout}}
{{$preheader}}It was used by two at once. Log in again to go on.{{/preheader}}
{{$title}}We ended one of your sessions{{/title}}
{{$content}}
<p style="margin:0 0 16px;">One of your sessions at {{site}} was used by two at once, as happens when somebody has a copy of it. We ended that session to be safe.</p>
{{> notify.circumstances}}
<p style="margin:16px 0 0;">Log in again to go on.</p>
{{< notify.note}}{{$text}}<b>If you do not know how it came about,</b> change your password, and end all other sessions as you do so.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

}  // namespace

std::span<const BuiltIn> english_accounts() {
  static constexpr std::array<BuiltIn, 13> All{{
      {"notify.layout", "en", "", LayoutText, LayoutHtml},
      {"notify.note", "en", "", "", NoteHtml},
      {"notify.code", "en", "", "", CodeHtml},
      {"notify.footer", "en", "", FooterText, FooterHtml},
      {"notify.button", "en", "", "", ButtonHtml},
      {"notify.circumstances", "en", "", CircumstancesText, CircumstancesHtml},
      {"auth.verify_email", "en", "Confirm your email address for {{site}}", VerifyText,
       VerifyHtml},
      {"auth.reset_password", "en", "Choose a new password for {{site}}", ResetText, ResetHtml},
      {"auth.already_registered", "en", "You have an account at {{site}} already", RegisteredText,
       RegisteredHtml},
      {"auth.new_device", "en", "A new device has logged in to your account at {{site}}",
       DeviceText, DeviceHtml},
      {"auth.password_changed", "en", "Your password at {{site}} was changed", ChangedText,
       ChangedHtml},
      {"auth.api_key_created", "en", "A new API key for your account at {{site}}", KeyText,
       KeyHtml},
      {"auth.session_ended_for_reuse", "en", "We ended one of your sessions at {{site}}", EndedText,
       EndedHtml},
  }};
  return All;
}

}  // namespace portico::notify::builtin
