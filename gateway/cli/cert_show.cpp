#include "ca/request.h"
#include "cli/cert_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/text_file.h"

namespace gw::cli {
namespace {

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
    print(
        "a request, signed by the key in it; what it wants to be called has been checked by nobody\n"
        "  subject      " +
        request->wanted_subject() + "\n  names        " + listed_or_none(request->wanted_names()) +
        "\n  key          " + key + "\n");
  return kOk;
}

int show_certificates(const Call& call, const std::string& text) {
  const auto certificates = pki::read_certificates(text);
  if (!certificates) {
    complain(call.files[0] + ": " + certificates.error().detail +
             "; if it is DER, convert it with `openssl x509 -inform DER`");
    return kFailed;
  }
  const model::CivilSeconds now = civil_now();
  std::vector<std::string> shown;
  for (const pki::X509Ptr& certificate : *certificates) {
    const pki::Description description = pki::describe(certificate.get());
    shown.push_back(call.format == Format::json ? to_json(description, now) : to_text(description, now));
  }
  if (call.format == Format::json) {
    print(json_list(shown) + "\n");
    return kOk;
  }
  for (std::size_t i = 0; i < shown.size(); ++i)
    print("certificate " + std::to_string(i + 1) + " of " + std::to_string(shown.size()) + "\n" + shown[i]);
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
