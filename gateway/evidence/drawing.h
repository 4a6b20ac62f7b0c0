#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gw::evidence {

/// Shapes and lines of text as SVG, black on white. Lengths are units of a drawing kWidth wide. Within the
/// module.
class Drawing {
 public:
  static constexpr int kWidth = 760;

  enum class Stroke : std::uint8_t { solid, thick, dotted, dashed };
  struct Point {
    int x = 0, y = 0;
  };

  void box(Point corner, int width, int height, Stroke stroke);
  void line(Point from, Point to, Stroke stroke);
  /// One that ends in an arrow, bent if it has to climb.
  void arrow(Point from, Point to, Stroke stroke);
  /// In a room so wide; what is longer loses its middle, and is whole where the pointer rests on it.
  void text(Point at, std::string_view text, int size, int room, bool is_bold = false);

  std::string take(int height, std::string_view title, std::string_view description);

 private:
  std::string out_{};
};

}  // namespace gw::evidence
