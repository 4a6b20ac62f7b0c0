#include "web/pages.h"

#include "api/openapi.h"
#include "api/operation.h"

namespace gw::web {
namespace {

constexpr std::pair<const char*, const char*> kDress[] = {
    {"Strict-Transport-Security", "max-age=63072000"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

https::Answer text_page(unsigned status, std::string words) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(words)};
}

}  // namespace

void dress(https::Answer& answer) {
  for (const auto& [name, value] : kDress) answer.headers.emplace_back(name, value);
}

std::optional<https::Answer> page_at(std::string_view path, std::string_view query, bool has_controld) {
  if (path == "/livez") return text_page(200, "ok\n");
  if (path == "/readyz") {
    std::string words = has_controld ? "ok\n" : "not ready\n";
    if (query == "verbose") words.insert(0, has_controld ? "[+]controld ok\n" : "[-]controld is away\n");
    return text_page(has_controld ? 200 : 503, std::move(words));
  }
  if (path != std::string(api::kRoot) + "/openapi.json") return std::nullopt;
  static const std::string document = api::openapi_text();
  return https::Answer{200, {{"Content-Type", "application/json"}}, document};
}

}  // namespace gw::web
