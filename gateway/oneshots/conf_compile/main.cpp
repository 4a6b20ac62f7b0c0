// sekisho-conf-compile GENERATION
//
// Reads one YAML file, and the certificates and revocation lists it names beneath its directory; answers with
// the sealed parts of a configuration or with everything that is wrong, and ends. Holds nothing and reaches
// nothing else.

#include <optional>

#include "base/text.h"
#include "ipc/inherited.h"
#include "parts.h"
#include "pki/trust.h"
#include "public_keys.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;

constexpr int kDone = 0, kFailed = 1, kWronglyStarted = 2;

std::optional<model::Generation> generation_of(int count, char** arguments) {
  const auto number = count == 2 ? parse_decimal(arguments[1]) : std::nullopt;
  if (!number || *number == 0) return std::nullopt;
  return model::Generation(*number);
}

}  // namespace

int main(int count, char** arguments) {
  const auto generation = generation_of(count, arguments);
  if (!generation) return kWronglyStarted;
  const ipc::Channel control{UniqueFd(ipc::kControlFd)};
  oneshots::prepare_public_keys();
  if (!sys::shut_in(sys::Filter::conf_compile, ipc::kInputFd)) return kFailed;
  config::Compiled compiled = config::compile_file(
      ipc::kSecondInputFd,
      {config::reader_beneath(ipc::kInputFd), system_clock().civil_now(), *generation, pki::look_into_list});
  if (compiled.configuration) oneshots::fill_in_public_keys(*compiled.configuration);
  return oneshots::send_compiled(control, compiled) ? kDone : kFailed;
}
