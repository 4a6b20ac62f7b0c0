// sekisho cert rollover: what to write while one authority gives way to the next, so that nobody is shut out
// on the day (CRT-05).

#include <algorithm>
#include <chrono>

#include "cli/cert_text.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/configuration_file.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "pki/rollover.h"

namespace gw::cli {
namespace {

/// A place of the configuration where the old authority is trusted.
struct Place {
  std::string tenant;
  std::string key;    ///< as the configuration calls it
  Text side;          ///< whose certificates it vouches for ...
  std::string whose;  ///< ... by name
  std::string file;
  bool has_new = false;  ///< the next one is trusted there already

  std::string who(Language language) const { return said(language, side, {whose}); }
};

struct Authority {
  std::string file;
  pki::Sha256 fingerprint{};
  pki::Description description;
};

std::optional<Authority> authority_in(const std::string& path, Language language, int& code) {
  code = kInputMissing;
  const auto text = read_text(path);
  if (!text) return std::nullopt;
  code = kFailed;
  const auto certificates = pki::read_certificates(*text);
  if (!certificates || certificates->size() != 1) {
    complain(said(language, Text::rollover_one, {path}));
    return std::nullopt;
  }
  const X509* certificate = certificates->front().get();
  Authority authority{path, pki::fingerprint_of(certificate), pki::describe(certificate)};
  const auto& roles = authority.description.roles;
  if (std::find(roles.begin(), roles.end(), "an authority") == roles.end()) {
    complain(said(language, Text::rollover_no_ca, {path}));
    return std::nullopt;
  }
  code = kOk;
  return authority;
}

bool holds(const std::string& pem, const pki::Sha256& fingerprint) {
  const auto certificates = pki::read_certificates(pem);
  return certificates &&
         std::any_of(certificates->begin(), certificates->end(),
                     [&](const pki::X509Ptr& one) { return pki::fingerprint_of(one.get()) == fingerprint; });
}

/// The place if the old authority is trusted there.
void look(std::vector<Place>& places, Place place, const std::vector<model::TrustAnchors>& anchors,
          const Authority& old, const Authority& next) {
  bool found = false;
  for (const model::TrustAnchors& each : anchors) {
    if (holds(each.pem, next.fingerprint)) place.has_new = true;
    if (!holds(each.pem, old.fingerprint)) continue;
    found = true;
    place.file = each.file;
  }
  if (found) places.push_back(std::move(place));
}

std::vector<Place> places_in(const model::Configuration& configuration, const Authority& old,
                             const Authority& next) {
  std::vector<Place> places;
  for (const model::Tenant& tenant : configuration.tenants) {
    look(places, {tenant.name, "terminal_anchors", Text::rollover_terminals, tenant.name, {}},
         tenant.terminal_anchors, old, next);
    for (const model::Service& service : tenant.services)
      look(places, {tenant.name, "anchors", Text::rollover_cloud, tenant.name + "/" + service.name, {}},
           service.upstream.anchors, old, next);
  }
  return places;
}

/// "2027-12-30T00:00:00Z".
std::string moment_text(model::CivilSeconds when) {
  const std::chrono::hh_mm_ss clock(when - std::chrono::floor<std::chrono::days>(when));
  const auto two = [](auto part) {
    const std::string digits = std::to_string(part.count());
    return digits.size() < 2 ? "0" + digits : digits;
  };
  return day_text(when) + "T" + two(clock.hours()) + ":" + two(clock.minutes()) + ":" + two(clock.seconds()) +
         "Z";
}

std::string advice_for(const Place& place, const Authority& old, const Authority& next, Language language) {
  std::string out = place.who(language) + ": " + place.tenant + ", `" + place.key + "`\n";
  if (place.has_new) return out + said(language, Text::rollover_both);
  return out + "  " + padded(said(language, Text::rollover_write), 8) + place.key +
         ":\n            - {file: " + place.file + ", until: " + moment_text(old.description.life.ends) +
         "}\n            - {file: " + next.file + "}\n";
}

std::string place_json(const Place& place) {
  return JsonObject()
      .text("tenant", place.tenant)
      .text("key", place.key)
      .text("side", place.who(Language::english))
      .text("file", place.file)
      .flag("both_trusted", place.has_new)
      .take();
}

void tell(const Call& call, const std::vector<Place>& places, const Authority& old, const Authority& next) {
  if (call.format == Format::json) {
    std::vector<std::string> items;
    for (const Place& place : places) items.push_back(place_json(place));
    return print(JsonObject()
                     .number("old_ends", static_cast<std::uint64_t>(old.description.life.ends.count()))
                     .number("new_begins", static_cast<std::uint64_t>(next.description.life.begins.count()))
                     .raw("places", json_list(items))
                     .take() +
                 "\n");
  }
  const model::CivilSeconds now = civil_now();
  const Language language = call.language;
  print(said(language, Text::rollover_heads,
             {old.description.subject, life_text(old.description.life, now, language),
              next.description.subject, life_text(next.description.life, now, language)}));
  for (const Place& place : places) print(advice_for(place, old, next, language));
  print(said(language, places.empty() ? Text::rollover_nowhere : Text::rollover_then));
}

/// What would shut somebody out; empty if nothing does.
std::string danger(const Authority& old, const Authority& next, Language language) {
  if (old.fingerprint == next.fingerprint) return said(language, Text::rollover_same);
  const auto fault = pki::rollover_fault(old.description.life, next.description.life);
  if (!fault) return {};
  if (*fault == pki::RolloverFault::shorter) return said(language, Text::rollover_shorter);
  return said(language, Text::rollover_gap, {day_text(next.description.life.begins)});
}

}  // namespace

int cert_rollover(const Call& call) {
  int code = kOk;
  const auto old = authority_in(call.files[0], call.language, code);
  if (!old) return code;
  const auto next = authority_in(call.files[1], call.language, code);
  if (!next) return code;
  if (const std::string complaint = danger(*old, *next, call.language); !complaint.empty()) {
    complain(complaint);
    return kFailed;
  }
  const std::string path = call.files.size() > 2 ? call.files[2] : std::string(kDefaultConfiguration);
  const auto configuration = usable(path, call.language, code);
  if (!configuration) return code;
  tell(call, places_in(*configuration, *old, *next), *old, *next);
  return kOk;
}

}  // namespace gw::cli
