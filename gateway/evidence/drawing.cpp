#include "evidence/drawing.h"

#include <vector>

#include "base/text.h"
#include "evidence/html.h"

namespace gw::evidence {
namespace {

constexpr std::string_view kStrokes[] = {R"( stroke="#000" stroke-width="1")",
                                         R"( stroke="#000" stroke-width="2.5")",
                                         R"( stroke="#000" stroke-width="1.5" stroke-dasharray="1.5 3")",
                                         R"( stroke="#444" stroke-width="1" stroke-dasharray="7 4")"};
std::string_view of(Drawing::Stroke stroke) { return kStrokes[static_cast<std::size_t>(stroke)]; }

constexpr std::string_view kRoot =
    R"(svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="diagram-title diagram-desc")"
    R"( font-family="'Noto Sans CJK JP','Hiragino Kaku Gothic ProN','Yu Gothic',Meiryo,sans-serif")";
constexpr std::string_view kArrow =
    R"(<defs><marker id="diagram-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8")"
    R"( markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>)";

std::string attribute(std::string_view name, int value) {
  return " " + std::string(name) + "=\"" + std::to_string(value) + "\"";
}

struct Character {
  std::string_view text{};
  int width = 0;  ///< in twentieths of the font's size
};
std::vector<Character> characters_of(std::string_view text) {
  std::vector<Character> out;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
    out.push_back({text.substr(0, length), length == 1 ? 11 : 20});
    text.remove_prefix(length);
  }
  return out;
}

/// As much of both ends as there is room for.
std::string clipped(std::string_view text, int twentieths) {
  const std::vector<Character> all = characters_of(text);
  int width = 0;
  for (const Character& one : all) width += one.width;
  if (width <= twentieths) return std::string(text);
  std::string front, back;
  twentieths -= 20;
  for (std::size_t i = 0, j = all.size(); i < j;) {
    const bool at_front = i <= all.size() - j;
    const Character& one = all[at_front ? i : j - 1];
    if ((twentieths -= one.width) < 0) break;
    if (at_front)
      front.append(one.text), ++i;
    else
      back.insert(0, one.text), --j;
  }
  return front + "…" + back;
}

}  // namespace

void Drawing::box(Point corner, int width, int height, Stroke stroke) {
  out_ += "<rect" + attribute("x", corner.x) + attribute("y", corner.y) + attribute("width", width) +
          attribute("height", height) + " fill=\"#fff\"" + std::string(of(stroke)) + "/>\n";
}

void Drawing::line(Point from, Point to, Stroke stroke) {
  out_ += "<line" + attribute("x1", from.x) + attribute("y1", from.y) + attribute("x2", to.x) +
          attribute("y2", to.y) + std::string(of(stroke)) + "/>\n";
}

void Drawing::arrow(Point from, Point to, Stroke stroke) {
  const auto point = [](int x, int y) { return std::to_string(x) + " " + std::to_string(y); };
  const int middle = (from.x + to.x) / 2;
  out_ += "<path d=\"M" + point(from.x, from.y) + "C" + point(middle, from.y) + " " + point(middle, to.y) +
          " " + point(to.x, to.y) + "\" fill=\"none\" marker-end=\"url(#diagram-arrow)\"" +
          std::string(of(stroke)) + "/>\n";
}

void Drawing::text(Point at, std::string_view text, int size, int room, bool is_bold) {
  const std::string seen = clipped(text, room * 20 / size);
  const std::string open = "text" + attribute("x", at.x) + attribute("y", at.y) +
                           attribute("font-size", size) + (is_bold ? " font-weight=\"700\"" : "");
  out_ += tag(open, (seen == text ? "" : text_tag("title", text)) + escaped(seen)) + "\n";
}

std::string Drawing::take(int height, std::string_view title, std::string_view description) {
  const std::string open = std::string(kRoot) + " viewBox=\"0 0 " + std::to_string(kWidth) + " " +
                           std::to_string(height) + "\"" + attribute("width", kWidth) +
                           attribute("height", height);
  return tag(open, text_tag("title id=\"diagram-title\"", title) +
                       text_tag("desc id=\"diagram-desc\"", description) + std::string(kArrow) + "\n" +
                       std::move(out_)) +
         "\n";
}

}  // namespace gw::evidence
