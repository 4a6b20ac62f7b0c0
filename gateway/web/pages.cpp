#include "web/pages.h"

#include <algorithm>

#include "api/openapi.h"
#include "api/operation.h"
#include "web/ui_files.h"

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

/// Of a page: its own scripts, styles and pictures, and its own API; nothing inline, nothing from elsewhere.
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'";
constexpr const char* kForAYear = "public, max-age=31536000, immutable";

https::Answer text_page(unsigned status, std::string words) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(words)};
}

/// Whoever has it already is told so alone. What may change under its name is kept by nobody.
https::Answer answer_with(const UiFile& file, std::string_view if_none_match) {
  https::Answer answer{.status = 200, .headers = {{"Content-Security-Policy", kPagePolicy}}, .body = {}};
  answer.headers.emplace_back("ETag", file.etag);
  if (file.is_hashed) answer.headers.emplace_back("Cache-Control", kForAYear);
  if (if_none_match == file.etag) {
    answer.status = 304;
    return answer;
  }
  answer.headers.emplace_back("Content-Type", file.content_type);
  answer.headers.emplace_back("Content-Encoding", "gzip");
  answer.body.assign(file.octets.begin(), file.octets.end());
  return answer;
}

}  // namespace

void dress(https::Answer& answer) {
  for (const auto& [name, value] : kDress) {
    const auto is_it = [&](const auto& header) { return header.first == name; };
    if (std::ranges::none_of(answer.headers, is_it)) answer.headers.emplace_back(name, value);
  }
}

std::optional<https::Answer> ui_at(std::string_view path, std::string_view if_none_match) {
  const auto files = ui_files();
  const auto found = std::ranges::find(files, path, &UiFile::path);
  return found == files.end() ? std::nullopt : std::optional(answer_with(*found, if_none_match));
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
