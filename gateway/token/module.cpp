#include "token/module.h"

#include <dlfcn.h>

#include <string_view>
#include <vector>

namespace gw::token {
namespace {

Error unavailable(std::string why) { return {ErrorCode::key_unavailable, std::move(why)}; }

/// Fields of a token's description are filled up with blanks (PKCS#11 3.2).
template <std::size_t N>
bool fits(const std::optional<std::string>& wanted, const CK_UTF8CHAR (&field)[N]) {
  if (!wanted) return true;
  std::string_view text(reinterpret_cast<const char*>(field), N);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text == *wanted;
}

/// Which token it is, wherever it is plugged in.
std::string name_of(const CK_TOKEN_INFO& token) {
  return {std::string(reinterpret_cast<const char*>(token.label), sizeof token.label) +
          std::string(reinterpret_cast<const char*>(token.serialNumber), sizeof token.serialNumber)};
}

bool fits(const Uri& uri, const CK_TOKEN_INFO& token) {
  return (token.flags & CKF_TOKEN_INITIALIZED) != 0 && fits(uri.token, token.label) &&
         fits(uri.manufacturer, token.manufacturerID) && fits(uri.model, token.model) &&
         fits(uri.serial, token.serialNumber);
}

bool is_refusal_of_pin(CK_RV code) {
  return code == CKR_PIN_INCORRECT || code == CKR_PIN_LEN_RANGE || code == CKR_PIN_INVALID;
}

}  // namespace

Result<std::unique_ptr<Module>> Module::load(const std::string& path, std::optional<Secret> pin, PinEar ear) {
  std::unique_ptr<Module> module(new Module(std::move(pin), std::move(ear)));
  GW_TRY(module->start(path));
  return module;
}

Result<> Module::start(const std::string& path) {
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr)
    return unavailable(std::string("the PKCS#11 module cannot be loaded: ") + ::dlerror());
  const auto list = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
  if (list == nullptr || list(&calls_) != CKR_OK || calls_ == nullptr)
    return unavailable(path + " is no PKCS#11 module");
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_LIBRARY_CANT_CREATE_OS_THREADS;
  const CK_RV code = calls_->C_Initialize(&arguments);
  is_ours_ = code == CKR_OK;
  if (!is_ours_ && code != CKR_CRYPTOKI_ALREADY_INITIALIZED) return token_refusal("start its module", code);
  return Done{};
}

Module::~Module() {
  if (is_ours_) calls_->C_Finalize(nullptr);
}

Result<Module::Place> Module::find_token(const Uri& uri) {
  CK_ULONG count = 0;
  CK_RV code = calls_->C_GetSlotList(CK_TRUE, nullptr, &count);
  std::vector<CK_SLOT_ID> slots(count);
  if (code == CKR_OK) code = calls_->C_GetSlotList(CK_TRUE, slots.data(), &count);
  if (code != CKR_OK) return token_refusal("be looked for", code);
  slots.resize(std::min<std::size_t>(slots.size(), count));
  std::vector<Place> found;
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO token{};
    if (calls_->C_GetTokenInfo(slot, &token) == CKR_OK && fits(uri, token))
      found.push_back({slot, name_of(token)});
  }
  const std::string named = uri.token ? " (token " + *uri.token + ")" : "";
  if (found.empty()) return unavailable("no token fits the PKCS#11 URI" + named + ": is it plugged in?");
  if (found.size() > 1)
    return unavailable("more than one token fits the PKCS#11 URI" + named + ": name its serial");
  if (!token_.empty() && token_ != found.front().token)
    return unavailable("the PKCS#11 URI leads to another token" + named + " than the one that the PIN is of");
  return found.front();
}

Result<> Module::may_log_in() const {
  if (!pin_) return unavailable("the token has no PIN to be used with; the box's log says why");
  if (pin_refused_) return token_refusal("be used", CKR_PIN_INCORRECT);
  return Done{};
}

/// Whoever counts has heard of a try before it is made.
Result<> Module::log_in(CK_SESSION_HANDLE session) {
  GW_TRY(may_log_in());
  const bool is_try = !pin_fits_;
  if (is_try) ear_(PinNews::tried);
  const std::string_view pin = pin_->view();
  auto* octets = reinterpret_cast<CK_UTF8CHAR*>(const_cast<char*>(pin.data()));
  const CK_RV code = calls_->C_Login(session, CKU_USER, octets, pin.size());
  pin_fits_ = code == CKR_OK || code == CKR_USER_ALREADY_LOGGED_IN;
  pin_refused_ = is_refusal_of_pin(code);
  if (pin_refused_)
    ear_(PinNews::refused);
  else if (is_try && (pin_fits_ || code == CKR_PIN_LOCKED))
    ear_(PinNews::spared);
  if (pin_fits_) return Done{};
  return token_refusal("be used", code);
}

Result<CK_SESSION_HANDLE> Module::open_session(const Uri& uri) {
  GW_TRY(const Place place, find_token(uri));
  GW_TRY(may_log_in());
  token_ = place.token;
  CK_SESSION_HANDLE session = 0;
  const CK_RV code = calls_->C_OpenSession(place.slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session);
  if (code != CKR_OK) return token_refusal("open a session", code);
  if (auto logged_in = log_in(session); !logged_in) {
    calls_->C_CloseSession(session);
    return std::move(logged_in).error();
  }
  return session;
}

}  // namespace gw::token
