// The first octet picks an operation, the rest is a body of JSON, or a query. What comes out as values keeps
// the operation's contract, and whatever else is refused keeps to the forms of a problem.

#include <cstdint>
#include <cstdlib>

#include "web/cookie.h"
#include "web/flat_object.h"
#include "web/own_names.h"
#include "web/question.h"

namespace web = gw::web;
namespace api = gw::api;

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

void judge(const web::Route& route, const web::Written& written) {
  const auto read = web::read_values(route, written);
  if (const auto* values = std::get_if<api::TypedValues>(&read)) {
    expect(!api::check(route.operation, *values));
    return;
  }
  const web::Problem& problem = std::get<web::Problem>(read);
  for (const auto language : {gw::Language::japanese, gw::Language::english})
    expect(web::answer_of(problem, language).status >= 400);
  expect(problem.pointer.size() < 128);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const api::Operation& row = api::operations()[data[0] % api::kOperations];
  const std::string_view text = gw::as_text(gw::Bytes(data, size).subspan(1));
  web::Route route{row.id, {}};
  for (const api::Parameter& parameter : api::parameters_of(row.id))
    if (parameter.place == api::Place::path) route.path_values.emplace_back(text.substr(0, 64));
  judge(route, {{}, "application/json", text});
  judge(route, {text, {}, {}});
  static_cast<void>(web::find_route("GET", text));
  static_cast<void>(web::preferred(text));
  const std::string token = web::token_in(text);
  if (!token.empty()) expect(web::token_in(web::cookie_of(token).substr(0, token.size() + 15)) == token);
  const web::OwnNames names({"box.example"}, {{}, 443});
  if (names.has_origin(text)) expect(text.size() < 64);
  return 0;
}
