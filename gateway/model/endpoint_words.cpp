#include "model/endpoint_words.h"

#include "base/jst.h"

namespace gw::model {
namespace {

constexpr std::string_view kFacts[] = {"TLS 1.3",
                                       "TLS 1.2",
                                       "TLS 1.2(許可していない暗号スイート)",
                                       "TLS 1.1以前",
                                       "クライアント証明書",
                                       "失効情報の添付(OCSPステープリング)",
                                       "セッションの再開",
                                       "サーバー証明書の名義",
                                       "サーバー証明書の認証局",
                                       "サーバー証明書の鍵",
                                       "サーバー証明書の期限",
                                       "サーバー証明書の枚数"};
constexpr std::string_view kAnswers[] = {"未確認", "受け付けない", "受け付ける"};
constexpr std::string_view kAsked[] = {"未確認", "求めない", "求めるが必須ではない", "必須"};
constexpr std::string_view kSeen[] = {"未確認", "なし", "あり"};

template <std::size_t size, class E>
std::string_view word(const std::string_view (&words)[size], E value) {
  return words[static_cast<std::size_t>(value)];
}

EndpointRow row(EndpointFact fact, std::string observed) {
  return {fact, std::string(words_of(fact)), std::move(observed)};
}

std::string text_of(const Probed& probed) {
  const std::string answer(words_of(probed.answer));
  return probed.words.empty() ? answer : answer + " (" + probed.words + ")";
}

}  // namespace

std::string_view words_of(EndpointFact fact) { return word(kFacts, fact); }
std::string_view words_of(Probed::Answer answer) { return word(kAnswers, answer); }
std::string_view words_of(Asked asked) { return word(kAsked, asked); }

std::vector<EndpointRow> rows_of(const EndpointGrade& grade) {
  std::vector<EndpointRow> out;
  for (std::size_t i = 0; i < kProbes; ++i)
    out.push_back(row(static_cast<EndpointFact>(i), text_of(grade.probes[i])));
  out.push_back(row(EndpointFact::client_certificate, std::string(words_of(grade.client_certificate))));
  out.push_back(row(EndpointFact::stapling, std::string(word(kSeen, grade.stapled))));
  out.push_back(row(EndpointFact::resumption, std::string(word(kSeen, grade.resumption))));
  const auto& shown = grade.certificate;
  if (!shown) return out;
  out.push_back(row(EndpointFact::certificate,
                    shown->subject + (shown->carries_name ? "" : " (サービスの名前がない)")));
  out.push_back(row(EndpointFact::issuer, shown->issuer));
  out.push_back(row(EndpointFact::key, shown->key));
  out.push_back(row(EndpointFact::ends, to_day_text(jst_day_of(shown->ends))));
  out.push_back(row(EndpointFact::chain, std::to_string(shown->chain)));
  return out;
}

}  // namespace gw::model
