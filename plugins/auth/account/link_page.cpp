// SPDX-License-Identifier: Apache-2.0
#include "account/link_page.h"

namespace portico::auth {
namespace {

constexpr std::string_view Style =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:24rem;margin:15vh auto;padding:0 1rem;"
    "color:#1c2733}h1{font-size:1.25rem}input,button{font:inherit;width:100%;box-sizing:border-box;"
    "padding:.6rem;margin:.4rem 0;border-radius:.4rem;border:1px solid #b8c2cc}"
    "button{background:#1d4ed8;color:#fff;border:0}button:disabled{opacity:.5}"
    "p{min-height:1.5em}";

// The token is taken out of the address first: it is in no history and no screenshot after that.
constexpr std::string_view Script =
    "const form=document.forms[0],said=document.querySelector('p');"
    "const token=new URLSearchParams(location.search).get('token');"
    "history.replaceState(null,'',location.pathname);"
    "form.addEventListener('submit',async e=>{e.preventDefault();"
    "const body={token};if(form.password)body.password=form.password.value;"
    "const button=form.querySelector('button');button.disabled=true;"
    "try{const r=await fetch(location.pathname,{method:'POST',credentials:'omit',"
    "headers:{'Content-Type':'application/json'},body:JSON.stringify(body)});"
    "const told=r.status===204?{}:await r.json();"
    "if(r.ok){said.textContent=told.status==='password_needed'?"
    "'Confirmed. You get a mail, by which you choose your password.':"
    "'Done. You can close this page.';form.remove();return}"
    "said.textContent=told.errors?told.errors.map(e=>e.message).join(' '):told.detail}"
    "catch{said.textContent='That did not work. Try again.'}button.disabled=false});";

constexpr std::string_view PasswordField =
    "<input type=\"password\" name=\"password\" placeholder=\"New password\" required "
    "autocomplete=\"new-password\" aria-label=\"New password\">";

// Of an own address, for most sites allow no script within a page, and a policy of theirs may take
// the place of this one.
constexpr std::string_view Policy =
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; script-src 'self'; style-src 'unsafe-inline'";

}  // namespace

LinkPage::LinkPage(std::string_view title, Asks asks, std::string_view script) {
  html_.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
      .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
      .append(title)
      .append("</title><style>")
      .append(Style)
      .append("</style></head><body><h1>")
      .append(title)
      .append("</h1><form method=\"post\">")
      .append(asks == Asks::NewPassword ? PasswordField : "")
      .append("<button>")
      .append(asks == Asks::NewPassword ? "Set the password" : "Confirm")
      .append("</button></form><p role=\"status\"></p><script src=\"")
      .append(script)
      .append("\"></script></body></html>");
}

Response LinkPage::script() {
  Response file;
  file.body(Script, "text/javascript; charset=utf-8");
  file.headers().set("Cache-Control", "max-age=3600");
  file.headers().set("X-Content-Type-Options", "nosniff");
  return file;
}

Response LinkPage::show() const {
  Response page;
  page.body(html_, "text/html; charset=utf-8");
  page.headers().set("Content-Security-Policy", Policy);
  page.headers().set("Referrer-Policy", "no-referrer");
  page.headers().set("Cache-Control", "no-store");
  page.headers().set("X-Content-Type-Options", "nosniff");
  return page;
}

}  // namespace portico::auth
