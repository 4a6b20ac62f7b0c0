#include <array>
#include <string_view>

#include "base/jst.h"
#include "maintenance/report.h"

namespace gw::maintenance {
namespace {

/// In the order of Language.
using Words = std::array<std::string_view, 2>;

constexpr Words kTitle = {"Remote maintenance report", "保守作業報告書"};
constexpr Words kNumber = {"Number", "番号"}, kVendor = {"Vendor", "保守会社"},
                kWho = {"Maintainer", "作業者"}, kTarget = {"Target", "対象"}, kReason = {"Reason", "理由"},
                kTicket = {"Vendor's ticket", "保守会社の受付番号"}, kWindow = {"Window", "許可時間"},
                kOpened = {"Let in", "開始"}, kEnded = {"Ended", "終了"}, kApproval = {"Approval", "承認"};
constexpr Words kDone = {"Planned and done", "計画して実施した作業"},
                kNotDone = {"Planned and not done", "計画したが実施していない作業"},
                kNotPlanned = {"Done and not planned", "計画になく実施した作業"}, kNone = {"none", "なし"};
constexpr Words kByPlan = {"What was done is what was planned.", "計画どおりに実施しました。"},
                kOffPlan = {"NOT AS PLANNED: look at the rows above.",
                            "【確認】計画と実施が一致しません。上の各項目を確認してください。"},
                kDenied = {"Attempts that were not allowed", "許可されず拒否した操作の回数"};
constexpr Words kEmergency = {"EMERGENCY: let in without prior approval", "【緊急】事前の承認なしに開始"},
                kLate = {"NOBODY APPROVED IT IN TIME", "【異常】期限内に承認されていません"},
                kYes = {"approved by ", "承認者 "}, kNo = {"refused by ", "不承認 "},
                kNobody = {"nobody yet", "未承認"};
constexpr Words kActDone = {"done", "完了"}, kActFailed = {"failed", "失敗"},
                kActUnknown = {"outcome unknown", "結果不明"};
constexpr Words kBox = {"the gateway", "ゲートウェイ本体"}, kDevice = {"device ", "機器 "};
constexpr std::array<Words, 5> kEnds = {{{"", ""},
                                         {"the window was over", "許可時間の終了"},
                                         {"by the clinic", "医院による終了"},
                                         {"by the maintainer", "作業者による終了"},
                                         {"emergency stop", "緊急停止"}}};

/// Writes one report in one language.
class Writer {
 public:
  explicit Writer(Language language) : language_(language) {}

  void line(const Words& name, std::string_view value) {
    out_.append(said(name)).append(is_japanese() ? ":" : ": ").append(value).append("\n");
  }
  void line(std::string_view text) { out_.append(text).append("\n"); }
  std::string_view said(const Words& words) const { return words[static_cast<std::size_t>(language_)]; }
  bool is_japanese() const { return language_ == Language::japanese; }
  std::string take() { return std::move(out_); }

  void act(const Act& act) {
    const Words& outcome = !act.is_done ? kActUnknown : *act.is_done ? kActDone : kActFailed;
    out_.append("    ")
        .append(time_of(act.begun))
        .append("  ")
        .append(maintenance::words_of(act.work, language_));
    if (!act.detail.empty()) out_.append(" ").append(act.detail);
    out_.append("  [").append(said(outcome)).append("]");
    if (!act.result.empty()) out_.append(" ").append(act.result);
    out_ += "\n";
  }
  void head_of(const Words& name, bool is_empty) {
    out_.append("\n").append(said(name)).append("\n");
    if (is_empty) out_.append("  ").append(said(kNone)).append("\n");
  }
  void acts(const Words& name, const std::vector<Act>& acts) {
    head_of(name, acts.empty());
    for (const Act& one : acts) act(one);
  }
  void rows(const Words& name, const std::vector<Report::Row>& rows) {
    head_of(name, rows.empty());
    for (const Report::Row& row : rows) {
      out_.append("  - ").append(maintenance::words_of(row.step.work, language_));
      if (!row.step.words.empty()) out_.append(is_japanese() ? ":" : ": ").append(row.step.words);
      out_ += "\n";
      for (const Act& one : row.acts) act(one);
    }
  }
  static std::string time_of(CivilTime time) {
    if (time == CivilTime{}) return "-";
    return to_jst_text(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()));
  }

 private:
  Language language_;
  std::string out_;
};

void write_approval(Writer& writer, const Request& request) {
  if (request.is_emergency) writer.line(writer.said(kEmergency));
  if (request.is_flagged) writer.line(writer.said(kLate));
  std::string who(writer.said(kNobody));
  if (request.decision.account != AccountId())
    who = std::string(writer.said(request.is_approved ? kYes : kNo)) + request.decision.name + " " +
          Writer::time_of(request.decision.when) + " " + request.decision.words;
  writer.line(kApproval, who);
}

void write_head(Writer& writer, const Request& request) {
  const Draft& draft = request.draft;
  const bool is_box = draft.target.place == Target::Place::box;
  writer.line(writer.said(kTitle));
  writer.line(kNumber, std::to_string(request.id.number()));
  writer.line(kVendor, draft.vendor);
  writer.line(kWho, request.requester_name);
  writer.line(kTarget, std::string(writer.said(is_box ? kBox : kDevice)) + draft.target.name);
  writer.line(kReason, draft.reason);
  if (!draft.ticket.empty()) writer.line(kTicket, draft.ticket);
  writer.line(kWindow, Writer::time_of(draft.from) + " - " + Writer::time_of(draft.until));
  write_approval(writer, request);
  writer.line(kOpened, Writer::time_of(request.opened));
  const std::string end(writer.said(kEnds[static_cast<std::size_t>(request.end)]));
  writer.line(kEnded, Writer::time_of(request.ended) + " " + end +
                          (request.end_by.empty() ? "" : " " + request.end_by));
}

}  // namespace

std::string text_of(const Report& report, Language language) {
  Writer writer(language);
  write_head(writer, report.request);
  writer.rows(kDone, report.done);
  writer.rows(kNotDone, report.not_done);
  writer.acts(kNotPlanned, report.not_planned);
  writer.line("");
  if (report.request.denied != 0) writer.line(kDenied, std::to_string(report.request.denied));
  writer.line(writer.said(report.is_as_planned() ? kByPlan : kOffPlan));
  return writer.take();
}

}  // namespace gw::maintenance
