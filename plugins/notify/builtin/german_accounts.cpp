// SPDX-License-Identifier: Apache-2.0
#include "builtin/languages.h"
#include "builtin/layouts.h"

#include <array>

namespace portico::notify::builtin {
namespace {

constexpr std::string_view FooterHtml = R"html(
{{site}}{{#email}} &middot; Diese E-Mail ist für {{email}}{{/email}}{{#unsubscribe}}<br>
E-Mails dieser Art <a class="muted" href="{{unsubscribe}}" style="color:#5b6775;text-decoration:underline;">abbestellen</a>{{/unsubscribe}}
)html";

constexpr std::string_view FooterText = R"text({{site}}
{{#email}}
Diese E-Mail ist für {{email}}
{{/email}}
{{#unsubscribe}}
E-Mails dieser Art abbestellen: {{unsubscribe}}
{{/unsubscribe}}
)text";

constexpr std::string_view ButtonHtml = R"html(
<table role="presentation" class="button" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 20px;">
<tr>
<td class="button" align="center" bgcolor="#1d4ed8" style="border-radius:10px;background-color:#1d4ed8;">
<a href="{{link}}" style="display:inline-block;padding:13px 28px;border:1px solid #1d4ed8;border-radius:10px;font-size:16px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none;">{{$label}}Öffnen{{/label}}</a>
</td>
</tr>
</table>
<p class="muted" style="margin:0;font-size:13px;line-height:20px;color:#5b6775;">Die Schaltfläche funktioniert nicht? Kopieren Sie diese Adresse in Ihren Browser:<br><a class="link" href="{{link}}" style="color:#1d4ed8;word-break:break-all;">{{link}}</a></p>
)html";

constexpr std::string_view CircumstancesHtml = R"html(
{{#time}}<p style="margin:0 0 4px;"><b>Zeit:</b> {{time}}</p>{{/time}}
{{#device}}<p style="margin:0 0 4px;"><b>Gerät:</b> {{device}}</p>{{/device}}
{{#address}}<p style="margin:0 0 4px;"><b>IP-Adresse:</b> {{address}}</p>{{/address}}
)html";

constexpr std::string_view CircumstancesText = R"text({{#time}}
Zeit: {{time}}
{{/time}}
{{#device}}
Gerät: {{device}}
{{/device}}
{{#address}}
IP-Adresse: {{address}}
{{/address}}
)text";

constexpr std::string_view VerifyText = R"text({{< notify.layout}}
{{$content}}
Bestätigen Sie Ihre E-Mail-Adresse

Jemand hat sich bei {{site}} mit dieser Adresse registriert. Wenn Sie das
waren, öffnen Sie diesen Link, um die Adresse zu bestätigen:

{{link}}

{{#code}}
Oder geben Sie diesen Code ein, wo Sie sich registriert haben: {{code}}

{{/code}}
{{#expires}}
Der Link ist gültig bis {{expires}}.

{{/expires}}
Wenn Sie sich nicht registriert haben, brauchen Sie nichts zu tun: Solange
Ihre Adresse nicht bestätigt ist, kann niemand ein Konto damit benutzen.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view VerifyHtml = R"html({{< notify.layout}}
{{$preheader}}Ein Klick, und Ihr Konto ist bereit.{{/preheader}}
{{$title}}Bestätigen Sie Ihre E&#8209;Mail-Adresse{{/title}}
{{$content}}
<p style="margin:0;">Jemand hat sich bei {{site}} mit dieser Adresse registriert. Wenn Sie das waren, bestätigen Sie hier, dass die Adresse Ihnen gehört:</p>
{{< notify.button}}{{$label}}Adresse bestätigen{{/label}}{{/notify.button}}
{{#code}}
<p style="margin:24px 0 10px;">Oder geben Sie diesen Code ein, wo Sie sich registriert haben:</p>
{{> notify.code}}
{{/code}}
{{#expires}}
<p style="margin:20px 0 0;">Der Link ist gültig bis {{expires}}.</p>
{{/expires}}
{{< notify.note}}{{$text}}Wenn Sie sich nicht registriert haben, brauchen Sie nichts zu tun: Solange Ihre Adresse nicht bestätigt ist, kann niemand ein Konto damit benutzen.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view ResetText = R"text({{< notify.layout}}
{{$content}}
Wählen Sie ein neues Passwort

Jemand hat für Ihr Konto bei {{site}} ein neues Passwort angefordert. Wenn
Sie das waren, öffnen Sie diesen Link, um es zu wählen:

{{link}}

{{#expires}}
Der Link ist gültig bis {{expires}}.

{{/expires}}
Der Link funktioniert einmal. Geben Sie ihn nicht weiter: Wer ihn hat, kann
Ihr Konto übernehmen.

Wenn Sie kein neues Passwort angefordert haben, brauchen Sie nichts zu tun:
Ihr Passwort bleibt, wie es ist.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view ResetHtml = R"html({{< notify.layout}}
{{$preheader}}Der Link in dieser E-Mail funktioniert einmal und für kurze Zeit.{{/preheader}}
{{$title}}Wählen Sie ein neues Passwort{{/title}}
{{$content}}
<p style="margin:0;">Jemand hat für Ihr Konto bei {{site}} ein neues Passwort angefordert. Wenn Sie das waren, wählen Sie es hier:</p>
{{< notify.button}}{{$label}}Passwort wählen{{/label}}{{/notify.button}}
<p style="margin:20px 0 0;">{{#expires}}Der Link ist gültig bis {{expires}}. {{/expires}}Er funktioniert einmal. Geben Sie ihn nicht weiter: Wer ihn hat, kann Ihr Konto übernehmen.</p>
{{< notify.note}}{{$text}}Wenn Sie kein neues Passwort angefordert haben, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view RegisteredText = R"text({{< notify.layout}}
{{$content}}
Sie haben bereits ein Konto

Jemand wollte sich bei {{site}} mit dieser Adresse registrieren. Zu ihr gibt
es bereits ein Konto; ein weiteres wurde nicht angelegt.

Wenn Sie das waren, melden Sie sich an wie bisher. Wenn Sie Ihr Passwort
nicht mehr wissen, fordern Sie bei der Anmeldung ein neues an.

Wenn Sie das nicht waren, brauchen Sie nichts zu tun.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view RegisteredHtml = R"html({{< notify.layout}}
{{$preheader}}Es hat sich nichts geändert: Melden Sie sich an wie bisher.{{/preheader}}
{{$title}}Sie haben bereits ein Konto{{/title}}
{{$content}}
<p style="margin:0 0 16px;">Jemand wollte sich bei {{site}} mit dieser Adresse registrieren. Zu ihr gibt es bereits ein Konto; ein weiteres wurde nicht angelegt.</p>
<p style="margin:0;">Wenn Sie das waren, melden Sie sich an wie bisher. Wenn Sie Ihr Passwort nicht mehr wissen, fordern Sie bei der Anmeldung ein neues an.</p>
{{< notify.note}}{{$text}}Wenn Sie das nicht waren, brauchen Sie nichts zu tun.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view DeviceText = R"text({{< notify.layout}}
{{$content}}
Anmeldung mit einem neuen Gerät

Jemand hat sich bei Ihrem Konto bei {{site}} mit einem Gerät oder aus einem
Netz angemeldet, mit dem Sie dort noch nicht waren.
{{> notify.circumstances}}

Wenn Sie das waren, ist alles in Ordnung.

Wenn Sie das nicht waren, ändern Sie sofort Ihr Passwort und beenden Sie
dabei alle anderen Sitzungen. Wer sich angemeldet hat, kennt Ihr Passwort.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view DeviceHtml = R"html({{< notify.layout}}
{{$preheader}}Waren Sie das nicht, ändern Sie bitte Ihr Passwort.{{/preheader}}
{{$title}}Anmeldung mit einem neuen Gerät{{/title}}
{{$content}}
<p style="margin:0 0 16px;">Jemand hat sich bei Ihrem Konto bei {{site}} mit einem Gerät oder aus einem Netz angemeldet, mit dem Sie dort noch nicht waren.</p>
{{> notify.circumstances}}
<p style="margin:16px 0 0;">Wenn Sie das waren, ist alles in Ordnung.</p>
{{< notify.note}}{{$text}}<b>Wenn Sie das nicht waren,</b> ändern Sie sofort Ihr Passwort und beenden Sie dabei alle anderen Sitzungen. Wer sich angemeldet hat, kennt Ihr Passwort.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view KeyText = R"text({{< notify.layout}}
{{$content}}
Ein neuer API-Schlüssel

Für Ihr Konto bei {{site}} wurde ein API-Schlüssel erstellt. Programme, die
ihn haben, handeln für Sie, soweit er es erlaubt.
{{> notify.circumstances}}

Wenn Sie das waren, ist alles in Ordnung.

Wenn Sie das nicht waren, widerrufen Sie den Schlüssel, ändern Sie Ihr
Passwort und beenden Sie alle anderen Sitzungen.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view KeyHtml = R"html({{< notify.layout}}
{{$preheader}}Waren Sie das nicht, widerrufen Sie bitte den Schlüssel.{{/preheader}}
{{$title}}Ein neuer API-Schlüssel{{/title}}
{{$content}}
<p style="margin:0 0 16px;">Für Ihr Konto bei {{site}} wurde ein API-Schlüssel erstellt. Programme, die ihn haben, handeln für Sie, soweit er es erlaubt.</p>
{{> notify.circumstances}}
<p style="margin:16px 0 0;">Wenn Sie das waren, ist alles in Ordnung.</p>
{{< notify.note}}{{$text}}<b>Wenn Sie das nicht waren,</b> widerrufen Sie den Schlüssel, ändern Sie Ihr Passwort und beenden Sie alle anderen Sitzungen.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view ChangedText = R"text({{< notify.layout}}
{{$content}}
Ihr Passwort wurde geändert

Das Passwort Ihres Kontos bei {{site}} wurde soeben geändert.
{{> notify.circumstances}}

Wenn Sie das waren, ist alles in Ordnung.

Wenn Sie das nicht waren, fordern Sie sofort bei der Anmeldung ein neues
Passwort an: Das beendet alle Sitzungen und sperrt aus, wer es geändert hat.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view ChangedHtml = R"html({{< notify.layout}}
{{$preheader}}Waren Sie das nicht, lesen Sie bitte weiter.{{/preheader}}
{{$title}}Ihr Passwort wurde geändert{{/title}}
{{$content}}
<p style="margin:0 0 16px;">Das Passwort Ihres Kontos bei {{site}} wurde soeben geändert.</p>
{{> notify.circumstances}}
<p style="margin:16px 0 0;">Wenn Sie das waren, ist alles in Ordnung.</p>
{{< notify.note}}{{$text}}<b>Wenn Sie das nicht waren,</b> fordern Sie sofort bei der Anmeldung ein neues Passwort an: Das beendet alle Sitzungen und sperrt aus, wer es geändert hat.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

constexpr std::string_view EndedText = R"text({{< notify.layout}}
{{$content}}
Wir haben eine Ihrer Sitzungen beendet

Eine Ihrer Sitzungen bei {{site}} wurde von zweien zugleich benutzt, wie es
vorkommt, wenn jemand eine Kopie davon hat. Zur Sicherheit haben wir sie
beendet.
{{> notify.circumstances}}

Melden Sie sich wieder an, um weiterzumachen. Wenn Sie sich das nicht
erklären können, ändern Sie Ihr Passwort und beenden Sie dabei alle anderen
Sitzungen.
{{/content}}
{{/notify.layout}}
)text";

constexpr std::string_view EndedHtml = R"html({{< notify.layout}}
{{$preheader}}Sie wurde von zweien zugleich benutzt. Melden Sie sich wieder an.{{/preheader}}
{{$title}}Wir haben eine Ihrer Sitzungen beendet{{/title}}
{{$content}}
<p style="margin:0 0 16px;">Eine Ihrer Sitzungen bei {{site}} wurde von zweien zugleich benutzt, wie es vorkommt, wenn jemand eine Kopie davon hat. Zur Sicherheit haben wir sie beendet.</p>
{{> notify.circumstances}}
<p style="margin:16px 0 0;">Melden Sie sich wieder an, um weiterzumachen.</p>
{{< notify.note}}{{$text}}<b>Wenn Sie sich das nicht erklären können,</b> ändern Sie Ihr Passwort und beenden Sie dabei alle anderen Sitzungen.{{/text}}{{/notify.note}}
{{/content}}
{{/notify.layout}}
)html";

}  // namespace

std::span<const BuiltIn> german_accounts() {
  static constexpr std::array<BuiltIn, 13> All{{
      {"notify.layout", "de", "", LayoutText, LayoutHtml},
      {"notify.note", "de", "", "", NoteHtml},
      {"notify.code", "de", "", "", CodeHtml},
      {"notify.footer", "de", "", FooterText, FooterHtml},
      {"notify.button", "de", "", "", ButtonHtml},
      {"notify.circumstances", "de", "", CircumstancesText, CircumstancesHtml},
      {"auth.verify_email", "de", "Bestätigen Sie Ihre E-Mail-Adresse für {{site}}", VerifyText,
       VerifyHtml},
      {"auth.reset_password", "de", "Ihr neues Passwort für {{site}}", ResetText, ResetHtml},
      {"auth.already_registered", "de", "Sie haben bereits ein Konto bei {{site}}", RegisteredText,
       RegisteredHtml},
      {"auth.new_device", "de", "Anmeldung mit einem neuen Gerät bei {{site}}", DeviceText,
       DeviceHtml},
      {"auth.password_changed", "de", "Ihr Passwort bei {{site}} wurde geändert", ChangedText,
       ChangedHtml},
      {"auth.api_key_created", "de", "Ein neuer API-Schlüssel für Ihr Konto bei {{site}}", KeyText,
       KeyHtml},
      {"auth.session_ended_for_reuse", "de", "Wir haben eine Ihrer Sitzungen bei {{site}} beendet",
       EndedText, EndedHtml},
  }};
  return All;
}

}  // namespace portico::notify::builtin
