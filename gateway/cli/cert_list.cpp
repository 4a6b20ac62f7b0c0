#include "cli/cert_text.h"
#include "cli/commands.h"
#include "cli/configuration_file.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/texts.h"
#include "model/certificate_places.h"

namespace gw::cli {
namespace {

/// A certificate and where the configuration has it.
struct Placed {
  model::CertificatePlace at;
  Text place;
  std::string file;
  pki::Description description;

  std::string tenant(Language language) const {
    return at.tenant.empty() ? said(language, Text::place_box) : at.tenant;
  }
  std::string where(Language language) const { return said(language, place, {at.service}); }
};

/// What a place is called, for the box's own certificates and for those it believes.
struct PlaceRow {
  model::Facing facing;
  Text shown, trusted;
};
constexpr PlaceRow kPlaces[] = {
    {model::Facing::terminals, Text::place_down, Text::place_terminals},
    {model::Facing::cloud, Text::place_up, Text::place_cloud},
    {model::Facing::enrolment, Text::place_enrolment, Text::place_est},
    {model::Facing::administrators, Text::place_management, Text::place_administrators},
};
const PlaceRow& row_of(model::Facing facing) { return kPlaces[static_cast<std::size_t>(facing)]; }

/// All certificates of a configuration; false inside once one cannot be read, which the box would refuse.
struct Inventory {
  std::vector<Placed> all{};
  bool complete = true;

  void add(const model::CertificatePlace& at, Text place, const std::string& file, const std::string& pem) {
    const auto certificates = pki::read_certificates(pem);
    if (!certificates) {
      complete = false;
      return complain(file + ": " + certificates.error().detail);
    }
    for (const pki::X509Ptr& certificate : *certificates)
      all.push_back({at, place, file, pki::describe(certificate.get())});
  }
};

Inventory certificates_of(const model::Configuration& configuration) {
  const model::CertificatePlaces places = model::certificate_places_of(configuration);
  Inventory found;
  for (const model::ShownPlace& place : places.shown)
    if (place.credential->is_there())
      found.add(place, row_of(place.facing).shown, place.credential->certificate_file,
                place.credential->chain_pem);
  for (const model::TrustPlace& place : places.trusted)
    for (const model::TrustAnchors& each : model::anchors_of(place))
      found.add(place, row_of(place.facing).trusted, each.file, each.pem);
  return found;
}

/// "the alarm step of 30 days is reached".
std::string step_text(const pki::Life& life, model::CivilSeconds now, Language language) {
  const auto step = life.step(now);
  if (!step) return said(language, Text::step_renew);
  if (*step == 0) return said(language, Text::step_ended);
  return said(language, *step == 1 ? Text::step_day : Text::step_days, static_cast<std::uint64_t>(*step));
}

std::string to_text(const Placed& one, model::CivilSeconds now, Language language) {
  return one.tenant(language) + ": " + one.where(language) + ": " + one.file + "\n  " +
         one.description.subject + ", " + life_text(one.description.life, now, language) + "\n";
}

std::string to_json(const Placed& one, model::CivilSeconds now) {
  JsonObject json;
  json.text("tenant", one.at.tenant).text("place", one.where(Language::english)).text("file", one.file);
  if (const auto step = one.description.life.step(now))
    json.number("step", static_cast<std::uint64_t>(*step));
  return json.raw("certificate", cli::to_json(one.description, now)).take();
}

/// The certificates of the configuration that was named, or of the box's own.
std::optional<std::vector<Placed>> asked_for(const Call& call, int& code) {
  const std::string path = call.files.empty() ? std::string(kDefaultConfiguration) : call.files[0];
  const auto configuration = usable(path, call.language, code);
  if (!configuration) return std::nullopt;
  Inventory found = certificates_of(*configuration);
  code = found.complete ? kOk : kFailed;
  return std::move(found.all);
}

void print_json(const std::vector<Placed>& all, model::CivilSeconds now) {
  std::vector<std::string> items;
  for (const Placed& one : all) items.push_back(to_json(one, now));
  print(json_list(items) + "\n");
}

}  // namespace

int cert_list(const Call& call) {
  int code = kOk;
  const auto all = asked_for(call, code);
  if (!all) return code;
  const model::CivilSeconds now = civil_now();
  if (call.format == Format::json)
    print_json(*all, now);
  else
    for (const Placed& one : *all) print(to_text(one, now, call.language));
  return code;
}

int cert_expiry(const Call& call) {
  int code = kOk;
  auto all = asked_for(call, code);
  if (!all) return code;
  const model::CivilSeconds now = civil_now();
  std::erase_if(*all, [&](const Placed& one) { return !one.description.life.is_due(now); });
  if (call.format == Format::json) {
    print_json(*all, now);
  } else {
    for (const Placed& one : *all)
      print(to_text(one, now, call.language) + "  " + step_text(one.description.life, now, call.language) +
            "\n");
    if (all->empty()) print(said(call.language, Text::cert_none_due));
  }
  return all->empty() ? code : kFailed;
}

}  // namespace gw::cli
