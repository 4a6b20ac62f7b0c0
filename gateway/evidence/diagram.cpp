#include "evidence/diagram.h"

#include <algorithm>
#include <set>

#include "evidence/diagram_plan.h"
#include "evidence/drawing.h"
#include "evidence/shown.h"

namespace gw::evidence {
namespace {

using Stroke = Drawing::Stroke;

/// From left to right: who answers for it, and what it is.
struct Column {
  int x = 0, width = 0;
  std::string_view owner{}, what{};
};
constexpr Column kClinic{8, 176, "医療機関", "院内の区画と端末"}, kBox{228, 212, "装置の提供者", "装置"},
    kWay{462, 76, "回線事業者", "インターネット"}, kCloud{556, 196, "サービス事業者", "クラウドサービス"};
constexpr int kBorders[] = {206, 454, 546};  ///< between them

// From top to bottom.
constexpr int kTop = 84, kLine = 15, kGap = 12, kInset = 8, kDestination = 28;

struct Manner {
  Stroke stroke{};
  std::string_view says{};
};
/// In the order of model::Mode.
constexpr Manner kManners[] = {
    {Stroke::solid, "端末と装置、装置とクラウドの間がそれぞれTLS。平文は装置の区画の中だけ"},
    {Stroke::thick, "端末とクラウドの間がTLS、その外側で端末と装置の間もTLS。内容の平文は装置にない"},
    {Stroke::dotted, "端末とクラウドの間だけがTLS(期限つきの例外)。内容の平文は装置にない"}};
const Manner& manner_of(model::Mode mode) { return kManners[static_cast<std::size_t>(mode)]; }

int lines(std::size_t count) { return static_cast<int>(count) * kLine; }
int height_of(const Segment& one) { return lines(1 + one.lines.size()) + 2 * kInset; }
int height_of(const Compartment& one) {
  const int inside = lines(1 + one.entrances.size());
  const int outside =
      static_cast<int>(one.destinations.size()) * kDestination + (one.left_out != 0 ? kLine : 0);
  return std::max(inside, outside) + 2 * kInset;
}
template <class Things>
int height_of_all(const Things& things) {
  int height = 0;
  for (const auto& one : things) height += height_of(one) + kGap;
  return height;
}

class Diagram {
 public:
  Diagram(const Plan& plan, std::string caption)
      : plan_(plan),
        caption_(std::move(caption)),
        height_(std::max(height_of_all(plan.segments), height_of_all(plan.compartments))) {
    for (const Column& column : {kClinic, kBox, kWay, kCloud}) head(column);
    for (const int x : kBorders) drawing_.line({x, 8}, {x, bottom()}, Stroke::dashed);
    for (std::size_t i = 0; i < plan.way.size() && i < 2; ++i)
      drawing_.text({kWay.x, 54 + lines(i)}, plan.way[i], 9, kWay.width);
    drawing_.box({kBox.x - kInset, kTop - kInset}, kBox.width + 2 * kInset, height_ + kInset, Stroke::solid);
    segments();
    compartments();
    key();
  }
  std::string take() {
    const std::string title = "構成図: " + plan_.site;
    const std::string description = "左から、医療機関の区画 " + std::to_string(plan_.segments.size()) +
                                    "、装置の中の仕切られた区画 " +
                                    std::to_string(plan_.compartments.size()) +
                                    "、回線、クラウドサービス。縦の破線は責任分界。" + caption_;
    return drawing_.take(key_, title, description);
  }

 private:
  int bottom() const { return kTop + height_ + kGap; }

  void head(const Column& column) {
    drawing_.text({column.x, 20}, column.owner, 12, column.width + 8, true);
    drawing_.text({column.x, 37}, column.what, 11, column.width + 8);
  }
  /// Spread over the whole height.
  void segments() {
    const auto count = static_cast<int>(std::max<std::size_t>(plan_.segments.size(), 1));
    const int more = (height_ - height_of_all(plan_.segments)) / count;
    int y = kTop + more / 2;
    for (const Segment& one : plan_.segments) {
      segment(one, y);
      middles_.push_back(y + height_of(one) / 2);
      y += height_of(one) + kGap + more;
    }
  }
  void segment(const Segment& one, int y) {
    drawing_.box({kClinic.x, y}, kClinic.width, height_of(one), Stroke::solid);
    y += kInset + 11;
    drawing_.text({kClinic.x + kInset, y}, one.name, 12, kClinic.width - 2 * kInset, true);
    for (const std::string& line : one.lines)
      drawing_.text({kClinic.x + kInset, y += kLine}, line, 10, kClinic.width - 2 * kInset);
  }
  void compartments() {
    int y = kTop + (height_ - height_of_all(plan_.compartments)) / 2;
    for (const Compartment& one : plan_.compartments) {
      compartment(one, y);
      destinations(one, y);
      y += height_of(one) + kGap;
    }
  }
  void compartment(const Compartment& one, int y) {
    drawing_.box({kBox.x, y}, kBox.width, height_of(one), Stroke::thick);
    y += kInset + 11;
    drawing_.text({kBox.x + kInset, y}, one.name, 12, kBox.width - 2 * kInset, true);
    for (const Entrance& entrance : one.entrances) {
      drawing_.text({kBox.x + kInset, y += kLine}, entrance.says, 10, kBox.width - 2 * kInset);
      drawing_.arrow({kClinic.x + kClinic.width, middles_[entrance.segment]}, {kBox.x, y - 4}, Stroke::solid);
    }
  }
  void destinations(const Compartment& one, int y) {
    y += kInset;
    for (const Destination& to : one.destinations) {
      drawing_.arrow({kBox.x + kBox.width, y + 14}, {kCloud.x - 4, y + 14}, manner_of(to.mode).stroke);
      drawing_.text({kCloud.x, y + 11}, to.name, 12, kCloud.width, true);
      drawing_.text({kCloud.x, y + 24}, to.server, 10, kCloud.width);
      modes_.insert(to.mode);
      y += kDestination;
    }
    if (one.left_out != 0)
      drawing_.text({kCloud.x, y + 11}, "ほか " + std::to_string(one.left_out) + " サービス(一覧は許可の表)",
                    10, kCloud.width);
  }
  /// What the lines mean that there are.
  void key() {
    key_ = bottom() + kLine;
    const auto row = [&](Stroke stroke, std::string_view says) {
      drawing_.line({kClinic.x, key_ - 4}, {kClinic.x + 36, key_ - 4}, stroke);
      drawing_.text({kClinic.x + 46, key_}, says, 10, Drawing::kWidth - 60);
      key_ += kLine;
    };
    for (const model::Mode mode : modes_) row(manner_of(mode).stroke, manner_of(mode).says);
    row(Stroke::dashed, "責任分界");
    if (caption_.empty()) return;
    drawing_.text({kClinic.x, key_}, plan_.site + "  " + caption_, 10, Drawing::kWidth - 2 * kClinic.x);
    key_ += kLine;
  }

  const Plan& plan_;
  const std::string caption_;
  const int height_;
  Drawing drawing_{};
  std::vector<int> middles_{};  ///< of the segments, from the top
  std::set<model::Mode> modes_{};
  int key_ = 0;
};

}  // namespace

std::string diagram_of(const model::NetworkRoll& network, const model::RuleRoll& rules, std::string caption) {
  const Plan plan = plan_of(network, rules);
  return Diagram(plan, std::move(caption)).take();
}

std::string diagram_caption(std::uint64_t number, CivilTime made, std::uint64_t generation) {
  return "番号 " + std::to_string(number) + "、作成 " + shown_time(made) + "、設定の世代 " +
         std::to_string(generation);
}

}  // namespace gw::evidence
