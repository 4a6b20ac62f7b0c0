#include "web/problem.h"

#include <algorithm>
#include <iterator>

#include "base/json.h"
#include "web/pages.h"

namespace gw::web {
namespace {

/// Words in both languages, Japanese first.
struct Row {
  ErrorCode code;
  unsigned status;
  const char* words[2];
};
constexpr Row kRows[] = {
#define GW_PROBLEM(code, status, japanese, english) {ErrorCode::code, status, {japanese, english}},
#include "web/problems.def"
#undef GW_PROBLEM
};
constexpr Row kOwnFault{{}, 500, {"装置の内部で失敗しました。", "Something failed inside the box."}};

struct Sentence {
  const char* id;
  const char* words[2];
};
/// What a detail that is an id means; anything else stands for itself.
constexpr Sentence kSentences[] = {
    {"missing", {"必要な値がありません。", "A value that is needed is missing."}},
    {"unknown", {"この値は受け付けません。", "There is no such value here."}},
    {"repeated", {"同じ値が二度あります。", "It is there twice."}},
    {"wrong_type", {"値の種類が違います。", "It is of another type."}},
    {"out_of_range", {"値が範囲の外です。", "It is out of range."}},
    {"malformed", {"値の形が正しくありません。", "It is not in the form it has to have."}},
    {"too_short", {"短すぎます。", "It is too short."}},
    {"too_long", {"長すぎます。", "It is too long."}},
};
constexpr Sentence kPasswords[] = {
#define GW_PASSWORD_REFUSAL(name, id, japanese, english) {id, {japanese, english}},
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

std::string detail_of(const Problem& problem, Language language) {
  if (problem.code == ErrorCode::web_value) return words_for(kSentences, problem.detail, language);
  if (problem.code == ErrorCode::account_weak_password)
    return words_for(kPasswords, problem.detail, language);
  return problem.detail;
}

https::Answer answer_by(const Row& row, const Problem& problem, Language language) {
  const std::string code(to_string(problem.code));
  JsonObject body;
  body.text("type", "urn:sekisho:problem:" + code)
      .text("title", row.words[static_cast<std::size_t>(language)])
      .number("status", row.status)
      .text("code", code);
  // What broke inside is for the records.
  if (!problem.detail.empty() && row.status != kOwnFault.status)
    body.text("detail", detail_of(problem, language));
  if (!problem.pointer.empty()) body.text("at", problem.pointer);
  https::Answer answer{.status = row.status, .headers = {}, .body = body.take() + "\n"};
  answer.headers.emplace_back("Content-Type", "application/problem+json");
  answer.headers.emplace_back("Content-Language", tag_of(language));
  if (row.status == 429 || row.status == 503) answer.headers.emplace_back("Retry-After", "5");
  return answer;
}

}  // namespace

Problem problem_of(const api::FaultAt& fault) {
  return {ErrorCode::web_value, std::string(api::to_string(fault.fault)), fault.pointer};
}

unsigned status_of(ErrorCode code) { return row_of(code).status; }

https::Answer answer_of(const Problem& problem, Language language) {
  return answer_by(row_of(problem.code), problem, language);
}

https::Answer unreadable(unsigned status, const std::string& why) {
  Row row = row_of(ErrorCode::web_malformed);
  row.status = status;  // 413, 431, 505: the same mistake, told closer
  https::Answer answer = answer_by(row, {row.code, why, {}}, preferred({}));
  dress(answer);
  return answer;
}

}  // namespace gw::web
