#include <algorithm>

#include "evidence/html.h"
#include "incidents/notice.h"

namespace gw::incidents {
namespace {

using evidence::breakable;
using evidence::tag;
using evidence::text_tag;

std::string lines_of(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += tag("p", breakable(text.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

std::string cell_of(const NoticeRow& row) {
  const std::string hint = row.hint.empty() ? "" : text_tag("p class=\"small\"", "記入の手引き: " + row.hint);
  if (row.text.empty())
    return tag("div class=\"blank\"", text_tag("span class=\"mark to_fill\"", kToFillIn)) + hint;
  return lines_of(row.text) + hint;
}

std::string records_of(const NoticeRow& row) {
  std::string out;
  for (const std::uint64_t record : row.records) out += text_tag("p class=\"one\"", std::to_string(record));
  return out;
}

}  // namespace

std::string page_of(const Notice& notice) {
  std::string rows;
  for (const NoticeRow& row : notice.rows)
    rows += tag("tr", text_tag("th scope=\"row\" class=\"asks\"", row.heading) +
                          tag("td class=\"says\"", cell_of(row)) +
                          tag("td class=\"id small\"", records_of(row))) +
            "\n";
  std::string ways;
  for (const std::string& way : notice.ways) ways += text_tag("p", "連絡先: " + way);
  const std::string number = std::to_string(notice.incident.number());
  const std::string body =
      text_tag("h1", notice.title + "(下書き)") + "\n" + text_tag("p", "宛先: " + notice.to) + ways +
      text_tag("p", "作成: " + shown_time(notice.made) + "、事故 " + number) +
      text_tag("p class=\"notice\"", "下書きです。装置は送りません。" + std::string(kToFillIn) + " が " +
                                         std::to_string(notice.blanks()) +
                                         " か所あります。装置が書いた欄も、送る前に人が確かめてください。右の"
                                         "欄は、根拠となる装置の記録の"
                                         "番号です。") +
      "\n" + evidence::table("table", {"項目", "内容", "記録"}, rows);
  return evidence::page(notice.title + "(下書き)", "事故 " + number + " " + notice.title + "(下書き)", body);
}

}  // namespace gw::incidents
