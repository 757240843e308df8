// SPDX-License-Identifier: Apache-2.0
// A struct with a field of every kind, for the tests of the binder.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace portico::config {

using namespace std::chrono_literals;

enum class By : std::uint8_t { Client, User, Header };

struct Target {
  std::string host;
  std::uint16_t weight = 1;

  static void describe(Schema<Target>& s) {
    s.summary("Where requests go.");
    s.field("host", &Target::host, "Its name.").required();
    s.field("weight", &Target::weight, "Its share.").min(1).max(100);
    s.shorthand("host");
  }
};

struct Everything {
  bool on = false;
  std::int8_t small = 0;
  std::int64_t large = 0;
  std::uint64_t natural = 0;
  double share = 0;
  std::string name = "n";
  std::string form = "json";
  By by = By::Client;
  std::chrono::milliseconds per = 1min;
  std::chrono::duration<double> pause{0};
  Bytes size{1024};
  Cidr network;
  Url url;
  Origin origin;
  Secret secret;
  Template text;
  Target target;
  std::optional<std::uint16_t> port;
  std::vector<std::string> names{"default"};
  std::vector<Target> targets;
  std::map<std::string, std::string> headers;
  std::map<std::string, Target> pools;

  static void describe(Schema<Everything>& s) {
    s.field("on", &Everything::on, "A switch.");
    s.field("small", &Everything::small, "A small number.");
    s.field("large", &Everything::large, "A large number.");
    s.field("natural", &Everything::natural, "A large number without a sign.");
    s.field("share", &Everything::share, "A number.").min(0.01).max(1e6);
    s.field("name", &Everything::name, "A name.").min(1).max(5);
    s.field("form", &Everything::form, "One of two.").one_of({"json", "text"});
    s.field("by", &Everything::by, "Whose.")
        .names({{"client", By::Client}, {"user", By::User}, {"header", By::Header}})
        .needs("identity", "user");
    s.field("per", &Everything::per, "A window.").min(1s).max(1h);
    s.field("pause", &Everything::pause, "A pause.");
    s.field("size", &Everything::size, "An amount.").min(Bytes{512}).max(Bytes{1 << 20});
    s.field("network", &Everything::network, "A network.");
    s.field("url", &Everything::url, "A URL.");
    s.field("origin", &Everything::origin, "An origin.");
    s.field("secret", &Everything::secret, "A secret.").min(4);
    s.field("text", &Everything::text, "A template.");
    s.field("target", &Everything::target, "A struct.");
    s.field("port", &Everything::port, "Perhaps a port.").min(1);
    s.field("names", &Everything::names, "Names.").max(3);
    s.field("targets", &Everything::targets, "Structs.");
    s.field("headers", &Everything::headers, "Texts by name.").min(1).max(2);
    s.field("pools", &Everything::pools, "Structs by name.");
  }
};

}  // namespace portico::config
