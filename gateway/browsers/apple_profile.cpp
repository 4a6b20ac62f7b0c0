#include "browsers/apple_profile.h"

#include <algorithm>

#include "base/text.h"
#include "browsers/settings.h"

namespace gw::browsers {
namespace {

using model::ProxyDoor;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char sign : text) {
    if (sign == '&')
      out += "&amp;";
    else if (sign == '<')
      out += "&lt;";
    else
      out += sign;
  }
  return out;
}

// A property list is made of these.
std::string text(std::string_view value) { return "<string>" + escaped(value) + "</string>"; }
std::string number(int value) { return "<integer>" + std::to_string(value) + "</integer>"; }
std::string flag(bool value) { return value ? "<true/>" : "<false/>"; }
std::string array(const std::vector<std::string>& values) {
  std::string out = "<array>\n";
  for (const std::string& value : values) out += value + "\n";
  return out + "</array>";
}
std::string dictionary(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string out = "<dict>\n";
  for (const auto& [key, value] : entries) out += "<key>" + escaped(key) + "</key>" + value + "\n";
  return out + "</dict>";
}
std::string array_of_texts(const std::vector<std::string>& values) {
  std::vector<std::string> out;
  for (const std::string& value : values) out.push_back(text(value));
  return array(out);
}

/// FNV-1a: what is wanted is the same number for the same words and nothing else.
std::uint64_t digest(std::string_view words, std::uint64_t start) {
  for (const char sign : words) start = (start ^ static_cast<std::uint8_t>(sign)) * 0x100000001b3u;
  return start;
}

/// A UUID made of words (RFC 9562 5.8).
std::string uuid_of(std::string_view words) {
  std::uint8_t octets[16];
  std::uint64_t half = 0xcbf29ce484222325u;
  for (std::size_t i = 0; i < sizeof octets; ++i) {
    if (i % 8 == 0) half = digest(words, half);
    octets[i] = static_cast<std::uint8_t>(half >> (8 * (i % 8)));
  }
  octets[6] = static_cast<std::uint8_t>((octets[6] & 0x0f) | 0x80);
  octets[8] = static_cast<std::uint8_t>((octets[8] & 0x3f) | 0x80);
  const std::string hex = to_hex(octets);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

using Entries = std::vector<std::pair<std::string, std::string>>;

/// One part of a profile, or the whole of it. `name` tells it from others of the same clinic.
std::string payload(const std::string& type, const std::string& name, const std::string& shown,
                    Entries entries) {
  const std::string identifier = "sekisho.proxy." + name;
  entries.insert(entries.begin(), {{"PayloadType", text(type)},
                                   {"PayloadVersion", number(1)},
                                   {"PayloadIdentifier", text(identifier)},
                                   {"PayloadUUID", text(uuid_of(identifier))},
                                   {"PayloadDisplayName", text(shown)}});
  return dictionary(entries);
}

/// The names of the clouds behind each of the box's doors.
std::vector<std::string> relays(const std::vector<ProxyDoor>& doors) {
  std::vector<std::string> out, done;
  for (const ProxyDoor& door : doors) {
    if (std::ranges::find(done, door.box) != done.end()) continue;
    done.push_back(door.box);
    std::vector<std::string> names;
    for (const ProxyDoor& other : doors)
      if (other.box == door.box) names.push_back(other.cloud_name);
    const std::string relay = dictionary({{"HTTP2RelayURL", text("https://" + door.box + "/")},
                                          {"PayloadCertificateUUID", text(uuid_of("terminal"))}});
    out.push_back(payload("com.apple.relay.managed", "relay." + door.box, "Sekisho " + door.box,
                          {{"Relays", array({relay})}, {"MatchDomains", array_of_texts(names)}}));
  }
  return out;
}

std::string chromium(const std::string& type, const std::vector<ProxyDoor>& doors, std::string_view pac_url) {
  const std::string proxy = dictionary({{"ProxyMode", text("pac_script")},
                                        {"ProxyPacUrl", text(location_of(doors, pac_url))},
                                        {"ProxyPacMandatory", flag(true)}});
  return payload(type, type, "Sekisho " + type,
                 {{"AutoSelectCertificateForUrls", array_of_texts(shown_where(doors))},
                  {"EncryptedClientHelloEnabled", flag(false)},
                  {"ProxySettings", proxy},
                  {"QuicAllowed", flag(false)}});
}

std::string profile(const std::vector<ProxyDoor>& doors, const std::vector<std::string>& parts) {
  const std::string whole = payload("Configuration", doors.front().box, "Sekisho",
                                    {{"PayloadScope", text("System")}, {"PayloadContent", array(parts)}});
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
         "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n" +
         whole + "\n</plist>\n";
}

}  // namespace

std::string ipados_profile(const std::vector<ProxyDoor>& doors, std::string_view) {
  return profile(doors, relays(doors));
}

std::string macos_profile(const std::vector<ProxyDoor>& doors, std::string_view pac_url) {
  std::vector<std::string> parts = relays(doors);
  for (const char* browser : {"com.google.Chrome", "com.microsoft.Edge"})
    parts.push_back(chromium(browser, doors, pac_url));
  return profile(doors, parts);
}

}  // namespace gw::browsers
