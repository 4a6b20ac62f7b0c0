#include "token/cryptoki.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string>

namespace gw::token {
namespace {

struct Row {
  CK_RV code;
  ErrorCode meaning;
  const char* words;
};

constexpr Row kRows[] = {
    {CKR_PIN_INCORRECT, ErrorCode::key_unavailable,
     "the PIN is wrong; it is not tried again before its file changes"},
    {CKR_PIN_LEN_RANGE, ErrorCode::key_unavailable,
     "the PIN is wrong; it is not tried again before its file changes"},
    {CKR_PIN_INVALID, ErrorCode::key_unavailable,
     "the PIN is wrong; it is not tried again before its file changes"},
    {CKR_PIN_LOCKED, ErrorCode::key_unavailable,
     "it is locked after wrong PINs: its security officer can unlock it"},
    {CKR_PIN_EXPIRED, ErrorCode::key_unavailable, "its PIN has to be changed first"},
    {CKR_USER_PIN_NOT_INITIALIZED, ErrorCode::key_unavailable, "it has no PIN yet"},
    {CKR_USER_NOT_LOGGED_IN, ErrorCode::key_unavailable, "it wants its PIN again for every signature"},
    {CKR_TOKEN_NOT_PRESENT, ErrorCode::key_unavailable, "it was taken out"},
    {CKR_DEVICE_REMOVED, ErrorCode::key_unavailable, "it was taken out"},
    {CKR_DEVICE_ERROR, ErrorCode::key_unavailable, "it does not work"},
    {CKR_SESSION_COUNT, ErrorCode::key_unavailable, "it has no room for another session"},
    {CKR_MECHANISM_INVALID, ErrorCode::key_scheme_unsuitable, "it does not know this scheme"},
    {CKR_MECHANISM_PARAM_INVALID, ErrorCode::key_scheme_unsuitable, "it does not know this hash"},
    {CKR_KEY_TYPE_INCONSISTENT, ErrorCode::key_scheme_unsuitable, "the key is of another kind"},
    {CKR_KEY_FUNCTION_NOT_PERMITTED, ErrorCode::key_scheme_unsuitable, "the key may not sign"},
    {CKR_KEY_SIZE_RANGE, ErrorCode::key_scheme_unsuitable, "the key is too short for this scheme"},
    {CKR_DATA_LEN_RANGE, ErrorCode::key_scheme_unsuitable, "the key is too short for this hash"},
};

constexpr CK_RV kLost[] = {
    CKR_SESSION_HANDLE_INVALID, CKR_SESSION_CLOSED,        CKR_USER_NOT_LOGGED_IN,
    CKR_KEY_HANDLE_INVALID,     CKR_OBJECT_HANDLE_INVALID, CKR_TOKEN_NOT_PRESENT,
    CKR_DEVICE_REMOVED,         CKR_DEVICE_ERROR,          CKR_OPERATION_ACTIVE,
};

}  // namespace

Error token_refusal(std::string_view doing, CK_RV code) {
  const std::string start = "the token cannot " + std::string(doing) + ": ";
  for (const Row& row : kRows)
    if (row.code == code) return {row.meaning, start + row.words};
  char number[40];
  std::snprintf(number, sizeof number, "code 0x%lx", static_cast<unsigned long>(code));
  return {ErrorCode::key_unavailable, start + number};
}

bool is_session_lost(CK_RV code) {
  return std::find(std::begin(kLost), std::end(kLost), code) != std::end(kLost);
}

}  // namespace gw::token
