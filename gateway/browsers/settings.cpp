#include "browsers/settings.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "browsers/apple_profile.h"

namespace gw::browsers {
namespace {

using model::ProxyDoor;

constexpr std::uint16_t kHttps = 443;

/// A name as a regular expression of JavaScript: of its signs only dots mean something there.
std::string pattern_of(std::string_view name) {
  std::string out;
  for (const char sign : name) out += sign == '.' ? std::string("\\.") : std::string(1, sign);
  return out;
}

/// "https://portal.box.example:8443", as policies name whom something is for.
std::string origin_of(const ProxyDoor& door) { return "https://" + door.box; }

/// RFC 3986 2.1, of more than needs it.
std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char sign : text) {
    const auto octet = static_cast<std::uint8_t>(sign);
    const bool is_plain =
        (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
    out += is_plain ? std::string(1, sign) : "%" + to_hex({&octet, 1});
  }
  return out;
}

std::string proxy_settings(const std::vector<ProxyDoor>& doors, std::string_view pac_url) {
  // Mandatory: if the script cannot be had, nothing goes round it.
  return JsonObject()
      .text("ProxyMode", "pac_script")
      .text("ProxyPacUrl", location_of(doors, pac_url))
      .flag("ProxyPacMandatory", true)
      .take();
}

/// A value of a .reg file: quotes and backslashes are escaped.
std::string in_reg_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char sign : text) {
    if (sign == '"' || sign == '\\') out += '\\';
    out += sign;
  }
  return out + "\"";
}

/// All our text is ASCII.
std::string to_utf16(std::string_view ascii) {
  std::string out = "\xff\xfe";
  for (const char sign : ascii) out.append(1, sign).append(1, '\0');
  return out;
}

std::string script(const std::vector<ProxyDoor>& doors, std::string_view) { return pac(doors); }

constexpr Sheet kSheets[] = {
    {"pac", "/proxy.pac", kPacType, script},
    {"chromium", "/proxy/chromium.json", "application/json", chromium_policy},
    {"windows", "/proxy/windows.reg", "text/plain; charset=utf-16", windows_policy},
    {"macos", "/proxy/macos.mobileconfig", "application/x-apple-aspen-config", macos_profile},
    {"ipados", "/proxy/ipados.mobileconfig", "application/x-apple-aspen-config", ipados_profile},
};

}  // namespace

std::span<const Sheet> sheets() { return kSheets; }

std::string pac_url_of(const model::Tenant& tenant) {
  if (!tenant.enrolment) return {};
  const model::Endpoint at = tenant.listeners[tenant.enrolment->listener.number()].endpoint;
  const auto& names = tenant.enrolment->shown.server_names;
  const std::string host = names.empty() ? at.to_text() : names.front() + ":" + std::to_string(at.port);
  return "https://" + host + std::string(kSheets[0].path);
}

std::string location_of(const std::vector<ProxyDoor>& doors, std::string_view pac_url) {
  if (!pac_url.empty()) return std::string(pac_url);
  return "data:" + std::string(kPacType) + "," + percent_encoded(pac(doors));
}

/// The box asks for a certificate of the tenant's authorities, so the filter needs to say nothing.
std::vector<std::string> shown_where(const std::vector<ProxyDoor>& doors) {
  std::vector<std::string> out;
  for (const ProxyDoor& door : doors) {
    std::string one = JsonObject().text("pattern", origin_of(door)).raw("filter", "{}").take();
    if (std::ranges::find(out, one) == out.end()) out.push_back(std::move(one));
  }
  return out;
}

std::string pac(const std::vector<ProxyDoor>& doors) {
  std::string out = "function FindProxyForURL(url, host) {\n";
  for (const ProxyDoor& door : doors) {
    const std::string port = std::to_string(door.cloud_port);
    const std::string suffix = door.cloud_port == kHttps ? "(:" + port + ")?" : ":" + port;
    // A portal's live views are WebSockets, whose URLs browsers show as such.
    out += "  if (/^(https|wss):\\/\\/" + pattern_of(door.cloud_name) + suffix +
           "(\\/|$)/i.test(url)) return \"HTTPS " + door.box + "\";\n";
  }
  return out + "  return \"DIRECT\";\n}\n";
}

std::string chromium_policy(const std::vector<ProxyDoor>& doors, std::string_view pac_url) {
  return JsonObject()
             .raw("AutoSelectCertificateForUrls", json_texts(shown_where(doors)))
             .flag("EncryptedClientHelloEnabled", false)
             .raw("ProxySettings", proxy_settings(doors, pac_url))
             .flag("QuicAllowed", false)
             .take() +
         "\n";
}

std::string windows_policy(const std::vector<ProxyDoor>& doors, std::string_view pac_url) {
  std::string out = "Windows Registry Editor Version 5.00\r\n";
  for (const char* browser : {"Google\\Chrome", "Microsoft\\Edge"}) {
    const std::string key = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\" + std::string(browser);
    out += "\r\n" + key + "]\r\n";
    out += "\"EncryptedClientHelloEnabled\"=dword:00000000\r\n\"QuicAllowed\"=dword:00000000\r\n";
    out += "\"ProxySettings\"=" + in_reg_quotes(proxy_settings(doors, pac_url)) + "\r\n";
    out += "\r\n" + key + "\\AutoSelectCertificateForUrls]\r\n";
    int number = 0;
    for (const std::string& one : shown_where(doors))
      out += "\"" + std::to_string(++number) + "\"=" + in_reg_quotes(one) + "\r\n";
  }
  return to_utf16(out);
}

}  // namespace gw::browsers
