#include "web/problem.h"

#include "api/problem_words.h"

namespace gw::web {

Problem problem_of(const api::FaultAt& fault) {
  return {ErrorCode::web_value, std::string(api::to_string(fault.fault)), fault.pointer};
}

https::Answer answer_of(const Problem& problem, Language language) {
  const unsigned status = api::status_of_problem(problem.code);
  https::Answer answer{
      .status = status,
      .headers = {},
      .body = api::problem_json({problem.code, problem.detail}, problem.pointer, language) + "\n"};
  answer.headers.emplace_back("Content-Type", "application/problem+json");
  answer.headers.emplace_back("Content-Language", tag_of(language));
  if (status == 429 || status == 503) answer.headers.emplace_back("Retry-After", "5");
  return answer;
}

}  // namespace gw::web
