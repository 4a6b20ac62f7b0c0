#include <unistd.h>

#include <algorithm>
#include <array>

#include "ca/issue.h"
#include "ca/profile_text.h"
#include "ca/request.h"
#include "cli/cert_key.h"
#include "cli/cert_names.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "keys/file_key.h"
#include "keys/pem_block.h"

namespace gw::cli {
namespace {

constexpr mode_t kPrivate = 0600, kPublic = 0644;

struct Kind {
  std::string_view word;
  model::KeyKind kind;
  ca::KeyKind certified;
};
constexpr std::array kKinds{
    Kind{"p256", model::KeyKind::p256, ca::KeyKind::p256},
    Kind{"p384", model::KeyKind::p384, ca::KeyKind::p384},
    Kind{"rsa-2048", model::KeyKind::rsa_2048, ca::KeyKind::rsa},
    Kind{"rsa-3072", model::KeyKind::rsa_3072, ca::KeyKind::rsa},
};

int fail(const Call& call, Text text, std::string_view value) {
  complain(said(call.language, text, {value}));
  return kFailed;
}

int misused(const Call& call, Text text) {
  complain(said(call.language, text));
  return kUsage;
}

std::optional<ca::Profile> profile_in(const std::string& path, Language language, int& code) {
  const auto text = read_text(path);
  code = text ? kFailed : kInputMissing;
  if (!text) return std::nullopt;
  const ca::ReadProfile read = ca::read_profile(*text);
  if (!read.profile)
    complain(said(language, Text::csr_bad_profile,
                  {report_words(language, config::to_text(read.problems, path))}));
  return read.profile;
}

/// A new key as its file will hold it.
Result<Secret> new_key(const Kind& kind, const std::optional<Secret>& secret) {
  if (!secret) return keys::make_plain_key(kind.kind);
  GW_TRY(std::string pem, keys::make_encrypted_key(kind.kind, *secret));
  return Secret(std::move(pem));
}

/// The key first: a request whose key was lost is worth nothing.
Result<> write_both(const Call& call, const Secret& key, const std::string& request) {
  GW_TRY(write_new(call.files[1], key.view(), kPrivate));
  const auto written = write_new(call.files[2], request, kPublic);
  if (!written) ::unlink(call.files[1].c_str());
  return written;
}

Result<> make(const Call& call, const Kind& kind, const std::optional<Secret>& secret,
              const ca::Subject& subject, const ca::Names& names) {
  GW_TRY(const Secret pem, new_key(kind, secret));
  GW_TRY(const keys::PrivateKeyPtr key, open_key_file(pem, secret, call.language));
  GW_TRY(const ca::Octets request, ca::make_request(subject, names, *key));
  return write_both(call, pem, keys::to_pem("CERTIFICATE REQUEST", request));
}

}  // namespace

int cert_csr(const Call& call) {
  int code = kOk;
  const auto profile = profile_in(call.files[0], call.language, code);
  if (!profile) return code;
  const auto* kind =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.word == call.key_kind; });
  if (kind == kKinds.end()) return misused(call, Text::csr_key_kinds);
  const auto subject = subject_of(call.subject);
  if (!subject) return misused(call, Text::csr_subject);
  const auto names = names_of(call.names);
  if (!names) return misused(call, Text::csr_names);
  const auto fits = ca::check_request(*profile, kind->certified, *subject, *names);
  if (!fits) return fail(call, Text::csr_not_allowed, fits.error().detail);
  const auto secret = secret_of(call, code);
  if (!secret) return code;
  const auto made = make(call, *kind, *secret, *subject, *names);
  if (!made) return fail(call, Text::csr_nothing, made.error().detail);
  print(said(call.language, Text::csr_made, {call.files[1], call.files[2]}));
  return kOk;
}

}  // namespace gw::cli
