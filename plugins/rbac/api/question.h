// SPDX-License-Identifier: Apache-2.0
// A question of a body: may this user do this, to that, there?
#pragma once

#include "api/free_json.h"
#include "condition/attributes.h"
#include "store/time.h"
#include <portico/schema.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::rbac {

struct ResourceBody {
  std::string type;
  std::string id;
  FreeJson attrs;

  static void describe(Schema<ResourceBody>& s);
};

struct QuestionBody {
  std::optional<std::string> subject;
  std::string action;
  ResourceBody resource;
  std::string scope = "*";
  FreeJson context;
  FreeJson claims;
  std::optional<std::string> at;

  static void describe(Schema<QuestionBody>& s);
  /// Its fields, also of a body that has more.
  template <class Body>
  static void describe_fields(Schema<Body>& s);
};

template <class Body>
void QuestionBody::describe_fields(Schema<Body>& s) {
  s.field("subject", &Body::subject, "The user's id; the caller's where there is none.").max(200);
  s.field("action", &Body::action,
          "A permission, `orders:read`; or its last part where `resource.type` is the first.")
      .required();
  s.field("resource", &Body::resource, "To what.");
  s.field("scope", &Body::scope, "Where; `*` for what is in no scope.");
  s.field("context", &Body::context, "What conditions read of the circumstances.");
  s.field("claims", &Body::claims, "What they read of the user: subject.claims.");
  s.field("at", &Body::at, "When, in RFC 3339; now where nothing is said.");
}

/// The attributes that a body gives. Reads what FreeFields keeps.
class BodyAttributes final : public Attributes {
 public:
  struct Given {
    std::string_view subject;
    std::string_view type;
    std::string_view id;
    const rapidjson::Value* claims = nullptr;
    const rapidjson::Value* attrs = nullptr;
    const rapidjson::Value* context = nullptr;
    Time now{0};
  };
  explicit BodyAttributes(const Given& given) noexcept : given_(given) {}

  [[nodiscard]] Value find(const Attribute& attribute) const noexcept override;
  [[nodiscard]] Time time() const noexcept override { return given_.now; }

 private:
  const Given given_;
};

/// A question that was checked. Stays where it is made; body and free fields outlive it.
class Asked {
 public:
  /// Of the user who asks and now, where the body says nothing else. `where` is the JSON pointer of
  /// the question. Throws Refusal, 422, and 413 for more attributes than anybody needs.
  Asked(const QuestionBody& body, const FreeFields& free, const std::string& where,
        std::string_view asker, Time now);
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  [[nodiscard]] const std::string& subject() const noexcept { return subject_; }
  [[nodiscard]] const std::string& permission() const noexcept { return permission_; }
  [[nodiscard]] const std::string& scope() const noexcept { return scope_; }
  /// "orders:17"; empty where none is named.
  [[nodiscard]] const std::string& resource() const noexcept { return resource_; }
  [[nodiscard]] Time at() const noexcept { return at_; }
  [[nodiscard]] const Attributes& attributes() const noexcept { return attributes_; }

 private:
  const std::string subject_;
  const std::string permission_;
  const std::string scope_;
  const std::string resource_;
  const Time at_;
  const BodyAttributes attributes_;
};

}  // namespace portico::rbac
