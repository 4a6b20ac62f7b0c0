#include "api/schema_text.h"

#include "accounts/role.h"
#include "api/value.h"
#include "base/json.h"

namespace gw::api {
namespace {

std::vector<std::string> roles() {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < accounts::kRoles; ++i)
    out.emplace_back(accounts::to_string(static_cast<accounts::Role>(i)));
  return out;
}

JsonObject text_schema(const Parameter& parameter) {
  JsonObject out;
  out.text("type", "string").number("minLength", parameter.low).number("maxLength", parameter.high);
  return out;
}

std::string bounded_text(std::uint64_t most) {
  return JsonObject().text("type", "string").number("minLength", 1).number("maxLength", most).take();
}

std::string type_only(std::string_view type) { return JsonObject().text("type", type).take(); }
std::string time_schema() { return JsonObject().text("type", "string").text("format", "date-time").take(); }

std::string list_of(const std::string& items) {
  return JsonObject().text("type", "array").raw("items", items).take();
}

std::string schema_of(const Member& member) {
  switch (member.type) {
    case MemberType::text:
      return type_only("string");
    case MemberType::secret:
      return JsonObject().text("type", "string").text("format", "password").take();
    case MemberType::number:
      return JsonObject().text("type", "integer").number("minimum", 0).take();
    case MemberType::flag:
      return type_only("boolean");
    case MemberType::time:
      return time_schema();
    case MemberType::texts:
      return list_of(type_only("string"));
    case MemberType::list:
      return list_of(reference_to(member.of));
    case MemberType::any:
      return "true";
  }
  return "false";
}

}  // namespace

std::string reference_to(AnswerId answer) {
  return JsonObject().text("$ref", "#/components/schemas/" + std::string(to_string(answer))).take();
}

std::string schema_of(const Parameter& parameter) {
  switch (parameter.type) {
    case Type::text:
      return text_schema(parameter).take();
    case Type::secret:
      return text_schema(parameter).text("format", "password").flag("writeOnly", true).take();
    case Type::name:
      return text_schema(parameter).text("pattern", "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$").take();
    case Type::number:
      return JsonObject()
          .text("type", "integer")
          .number("minimum", parameter.low)
          .number("maximum", parameter.high)
          .take();
    case Type::flag:
      return type_only("boolean");
    case Type::time:
      return time_schema();
    case Type::digest:
      return JsonObject().text("type", "string").text("pattern", "^[0-9A-Fa-f]{64}$").take();
    case Type::document:
      return text_schema(parameter).take();
    case Type::texts:
      return JsonObject()
          .text("type", "array")
          .number("minItems", parameter.low)
          .number("maxItems", parameter.high)
          .raw("items", bounded_text(kMostTextItem))
          .take();
    case Type::files:
      return JsonObject()
          .text("type", "object")
          .number("minProperties", parameter.low)
          .number("maxProperties", parameter.high)
          .raw("propertyNames", bounded_text(kMostPath))
          .raw("additionalProperties", bounded_text(kMostFile))
          .take();
    case Type::role:
      return JsonObject().text("type", "string").raw("enum", json_texts(roles())).take();
  }
  return "false";
}

std::string schema_of(AnswerId answer) {
  if (answer == AnswerId::Octets) return JsonObject().text("type", "string").text("format", "binary").take();
  JsonObject properties;
  std::vector<std::string> required;
  bool is_open = false;
  for (const Member& member : members_of(answer)) {
    is_open = is_open || member.type == MemberType::any;
    if (member.type == MemberType::any) continue;
    properties.raw(member.name, schema_of(member));
    if (member.need == MemberNeed::always) required.emplace_back(member.name);
  }
  return JsonObject()
      .text("type", "object")
      .raw("properties", properties.take())
      .raw("required", json_texts(required))
      .flag("additionalProperties", is_open)
      .take();
}

}  // namespace gw::api
