package io.windhover.bench.runner;

import java.util.List;

/// Horizontal bars with their values beside them, as SVG.
final class BarChart {

  private static final int WIDTH = 560;
  private static final int NAME_WIDTH = 150;
  private static final int VALUE_WIDTH = 80;
  private static final int ROW_HEIGHT = 24;
  private static final int BAR_HEIGHT = 14;

  /// @param least the end of the whisker to the left; the same as `most` for none
  /// @param label the value, for people
  record Bar(String name, double value, double least, double most, String label, boolean ours) {}

  private BarChart() {}

  static String svg(String title, List<Bar> bars) {
    double longest = bars.stream().mapToDouble(Bar::most).max().orElse(1);
    double scale = (WIDTH - NAME_WIDTH - VALUE_WIDTH) / Math.max(longest, Double.MIN_NORMAL);
    var svg = new StringBuilder();
    svg.append(
        "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>"
            .formatted(WIDTH, bars.size() * ROW_HEIGHT, Html.escape(title)));
    for (int i = 0; i < bars.size(); i++) {
      append(svg, bars.get(i), i * ROW_HEIGHT + ROW_HEIGHT / 2, scale);
    }
    return svg.append("</svg>").toString();
  }

  private static void append(StringBuilder svg, Bar bar, int middle, double scale) {
    var kind = bar.ours() ? "ours" : "peer";
    double end = NAME_WIDTH + Math.max(bar.value() * scale, 1);
    double left = NAME_WIDTH + bar.least() * scale;
    double right = NAME_WIDTH + bar.most() * scale;
    svg.append(
        "<text class='name %s' x='%d' y='%d'>%s</text>"
            .formatted(kind, NAME_WIDTH - 8, middle + 4, Html.escape(bar.name())));
    svg.append(
        "<rect class='bar %s' x='%d' y='%d' width='%.1f' height='%d' rx='2'/>"
            .formatted(kind, NAME_WIDTH, middle - BAR_HEIGHT / 2, end - NAME_WIDTH, BAR_HEIGHT));
    if (bar.most() > bar.least()) {
      svg.append(
          "<path class='whisker' d='M%.1f %dH%.1fM%.1f %dv6M%.1f %dv6'/>"
              .formatted(left, middle, right, left, middle - 3, right, middle - 3));
    }
    svg.append(
        "<text class='value %s' x='%.1f' y='%d'>%s</text>"
            .formatted(kind, Math.max(end, right) + 6, middle + 4, Html.escape(bar.label())));
  }
}
