// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

#include "policy/settled_limit.h"
#include "store/bucket_table.h"

#include <algorithm>

namespace portico::ratelimit {
namespace {

/// More than anybody means, and less than what any algorithm can count.
constexpr double MostLimit = 10'000'000;
constexpr double MostParts = 8;
constexpr std::chrono::hours Year{366 * 24};

/// Whether all of it is letters, digits and these marks.
bool is_made_of(std::string_view text, std::string_view marks) {
  return std::ranges::all_of(text, [marks](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           marks.find(c) != std::string_view::npos;
  });
}

std::string fault_of_name(std::string_view text) {
  if (is_made_of(text, "-_.")) return {};
  return "is no name; write letters, digits, '-', '_' and '.'";
}

std::string fault_of_prefix(std::string_view text) {
  if (is_made_of(text, "-_.:/")) return {};
  return "is no prefix; write letters, digits, and any of -_.:/";
}

std::string fault_of_field_name(std::string_view text) {
  if (!text.empty() && is_made_of(text, "!#$%&'*+-.^_`|~")) return {};
  return "is no name of a header; write one such as X-Tenant";
}

template <class T>
void describe_limit(Schema<T>& s) {
  s.field("limit", &T::limit, "Units that may be taken; a request takes `cost` of them, usually 1.")
      .min(1)
      .max(MostLimit);
  s.field("per", &T::per, "In how much time; 1m where nothing is said.")
      .min(std::chrono::seconds(1))
      .max(Year)
      .example("10s");
  s.field("calendar", &T::calendar, "A day or a month in UTC, in the place of `per`.")
      .names({{"day", Calendar::Day}, {"month", Calendar::Month}});
  s.field("algorithm", &T::algorithm,
          "`gcra` spreads evenly and has a `burst`, `sliding` looks back over one window, `fixed` "
          "begins anew with each, `concurrency` counts requests under way. `gcra` where nothing is "
          "said, `fixed` with `calendar`.")
      .names({{"gcra", Algorithm::Gcra},
              {"sliding", Algorithm::Sliding},
              {"fixed", Algorithm::Fixed},
              {"concurrency", Algorithm::Concurrency}});
  s.field("burst", &T::burst, "Units that `gcra` gives at once; `limit` where nothing is said.")
      .min(1)
      .max(MostLimit);
  s.field("name", &T::name,
          "What clients and metrics call it; such as 100-in-1m where nothing is said.")
      .max(64)
      .check(fault_of_name);
  s.rule("`per` and `calendar` both say how long; remove one",
         [](const T& it) { return !it.per || !it.calendar; });
  s.rule("`calendar` counts by fixed windows; remove `algorithm`, or write `per`", [](const T& it) {
    return !it.calendar || !it.algorithm || *it.algorithm == Algorithm::Fixed;
  });
  s.rule("`concurrency` counts requests under way and knows no time; remove `per` and `calendar`",
         [](const T& it) {
           return it.algorithm != Algorithm::Concurrency || (!it.per && !it.calendar);
         });
  s.rule("`burst` is for gcra; remove it", [](const T& it) {
    return !it.burst || (it.algorithm.value_or(Algorithm::Gcra) == Algorithm::Gcra && !it.calendar);
  });
  s.rule("`sliding` counts to 1000000; write a lower `limit`, or another algorithm",
         [](const T& it) {
           return it.algorithm != Algorithm::Sliding || it.limit.value_or(0) <= Sliding::MostLimit;
         });
  s.rule("such a `burst` would take years to refill; write a lower one, or a shorter `per`",
         [](const T& it) { return refills_in_time(it); });
}

template <class T>
void describe_set(Schema<T>& s) {
  describe_limit(s);
  s.field(
       "limits", &T::limits,
       "Several limits in the place of one: all must allow, and a refused request takes nothing.")
      .max(MostLimits)
      .example("[{limit: 10, per: 1s}, {limit: 1000, per: 1h}]");
  s.rule("`limit` is one limit and `limits` are several; keep one of them",
         [](const T& it) { return !it.limit || it.limits.empty(); });
  s.rule(
      "`per`, `calendar`, `algorithm`, `burst` and `name` belong to a `limit`; write it beside "
      "them",
      [](const T& it) {
        return it.limit ||
               (!it.per && !it.calendar && !it.algorithm && !it.burst && it.name.empty());
      });
  s.rule("two limits have one name; give them different ones by `name`",
         [](const T& it) { return names_differ(it); });
}

template <class T, class More>
void describe_counting(Schema<T>& s, More more) {
  describe_set(s);
  more(s.field("by", &T::by,
               "What is counted apart: one part, or a list of them. A part that a request does not "
               "have is its client's address.")
           .min(1)
           .max(MostParts)
           .example("[user, {header: X-Tenant}]"));
  more(
      s.field("ipv6_prefix", &T::ipv6_prefix, "Clients by IPv6 are counted by blocks of this size.")
          .min(16)
          .max(128));
  more(s.field("api_key_header", &T::api_key_header, "Where `api_key` finds it.")
           .check(fault_of_field_name));
  more(s.field("tiers", &T::tiers,
               "Other limits for some users; the first that fits holds, and the limits above for "
               "whom none does.")
           .max(100)
           .example("[{role: gold, limit: 1000, per: 1m}]"));
}

template <class T, class More>
void describe_shared(Schema<T>& s, More more) {
  describe_counting(s, more);
  more(s.field("allow", &T::allow, "Addresses of clients that are not counted.")
           .max(1000)
           .example("[\"10.0.0.0/8\"]"));
  more(s.field("skip_successful", &T::skip_successful,
               "Requests that are answered below 400 are given back."));
  more(s.field(
      "skip_failed", &T::skip_failed,
      "Requests that are answered with 400 or above, or not to their end, are given back."));
  more(s.field("on_store_failure", &T::on_store_failure,
               "While Redis does not answer: `deny` answers 503, `allow` lets pass, `local` counts "
               "in this process.")
           .names({{"deny", OnStoreFailure::Deny},
                   {"allow", OnStoreFailure::Allow},
                   {"local", OnStoreFailure::Local}}));
  more(s.field(
            "headers", &T::headers,
            "How clients are told: `draft-8` is RateLimit and RateLimit-Policy as the IETF writes "
            "them now, the others are older forms; `legacy` is X-RateLimit-Limit and its like.")
           .names({{"draft-8", HeaderForm::Draft8},
                   {"draft-7", HeaderForm::Draft7},
                   {"draft-6", HeaderForm::Draft6},
                   {"legacy", HeaderForm::Legacy},
                   {"none", HeaderForm::None}}));
  more(s.field("status", &T::status, "Of a refusal.").min(400).max(599));
  more(
      s.field("code", &T::code, "Of a refusal, for programs.").min(1).max(64).check(fault_of_name));
  more(s.field("message", &T::message, "Of a refusal, for people.").min(1).max(500));
}

}  // namespace

void ListedLimit::describe(Schema<ListedLimit>& s) {
  s.summary("One of several limits.");
  describe_limit(s);
  s.rule("a limit needs `limit`; write how much", [](const ListedLimit& it) { return !!it.limit; });
}

void KeyPart::describe(Schema<KeyPart>& s) {
  s.summary("A part of what tells one bucket from another.");
  s.field("source", &KeyPart::source,
          "`client` is its address, `user` who was recognised before, `api_key` the header of that "
          "name, `route` the entry of the file, `upstream` where that leads, `host` the request's.")
      .names({{"client", Source::Client},
              {"user", Source::User},
              {"api_key", Source::ApiKey},
              {"route", Source::Route},
              {"upstream", Source::Upstream},
              {"host", Source::Host}})
      .needs("identity", "user");
  s.field("header", &KeyPart::header, "A header of the request.").example("X-Tenant");
  s.field("cookie", &KeyPart::cookie, "A cookie.").example("session");
  s.field("query", &KeyPart::query, "A parameter of the query.").example("tenant");
  s.field("value", &KeyPart::value, "Text with variables of the request.")
      .example("\"{path.tenant}\"");
  s.rule("a part is one thing; keep one of `source`, `header`, `cookie`, `query` and `value`",
         [](const KeyPart& it) {
           return int{it.source.has_value()} + int{!it.header.empty()} + int{!it.cookie.empty()} +
                      int{!it.query.empty()} + int{!it.value.empty()} ==
                  1;
         });
  s.shorthand("source");
}

void Tier::describe(Schema<Tier>& s) {
  s.summary("Limits of some users.");
  s.field("role", &Tier::role, "Who has this role.").needs("identity", "");
  s.field("user", &Tier::user, "Who is this user.").needs("identity", "");
  s.field("unlimited", &Tier::unlimited, "They are not counted.");
  describe_set(s);
  s.rule("a tier is for a role or for a user; write one of `role` and `user`",
         [](const Tier& it) { return it.role.empty() != it.user.empty(); });
  s.rule("a tier has limits, or none by `unlimited: true`; write one of them",
         [](const Tier& it) { return it.says() != it.unlimited; });
}

void Group::describe(Schema<Group>& s) {
  s.summary("Limits that several places share, with their buckets.");
  describe_counting(s, [](Field) {});
  s.rule("a group needs limits; write `limit` or `limits`",
         [](const Group& it) { return it.says(); });
}

void Config::describe(Schema<Config>& s) {
  s.summary("Limits how much a client may ask for.");
  describe_shared(s, [](Field) {});
  s.field("groups", &Config::groups, "Limits by name, for places that share them.")
      .max(1000)
      .check_keys(fault_of_name)
      .example("{logins: {limit: 5, per: 15m}}");
  s.field("store", &Config::store,
          "Where buckets are: `memory`, or a name of `redis`, for all nodes that ask it.")
      .min(1)
      .example("shared");
  s.field("key_prefix", &Config::key_prefix, "Begins every key in Redis.")
      .max(64)
      .check(fault_of_prefix);
  s.field("max_keys", &Config::max_keys,
          "Buckets kept in memory, 44 bytes each; the idlest are forgotten first. A reload that "
          "changes it begins with empty ones.")
      .min(static_cast<double>(BucketTable::LeastKeys))
      .max(static_cast<double>(BucketTable::MostKeys));
  s.field("show_keys", &Config::show_keys,
          "/status shows whose buckets are refused most, not only a hash of it.");
}

void Use::describe(Schema<Use>& s) {
  s.summary("Limits the requests that pass here. Without limits or a group, the plugin's hold.");
  describe_shared(s, [](Field field) { field.inherit(); });
  s.field("group", &Use::group, "The limits of this group of the plugin's, and its buckets.")
      .example("logins");
  s.field("cost", &Use::cost, "Units that a request takes here.").min(1).max(MostLimit);
  s.rule("a `group` brings its own limits; remove `limit` and `limits`",
         [](const Use& it) { return it.group.empty() || !it.says(); });
}

}  // namespace portico::ratelimit
