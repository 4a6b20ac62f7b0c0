// Support files: what the box collects for its vendor, without anybody's name (control/bundle_office.h).

#include "base/json.h"
#include "base/text.h"
#include "control/order_office.h"
#include "control/web_handlers.h"

namespace gw::control::web {
namespace {

constexpr std::uint64_t kUsualHours = 24;
constexpr std::size_t kMostShown = 128u << 10;  // octets of a file at once

CivilTime time_of(std::chrono::seconds since_1970) { return CivilTime(since_1970); }

std::string file_json(std::string_view name, std::string_view state, std::uint64_t size,
                      const std::string& problem) {
  JsonObject out;
  out.text("file", name).text("state", state).number("size", size);
  if (!problem.empty()) out.text("problem", problem);
  return out.take();
}

std::string_view to_string(Collection::State state) {
  constexpr std::string_view kWords[] = {"waiting", "under_way", "done", "failed"};
  return kWords[static_cast<std::size_t>(state)];
}

std::string json_of(const Collection& one) {
  std::vector<std::string> files;
  for (const Collection::File& file : one.files())
    files.push_back(file_json(file.name, to_string(file.state), file.text.size(), file.problem));
  return JsonObject()
      .number("bundle", one.number())
      .text("state", "collecting")
      .text("by", one.actor().name)
      .flag("strict", one.wish().strict)
      .number("hours", one.wish().hours)
      .raw("files", json_list(files))
      .take();
}

std::string json_of(const bundle::Head& one) {
  std::vector<std::string> files;
  for (const bundle::Piece& piece : one.pieces)
    files.push_back(
        file_json(piece.file, piece.problem.empty() ? "done" : "failed", piece.size, piece.problem));
  return JsonObject()
      .number("bundle", one.number)
      .text("state", "ready")
      .text("by", one.by)
      .flag("strict", one.strict)
      .number("hours", one.hours)
      .raw("files", json_list(files))
      .text("name", file_name_of(one))
      .text("made", time_text(time_of(one.made)))
      .text("until", time_text(time_of(one.made + bundle::Shelf::kKept)))
      .number("size", one.extent.size)
      .text("sha256", to_hex(one.extent.digest))
      .raw("recipients", json_texts(one.recipients))
      .take();
}

std::string json_of(const BundleOffice::Failed& one) {
  return JsonObject()
      .number("bundle", one.number)
      .text("state", "failed")
      .text("by", one.by)
      .raw("files", "[]")
      .text("problem", gw::to_string(one.why.code))
      .take();
}

/// The next octets that are whole characters.
std::string_view piece_of(std::string_view text, std::size_t from) {
  text.remove_prefix(std::min(from, text.size()));
  std::size_t size = std::min(text.size(), kMostShown);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

}  // namespace

Result<WebAnswer> bundles_list(const WebAsk&, const WebAround& around) {
  GW_TRY(const auto ready, around.bundles.ready());
  std::vector<std::string> bundles, recipients;
  for (const bundle::Head& one : ready) bundles.push_back(json_of(one));
  if (const auto& failed = around.bundles.failed()) bundles.push_back(json_of(*failed));
  if (const Collection* collecting = around.bundles.collecting()) bundles.push_back(json_of(*collecting));
  for (const backup::Recipient& one : around.backups.recipients()) recipients.push_back(one.name());
  return WebAnswer{.json = JsonObject()
                               .raw("bundles", json_list(bundles))
                               .raw("scopes", json_texts(bundle_scopes()))
                               .raw("recipients", json_texts(recipients))
                               .take()};
}

Result<WebAnswer> bundles_make(const WebAsk& ask, const WebAround& around) {
  Wish wish{ask.items(0), static_cast<std::uint32_t>(ask.number(1, kUsualHours)), ask.number(2, 0) != 0};
  if (ask.has(3)) GW_TRY(around.orders.may_consent(ask.actor, ask.text(3), ask.told));
  GW_TRY(const std::uint64_t number, around.bundles.want(ask.actor, std::move(wish), around, ask.told));
  if (ask.has(3)) GW_TRY(around.orders.consent(ask.actor, ask.text(3), number));
  return WebAnswer{.json = JsonObject().number("bundle", number).take()};
}

/// As it is in the support file, a piece at a time.
Result<WebAnswer> bundles_file(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const std::string text, around.bundles.file(ask.number(0, 0), ask.text(1)));
  const std::uint64_t from = ask.number(2, 0);
  const std::string_view piece = piece_of(text, from);
  JsonObject out;
  out.text("file", ask.text(1)).text("text", piece);
  if (from + piece.size() < text.size()) out.number("next", from + piece.size());
  return WebAnswer{.json = out.take()};
}

/// What is never in one: whoever may see people's names sees what stands for them.
Result<WebAnswer> bundles_pseudonyms(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const bundle::Head head, around.bundles.find(ask.number(0, 0)));
  std::vector<std::string> rows;
  for (const bundle::Meaning& one : head.meanings)
    rows.push_back(JsonObject().text("pseudonym", one.pseudonym).text("name", one.name).take());
  return WebAnswer{.json = JsonObject().raw("pseudonyms", json_list(rows)).take()};
}

Result<WebAnswer> bundles_download(const WebAsk& ask, const WebAround& around) {
  GW_TRY(auto taken, around.bundles.take_along(ask.actor, ask.number(0, 0), ask.told));
  WebAnswer answer;
  answer.octets = std::move(taken);
  return answer;
}

Result<WebAnswer> bundles_remove(const WebAsk& ask, const WebAround& around) {
  return nothing(around.bundles.remove(ask.actor, ask.number(0, 0), ask.told));
}

}  // namespace gw::control::web
