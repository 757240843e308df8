// SPDX-License-Identifier: Apache-2.0
// What all mails look like, whatever their language: tables and styles in place, for mail programs
// know little else, no pictures, and other colours where the reader's screen is dark. Any thread.
#pragma once

#include <string_view>

namespace portico::notify::builtin {

/// Blocks: preheader, title, content. Partial: notify.footer. The characters behind the preheader
/// keep what follows it out of the lists that show how a mail begins.
inline constexpr std::string_view LayoutHtml = R"html(<!DOCTYPE html>
<html lang="{{locale}}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>{{site}}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 620px) {
  .outer { padding: 20px 12px 28px !important; }
  .card { padding: 28px 22px 26px !important; }
  .button { width: 100% !important; }
  .button a { display: block !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #0f1318 !important; }
  .card { background-color: #191f26 !important; border-color: #2b343e !important; }
  .strong, .strong h1, .strong h2 { color: #f2f5f8 !important; }
  .plain { color: #d5dce3 !important; }
  .muted { color: #94a1af !important; }
  .rule { border-color: #2b343e !important; }
  .box { background-color: #10151b !important; border-color: #2b343e !important; color: #f2f5f8 !important; }
  .link { color: #8fb5ff !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;width:100%;background-color:#f3f5f8;-webkit-text-size-adjust:100%;">
<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all;">{{$preheader}}{{/preheader}}&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;background-color:#f3f5f8;">
<tr>
<td class="outer" align="center" style="padding:40px 16px 48px;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;margin:0 auto;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;">
<tr>
<td class="strong" align="left" style="padding:0 4px 18px;font-size:18px;line-height:24px;font-weight:700;letter-spacing:-0.2px;color:#16202b;word-break:break-word;">{{site}}</td>
</tr>
<tr>
<td class="card plain" align="left" style="padding:40px 40px 36px;background-color:#ffffff;border:1px solid #e1e6ec;border-radius:14px;font-size:16px;line-height:25px;color:#36424f;word-break:break-word;">
<div class="strong"><h1 style="margin:0 0 16px;font-size:25px;line-height:32px;font-weight:700;letter-spacing:-0.4px;color:#16202b;">{{$title}}{{/title}}</h1></div>
{{$content}}
{{/content}}
</td>
</tr>
<tr>
<td class="muted" align="left" style="padding:22px 4px 0;font-size:13px;line-height:20px;color:#5b6775;word-break:break-word;">
{{> notify.footer}}
</td>
</tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td>
</tr>
</table>
</body>
</html>
)html";

/// Block: content.
inline constexpr std::string_view LayoutText = R"text({{$content}}
{{/content}}

--)text"
                                               " \n"
                                               R"text({{> notify.footer}}
)text";

/// Small print below a line. Block: text.
inline constexpr std::string_view NoteHtml = R"html(
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;margin-top:28px;">
<tr>
<td class="muted rule" style="padding-top:20px;border-top:1px solid #e1e6ec;font-size:14px;line-height:21px;color:#5b6775;">
{{$text}}
{{/text}}
</td>
</tr>
</table>
)html";

/// To be typed in. Variable: code.
inline constexpr std::string_view CodeHtml = R"html(
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;">
<tr>
<td class="box" align="center" style="padding:14px 12px;background-color:#f3f5f8;border:1px solid #e1e6ec;border-radius:10px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;font-size:26px;line-height:34px;font-weight:600;letter-spacing:4px;color:#16202b;">{{code}}</td>
</tr>
</table>
)html";

}  // namespace portico::notify::builtin
