// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

#include "origin.h"
#include "tokens.h"

namespace portico::cors {
namespace {

/// Every field of the plugin and of a place of use; `more` says what sets the two apart.
template <class T, class More>
void describe_fields(Schema<T>& s, More more) {
  more(s.field("origins", &T::origins,
               "Who may ask: an origin, `https://*.example.com` for every name below, `:*` for "
               "every port, `*` for everybody, `null` for pages without an origin.")
           .required()
           .min(1)
           .max(100'000)
           .check(fault_of_origin)
           .example(R"(["https://app.example.com", "https://*.example.org"])"));
  more(s.field("credentials", &T::credentials,
               "Cookies and Authorization may be sent, and what is answered to them read."));
  more(s.field("methods", &T::methods, "Methods that may be asked by; `*` for any.")
           .min(1)
           .max(100)
           .check(fault_of_method));
  more(s.field("headers", &T::headers, "Request headers that may be sent; `*` for any.")
           .max(1000)
           .check(fault_of_header)
           .example("[Content-Type, Authorization]"));
  more(s.field("expose", &T::expose,
               "Response headers that the page may read, beside those that it always may.")
           .max(1000)
           .check(fault_of_header)
           .example("[X-Total-Count]"));
  more(s.field("max_age", &T::max_age, "How long a browser may remember a preflight."));
  more(s.field("private_network", &T::private_network,
               "Pages of the public network may ask this server of a private one."));
  more(s.field("disallowed_preflight", &T::disallowed_preflight,
               "The preflight of another origin: `answer` is 204 that allows nothing, `refuse` is "
               "403.")
           .names({{"answer", Disallowed::Answer}, {"refuse", Disallowed::Refuse}}));
}

/// Fetch takes none of these, and what a browser would not do the file should not say.
template <class T>
void describe_rules(Schema<T>& s) {
  s.rule(
      "credentials need named origins, and \"*\" cannot be combined with them; name each "
      "origin, or leave credentials out",
      [](const T& c) { return !c.credentials || !contains(c.origins, "*"); });
  s.rule(
      "any page can take the origin null, and credentials are not for any page; name the "
      "origins, or leave credentials out",
      [](const T& c) { return !c.credentials || !contains(c.origins, "null"); });
  s.rule("with credentials \"*\" in `expose` is the name of a header; name each header",
         [](const T& c) { return !c.credentials || !contains(c.expose, "*"); });
}

}  // namespace

void Config::describe(Schema<Config>& s) {
  s.summary(
      "Which pages of other origins may ask here, by the CORS protocol of the Fetch standard.");
  describe_fields(s, [](Field) {});
  describe_rules(s);
}

void Use::describe(Schema<Use>& s) {
  s.summary("The same for the requests that pass here.");
  describe_fields(s, [](Field field) { field.inherit(); });
  describe_rules(s);
}

}  // namespace portico::cors
