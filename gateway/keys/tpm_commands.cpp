#include "keys/tpm_commands.h"

#include <poll.h>

#include <cstdlib>

#include "keys/tpm_words.h"

namespace gw::keys {
namespace {

constexpr int kAgainAfterMs = 10;
constexpr UINT32 kMostHandles = 64;

/// An empty password for one object (part 1, 19.4).
constexpr TSS2L_SYS_AUTH_COMMAND kNoPassword{1, {{TPM2_RS_PW, {}, 0, {}}}};

/// The answer cannot be one: it breaks off, or is none of the command.
bool is_nonsense(TSS2_RC code) {
  return code == TSS2_SYS_RC_MALFORMED_RESPONSE || code == TSS2_SYS_RC_INSUFFICIENT_RESPONSE ||
         (code & TSS2_RC_LAYER_MASK) == TSS2_TCTI_RC_LAYER;
}

}  // namespace

/// Runs one command as often as the TPM asks for it again within its time.
template <class Command>
Result<> TpmCommands::run(std::string_view doing, std::chrono::milliseconds patience, Command command) {
  if (!wire_) return Error{ErrorCode::key_unavailable, "no TPM is connected"};
  wire_->set_patience(patience);
  const Instant deadline = system_clock().now() + patience;
  TSS2_RC code = command();
  while (is_try_again(code) && system_clock().now() < deadline) {
    ::poll(nullptr, 0, kAgainAfterMs);
    code = command();
  }
  if (is_nonsense(code)) wire_->take_down("the TPM's answer makes no sense");
  if (!wire_->is_up()) return Error{ErrorCode::key_unavailable, wire_->why_down()};
  if (code != TSS2_RC_SUCCESS) return tpm_refusal(doing, code);
  return Done{};
}

void TpmCommands::take(UniqueFd descriptor) {
  wire_.reset();  // first: a TPM in software serves one connection after the other
  wire_ = std::make_unique<TpmWire>(std::move(descriptor));
}

Result<> TpmCommands::greet() {
  // The library writes each refusal to stderr, unless told not to; our errors say it already.
  ::setenv("TSS2_LOG", "all+none", 0);
  const std::size_t size = Tss2_Sys_GetContextSize(0);
  memory_.assign(size / sizeof(std::max_align_t) + 1, {});
  TSS2_ABI_VERSION version = TSS2_ABI_VERSION_CURRENT;
  const TSS2_RC code = Tss2_Sys_Initialize(sys(), size, wire_->tcti(), &version);
  if (code != TSS2_RC_SUCCESS) return tpm_refusal("be talked to", code);
  GW_TRY(const auto loaded, handles(TPM2_TRANSIENT_FIRST));
  for (const TPM2_HANDLE object : loaded) GW_TRY(flush(object));
  return Done{};
}

Result<std::vector<TPM2_HANDLE>> TpmCommands::handles(TPM2_HANDLE first) {
  TPMS_CAPABILITY_DATA answer{};
  TPMI_YES_NO more = TPM2_NO;
  GW_TRY(run("list what it holds", patience_.answer, [&] {
    return Tss2_Sys_GetCapability(sys(), nullptr, TPM2_CAP_HANDLES, first, kMostHandles, &more, &answer,
                                  nullptr);
  }));
  const TPML_HANDLE& list = answer.data.handles;
  return std::vector<TPM2_HANDLE>(list.handle, list.handle + list.count);
}

Result<bool> TpmCommands::has(TPM2_HANDLE persistent) {
  GW_TRY(const auto list, handles(persistent));
  return !list.empty() && list.front() == persistent;
}

Result<TPM2_HANDLE> TpmCommands::create_primary(const TPM2B_PUBLIC& pattern) {
  const TPM2B_SENSITIVE_CREATE no_password{};
  const TPM2B_DATA no_data{};
  const TPML_PCR_SELECTION no_pcrs{};
  TPM2_HANDLE primary = 0;
  GW_TRY(run("make its primary key", patience_.primary, [&] {
    return Tss2_Sys_CreatePrimary(sys(), TPM2_RH_OWNER, &kNoPassword, &no_password, &pattern, &no_data,
                                  &no_pcrs, &primary, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
  }));
  return primary;
}

Result<TpmKeyFile> TpmCommands::create(TPM2_HANDLE parent, const TPM2B_PUBLIC& pattern) {
  const TPM2B_SENSITIVE_CREATE no_password{};
  const TPM2B_DATA no_data{};
  const TPML_PCR_SELECTION no_pcrs{};
  TpmKeyFile key{};
  key.parent = parent;
  GW_TRY(run("make a key", patience_.making, [&] {
    key.open_part.size = 0;  // the library fills in only what is empty
    key.sealed_part.size = 0;
    return Tss2_Sys_Create(sys(), parent, &kNoPassword, &no_password, &pattern, &no_data, &no_pcrs,
                           &key.sealed_part, &key.open_part, nullptr, nullptr, nullptr, nullptr);
  }));
  return key;
}

Result<TPM2_HANDLE> TpmCommands::load(TPM2_HANDLE parent, const TpmKeyFile& key) {
  TPM2_HANDLE object = 0;
  TPM2B_NAME name{};
  GW_TRY(run("load the key", patience_.answer, [&] {
    return Tss2_Sys_Load(sys(), parent, &kNoPassword, &key.sealed_part, &key.open_part, &object, &name,
                         nullptr);
  }));
  return object;
}

Result<TPMS_CONTEXT> TpmCommands::context_save(TPM2_HANDLE object) {
  TPMS_CONTEXT context{};
  GW_TRY(run("put the key aside", patience_.answer,
             [&] { return Tss2_Sys_ContextSave(sys(), object, &context); }));
  return context;
}

Result<TPM2_HANDLE> TpmCommands::context_load(const TPMS_CONTEXT& context) {
  TPM2_HANDLE object = 0;
  GW_TRY(run("take the key up again", patience_.answer,
             [&] { return Tss2_Sys_ContextLoad(sys(), &context, &object); }));
  return object;
}

Result<TPMT_SIGNATURE> TpmCommands::sign(TPM2_HANDLE key, const TPM2B_DIGEST& digest,
                                         const TPMT_SIG_SCHEME& scheme) {
  const TPMT_TK_HASHCHECK no_ticket{TPM2_ST_HASHCHECK, TPM2_RH_NULL, {}};  // only restricted keys want one
  TPMT_SIGNATURE signature{};
  GW_TRY(run("sign", patience_.answer, [&] {
    return Tss2_Sys_Sign(sys(), key, &kNoPassword, &digest, &scheme, &no_ticket, &signature, nullptr);
  }));
  return signature;
}

Result<> TpmCommands::flush(TPM2_HANDLE object) {
  return run("free an object", patience_.answer, [&] { return Tss2_Sys_FlushContext(sys(), object); });
}

}  // namespace gw::keys
