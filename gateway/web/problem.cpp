#include "web/problem.h"

#include "api/problem_words.h"
#include "web/pages.h"

namespace gw::web {
namespace {

https::Answer answer_with(unsigned status, std::string json, Language language) {
  https::Answer answer{.status = status, .headers = {}, .body = std::move(json) + "\n"};
  answer.headers.emplace_back("Content-Type", "application/problem+json");
  answer.headers.emplace_back("Content-Language", tag_of(language));
  if (status == 429 || status == 503) answer.headers.emplace_back("Retry-After", "5");
  return answer;
}

}  // namespace

Problem problem_of(const api::FaultAt& fault) {
  return {ErrorCode::web_value, std::string(api::to_string(fault.fault)), fault.pointer};
}

https::Answer answer_of(const Problem& problem, Language language) {
  const unsigned status = api::status_of_problem(problem.code);
  return answer_with(
      status, api::problem_json({problem.code, problem.detail}, problem.pointer, language, status), language);
}

/// 413, 431, 505: the same mistake, told closer.
https::Answer unreadable(unsigned status, const std::string& why) {
  const Language language = preferred({});
  https::Answer answer =
      answer_with(status, api::problem_json({ErrorCode::web_malformed, why}, {}, language, status), language);
  dress(answer);
  return answer;
}

}  // namespace gw::web
