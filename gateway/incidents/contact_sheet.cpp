#include "incidents/contact_sheet.h"

#include "base/jst.h"
#include "evidence/html.h"
#include "incidents/notice.h"

namespace gw::incidents {
namespace {

using evidence::breakable;
using evidence::tag;
using evidence::text_tag;

constexpr EmergencyStep kSteps[] = {
#define GW_EMERGENCY_STEP(heading, text) {heading, text},
#include "incidents/emergency_steps.def"
#undef GW_EMERGENCY_STEP
};
constexpr std::string_view kTitle = "連絡体制図・緊急時カード";

std::string day_of(CivilTime time) {
  return to_day_text(jst_day_of(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch())));
}

std::string tried_of(const Contact& contact, CivilTime now) {
  if (!contact.ways) return "";
  if (!contact.worked) return "未確認";
  return day_of(*contact.worked) + " 確認、次回 " + day_of(*contact.due()) +
         (contact.is_overdue(now) ? "(期限超過)" : "");
}

std::string to_fill() { return text_tag("span class=\"mark to_fill\"", kToFillIn); }

std::string cell(const std::string& text) { return tag("td", text.empty() ? to_fill() : breakable(text)); }

std::string contact_rows(const ContactSheet& sheet) {
  std::string out;
  for (const Contact& one : sheet.contacts) {
    const Ways ways = one.ways.value_or(Ways());
    const std::string desk = one.ways ? breakable(ways.desk) : std::string();
    out += tag("tr", text_tag("th scope=\"row\"", words_of(one.key, Language::japanese)) +
                         tag("td", desk.empty()
                                       ? to_fill() + text_tag("p class=\"small\"", desk_hint(one.key.party))
                                       : desk) +
                         cell(ways.main) + cell(ways.alternative) + tag("td", breakable(ways.hours)) +
                         text_tag("td class=\"small\"", tried_of(one, sheet.made))) +
           "\n";
  }
  return out;
}

std::string service_rows(const ContactSheet& sheet) {
  std::string out;
  for (const std::string& service : sheet.services)
    out +=
        tag("tr", tag("td", to_fill()) + text_tag("th scope=\"row\"", service) + tag("td", to_fill())) + "\n";
  return out;
}

std::string step_rows() {
  std::string out;
  for (const EmergencyStep& step : kSteps)
    out += tag("tr", text_tag("th scope=\"row\"", step.heading) + tag("td", breakable(step.text))) + "\n";
  return out;
}

std::string head_of(const ContactSheet& sheet) {
  return (sheet.site.empty() ? "" : sheet.site + "、") + "版: " + shown_time(sheet.made);
}

}  // namespace

std::span<const EmergencyStep> emergency_steps() { return kSteps; }

std::string text_of(const ContactSheet& sheet) {
  const std::string blank = "【" + std::string(kToFillIn) + "】";
  const auto or_blank = [&](const std::string& text) { return text.empty() ? blank : text; };
  std::string out = std::string(kTitle) + "\n" + head_of(sheet) + "\n\n■ 連絡先\n";
  for (const Contact& one : sheet.contacts) {
    const Ways ways = one.ways.value_or(Ways());
    out += words_of(one.key, Language::japanese) + ": " + or_blank(ways.desk) + "\n  主な手段 " +
           or_blank(ways.main) + "\n  代替の手段 " + or_blank(ways.alternative) + "\n";
    if (!ways.hours.empty()) out += "  受付 " + ways.hours + "\n";
    if (const std::string tried = tried_of(one, sheet.made); !tried.empty()) out += "  " + tried + "\n";
  }
  out += "\n■ 復旧の優先順位\n";
  for (const std::string& service : sheet.services) out += blank + " " + service + "\n";
  out += "\n■ 手順\n";
  for (const EmergencyStep& step : kSteps)
    out.append(step.heading).append(": ").append(step.text).append("\n");
  return out + "\n紙の様式の置き場所: " + blank + "\n";
}

std::string page_of(const ContactSheet& sheet) {
  const std::string head = head_of(sheet);
  const std::string body =
      text_tag("h1", kTitle) + "\n" + text_tag("p", head) + "\n" + text_tag("h2", "連絡先") +
      evidence::table("table", {"連絡する先", "窓口", "主な手段", "代替の手段", "受付", "つながることの確認"},
                      contact_rows(sheet)) +
      text_tag("h2", "復旧の優先順位") +
      evidence::table("table", {"順位", "サービス", "止まったときの代わり"}, service_rows(sheet)) +
      text_tag("h2", "手順") + evidence::table("table", {"すること", "方法"}, step_rows()) +
      tag("p", "紙の様式の置き場所: " + to_fill());
  return evidence::page(kTitle, std::string(kTitle) + " " + head, body);
}

}  // namespace gw::incidents
