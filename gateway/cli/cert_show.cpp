#include "ca/request.h"
#include "cli/cert_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/text_file.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

std::string request_text(const ca::Request& request, const std::string& key, Language language) {
  return row_text(said(language, Text::row_subject), request.wanted_subject(), kWide) +
         row_text(said(language, Text::row_names), listed_or_none(request.wanted_names(), language), kWide) +
         row_text(said(language, Text::row_key), key, kWide);
}

int show_request(const Call& call, const std::string& text) {
  const auto request = ca::Request::read(as_bytes(text));
  if (!request) {
    complain(call.files[0] + ": " + request.error().to_text());
    return kFailed;
  }
  const std::string key = pki::key_text(request->key().handle());
  if (call.format == Format::json)
    print(JsonObject()
              .text("wants_subject", request->wanted_subject())
              .raw("wants_names", json_texts(request->wanted_names()))
              .text("key", key)
              .take() +
          "\n");
  else
    print(said(call.language, Text::request_shown) + request_text(*request, key, call.language));
  return kOk;
}

int show_certificates(const Call& call, const std::string& text) {
  const auto certificates = pki::read_certificates(text);
  if (!certificates) {
    complain(said(call.language, Text::cert_is_der, {call.files[0], certificates.error().detail}));
    return kFailed;
  }
  const model::CivilSeconds now = civil_now();
  std::vector<std::string> shown;
  for (const pki::X509Ptr& certificate : *certificates) {
    const pki::Description description = pki::describe(certificate.get());
    shown.push_back(call.format == Format::json ? to_json(description, now)
                                                : to_text(description, now, call.language));
  }
  if (call.format == Format::json) {
    print(json_list(shown) + "\n");
    return kOk;
  }
  for (std::size_t i = 0; i < shown.size(); ++i)
    print(said(call.language, Text::cert_of, {std::to_string(i + 1), std::to_string(shown.size())}) +
          shown[i]);
  return kOk;
}

}  // namespace

int cert_show(const Call& call) {
  const auto text = read_text(call.files[0]);
  if (!text) return kInputMissing;
  return text->find("CERTIFICATE REQUEST-----") != std::string::npos ? show_request(call, *text)
                                                                     : show_certificates(call, *text);
}

}  // namespace gw::cli
