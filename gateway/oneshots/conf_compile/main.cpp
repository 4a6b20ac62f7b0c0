// sekisho-conf-compile GENERATION files|kept [compared]
//
// Reads one YAML file, and the certificates and revocation lists it names beneath its directory, or what an
// earlier run has kept of them; answers with the sealed parts of a configuration, with how it differs from
// the one it is to be compared with, or with everything that is wrong, and ends. Holds nothing and reaches
// nothing else.

#include <optional>

#include "backup/recipient.h"
#include "base/text.h"
#include "difference.h"
#include "identities.h"
#include "input.h"
#include "ipc/inherited.h"
#include "parts.h"
#include "pki/signer_key.h"
#include "pki/trust.h"
#include "public_keys.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;

constexpr int kDone = 0, kFailed = 1, kWronglyStarted = 2;

struct Task {
  model::Generation generation;
  oneshots::Origin origin;
  bool is_compared = false;
};

std::optional<Task> task_of(int count, char** arguments) {
  if (count < 3 || count > 4) return std::nullopt;
  const bool is_compared = count == 4;
  if (is_compared && std::string_view(arguments[3]) != "compared") return std::nullopt;
  const auto number = parse_decimal(arguments[1]);
  const std::string_view origin = arguments[2];
  if (!number || *number == 0 || (origin != "files" && origin != "kept")) return std::nullopt;
  return Task{model::Generation(*number), origin == "kept" ? oneshots::Origin::kept : oneshots::Origin::files,
              is_compared};
}

Result<> judge_recipient(const std::string& name, std::string_view pem) {
  GW_TRY(backup::Recipient::parse(name, pem));
  return Done{};
}

Result<> judge_signer(std::string_view pem) {
  GW_TRY(pki::SignerKey::from_pem(pem));
  return Done{};
}

}  // namespace

int main(int count, char** arguments) {
  const auto task = task_of(count, arguments);
  if (!task) return kWronglyStarted;
  const ipc::Channel control{UniqueFd(ipc::kControlFd)};
  oneshots::prepare_public_keys();
  oneshots::Input input(task->origin);
  if (!sys::shut_in(sys::Filter::conf_compile, input.readable())) return kFailed;
  const Result<std::string> text = input.open();
  config::Compiled compiled = config::compile_read(
      text, {input.reader(), system_clock().civil_now(), task->generation, pki::look_into_list,
             oneshots::identity_reader(), judge_recipient, judge_signer});
  if (compiled.configuration) oneshots::fill_in_public_keys(*compiled.configuration);
  if (compiled.configuration && task->is_compared &&
      !oneshots::send_difference(control, *compiled.configuration))
    return kFailed;
  return oneshots::send_compiled(control, compiled, input.sources()) ? kDone : kFailed;
}
