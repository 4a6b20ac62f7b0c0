#include "api/openapi.h"

#include <algorithm>

#include "api/schema_text.h"
#include "base/json.h"
#include "base/text.h"

namespace gw::api {
namespace {

constexpr std::string_view kPlaceNames[] = {"path", "query"};
constexpr const char* kProblemType = "application/problem+json";

std::string_view type_of(AnswerId answer) {
  return answer == AnswerId::Octets ? "application/octet-stream" : "application/json";
}

std::string header_parameter(std::string_view name, std::string_view why, bool is_required) {
  return JsonObject()
      .text("name", name)
      .text("in", "header")
      .text("description", why)
      .flag("required", is_required)
      .raw("schema", JsonObject().text("type", "string").take())
      .take();
}

std::string parameters_text(const Operation& row) {
  std::vector<std::string> out;
  for (const Parameter& parameter : parameters_of(row.id)) {
    if (parameter.place == Place::body) continue;
    out.push_back(JsonObject()
                      .text("name", parameter.name)
                      .text("in", kPlaceNames[static_cast<std::size_t>(parameter.place)])
                      .flag("required", parameter.need == Need::required)
                      .raw("schema", schema_of(parameter))
                      .take());
  }
  if (row.access.kind != Access::Kind::anyone && row.method != Method::GET)
    out.push_back(header_parameter("X-CSRF-Token", "as the session has it", true));
  if (row.repeats == Repeats::once)
    out.push_back(header_parameter("Idempotency-Key", "the same key and body get the same answer", false));
  return json_list(out);
}

std::string content(std::string_view type, const std::string& schema) {
  return JsonObject().raw(type, JsonObject().raw("schema", schema).take()).take();
}

/// Empty: it takes none.
std::string body_text(const Operation& row) {
  JsonObject properties;
  std::vector<std::string> required;
  bool has_any = false;
  for (const Parameter& parameter : parameters_of(row.id)) {
    if (parameter.place != Place::body) continue;
    has_any = true;
    properties.raw(parameter.name, schema_of(parameter));
    if (parameter.need == Need::required) required.emplace_back(parameter.name);
  }
  if (!has_any) return {};
  const std::string schema = JsonObject()
                                 .text("type", "object")
                                 .raw("properties", properties.take())
                                 .raw("required", json_texts(required))
                                 .flag("additionalProperties", false)
                                 .take();
  return JsonObject()
      .flag("required", !required.empty())
      .raw("content", content("application/json", schema))
      .take();
}

std::string problem_text() {
  return JsonObject()
      .text("description", "It is not; the problem says why.")
      .raw("content", content(kProblemType, reference_to(AnswerId::Problem)))
      .take();
}

std::string responses_text(const Operation& row) {
  JsonObject good;
  good.text("description", "It is done.");
  if (row.answer != AnswerId::Nothing)
    good.raw("content", content(type_of(row.answer), reference_to(row.answer)));
  return JsonObject().raw(std::to_string(row.status), good.take()).raw("default", problem_text()).take();
}

std::string access_text(const Access& access) {
  if (access.kind == Access::Kind::anyone) return json_texts({"anyone"});
  if (access.kind == Access::Kind::session) return json_texts({"session"});
  std::vector<std::string> out{std::string(accounts::to_string(access.right))};
  if (access.other != access.right) out.emplace_back(accounts::to_string(access.other));
  return json_texts(out);
}

std::string roles_text(const Access& access) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < accounts::kRoles; ++i)
    if (access.lets(static_cast<accounts::Role>(i)))
      out.emplace_back(accounts::to_string(static_cast<accounts::Role>(i)));
  return json_texts(out);
}

std::string operation_text(const Operation& row) {
  JsonObject out;
  out.text("operationId", row.name).text("summary", row.summary);
  if (row.access.kind == Access::Kind::anyone) out.raw("security", "[]");
  out.raw("x-access", access_text(row.access)).raw("x-roles", roles_text(row.access));
  out.raw("parameters", parameters_text(row));
  if (const std::string body = body_text(row); !body.empty()) out.raw("requestBody", body);
  return out.raw("responses", responses_text(row)).take();
}

/// All methods of a path stand at its first row.
std::string path_text(std::string_view path) {
  JsonObject out;
  for (const Operation& row : operations())
    if (row.path == path) out.raw(to_lower(to_string(row.method)), "\n" + operation_text(row));
  return out.take();
}

std::string texts_schema(const std::vector<std::string>& texts) {
  return JsonObject().text("type", "string").raw("enum", json_texts(texts)).take();
}

std::string number_schema(std::uint64_t low, std::uint64_t high) {
  return JsonObject().text("type", "integer").number("minimum", low).number("maximum", high).take();
}

std::string object_schema(std::string_view properties, const std::vector<std::string>& required) {
  return JsonObject()
      .text("type", "object")
      .raw("properties", properties)
      .raw("required", json_texts(required))
      .flag("additionalProperties", false)
      .take();
}

/// What a page says on its WebSocket.
std::string orders_schema() {
  std::vector<std::string> watchable;
  for (const Operation& row : operations())
    if (may_be_watched(row)) watchable.emplace_back(row.name);
  const std::string values = JsonObject()
                                 .text("type", "object")
                                 .text("description", "as the operation takes them in path and query")
                                 .take();
  const std::string watch = JsonObject()
                                .raw("watch", texts_schema(watchable))
                                .raw("values", values)
                                .raw("every", number_schema(1, 60))
                                .take();
  const std::string unwatch = JsonObject().raw("unwatch", number_schema(1, UINT32_MAX)).take();
  const std::string either =
      json_list({object_schema(watch, {"watch"}), object_schema(unwatch, {"unwatch"})});
  return JsonObject().raw("oneOf", either).take();
}

/// What it hears. Orders to watch are numbered from one on, in their order.
std::string news_schema() {
  const std::string number = number_schema(1, UINT32_MAX), problem = reference_to(AnswerId::Problem);
  const std::string answer = JsonObject().raw("watch", number).raw("answer", "true").take();
  const std::string refused = JsonObject().raw("watch", number).raw("problem", problem).take();
  const std::string ended = JsonObject().raw("problem", problem).take();
  const std::string each =
      json_list({object_schema(answer, {"watch", "answer"}), object_schema(refused, {"watch", "problem"}),
                 object_schema(ended, {"problem"})});
  return JsonObject().raw("oneOf", each).take();
}

/// webd's own, so no row of the table: a WebSocket (RFC 6455).
std::string live_text() {
  const Access any_session{Access::Kind::session};
  const std::string said = JsonObject().raw("client", orders_schema()).raw("server", news_schema()).take();
  const std::string responses =
      JsonObject()
          .raw("101",
               JsonObject().text("description", "Texts of JSON follow, both ways; x-websocket.").take())
          .raw("default", problem_text())
          .take();
  const std::string get =
      JsonObject()
          .text("operationId", "live.open")
          .text("summary",
                "Open a WebSocket by which GETs are asked over and over, and what has changed is told")
          .raw("x-access", access_text(any_session))
          .raw("x-roles", roles_text(any_session))
          .raw("parameters", "[]")
          .raw("x-websocket", said)
          .raw("responses", responses)
          .take();
  return JsonObject().raw("get", "\n" + get).take();
}

std::string paths_text() {
  JsonObject out;
  for (const Operation& row : operations()) {
    const auto first = std::ranges::find(operations(), row.path, &Operation::path);
    if (first->id == row.id) out.raw(row.path, path_text(row.path));
  }
  out.raw(kLivePath, live_text());
  return out.take();
}

std::string components_text() {
  JsonObject schemas;
  for (std::size_t i = 1; i < kAnswers; ++i)
    schemas.raw(to_string(static_cast<AnswerId>(i)), "\n" + schema_of(static_cast<AnswerId>(i)));
  const std::string cookie =
      JsonObject().text("type", "apiKey").text("in", "cookie").text("name", "__Host-sekisho").take();
  return JsonObject()
      .raw("schemas", schemas.take())
      .raw("securitySchemes", JsonObject().raw("session", cookie).take())
      .take();
}

}  // namespace

std::string openapi_text() {
  const std::string info = JsonObject().text("title", "Sekisho").text("version", "1").take();
  const std::string server = JsonObject().text("url", kRoot).take();
  const std::string session = JsonObject().raw("session", "[]").take();
  return JsonObject()
             .text("openapi", "3.1.0")
             .raw("info", info)
             .raw("servers", json_list({server}))
             .raw("security", json_list({session}))
             .raw("paths", paths_text())
             .raw("components", components_text())
             .take() +
         "\n";
}

}  // namespace gw::api
