#include "api/problem_words.h"

#include <algorithm>
#include <iterator>

#include "base/json.h"

namespace gw::api {
namespace {

/// In the order of Language.
struct Row {
  ErrorCode code;
  unsigned status;
  const char* words[2];
};
constexpr Row kRows[] = {
#define GW_PROBLEM(code, status, japanese, english) {ErrorCode::code, status, {english, japanese}},
#include "api/problems.def"
#undef GW_PROBLEM
};
constexpr Row kOwnFault{{}, 500, {"Something failed inside the box.", "装置の内部で失敗しました。"}};

struct Sentence {
  const char* id;
  const char* words[2];
};
/// What a detail that is an id means; anything else stands for itself.
constexpr Sentence kSentences[] = {
    {"missing", {"A value that is needed is missing.", "必要な値がありません。"}},
    {"unknown", {"There is no such value here.", "この値は受け付けません。"}},
    {"repeated", {"It is there twice.", "同じ値が二度あります。"}},
    {"wrong_type", {"It is of another type.", "値の種類が違います。"}},
    {"out_of_range", {"It is out of range.", "値が範囲の外です。"}},
    {"malformed", {"It is not in the form it has to have.", "値の形が正しくありません。"}},
    {"too_short", {"It is too short.", "短すぎます。"}},
    {"too_long", {"It is too long.", "長すぎます。"}},
};
constexpr Sentence kPasswords[] = {
#define GW_PASSWORD_REFUSAL(name, id, japanese, english) {id, {english, japanese}},
#include "accounts/password_refusals.def"
#undef GW_PASSWORD_REFUSAL
};

const Row& row_of(ErrorCode code) {
  const Row* found = std::ranges::find(kRows, code, &Row::code);
  return found == std::end(kRows) ? kOwnFault : *found;
}

template <std::size_t N>
std::string words_for(const Sentence (&sentences)[N], const std::string& id, Language language) {
  const Sentence* found = std::ranges::find_if(sentences, [&](const Sentence& one) { return id == one.id; });
  return found == std::end(sentences) ? id : found->words[static_cast<std::size_t>(language)];
}

}  // namespace

bool is_own_fault(ErrorCode code) { return &row_of(code) == &kOwnFault; }

unsigned status_of_problem(ErrorCode code) { return row_of(code).status; }

std::string_view title_of(ErrorCode code, Language language) {
  return row_of(code).words[static_cast<std::size_t>(language)];
}

std::string detail_of(ErrorCode code, const std::string& detail, Language language) {
  if (code == ErrorCode::web_value) return words_for(kSentences, detail, language);
  if (code == ErrorCode::account_weak_password) return words_for(kPasswords, detail, language);
  return detail;
}

std::string problem_json(const Error& why, std::string_view pointer, Language language, unsigned status) {
  const std::string code(to_string(why.code));
  JsonObject out;
  out.text("type", "urn:sekisho:problem:" + code)
      .text("title", title_of(why.code, language))
      .number("status", status)
      .text("code", code);
  // What broke inside is for the records.
  if (!why.detail.empty() && !is_own_fault(why.code))
    out.text("detail", detail_of(why.code, why.detail, language));
  if (!pointer.empty()) out.text("at", pointer);
  return out.take();
}

}  // namespace gw::api
