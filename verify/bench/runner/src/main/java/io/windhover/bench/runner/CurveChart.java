package io.windhover.bench.runner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Latency by percentile, as SVG: each further nine is as wide as the one before.
final class CurveChart {

  private static final int WIDTH = 1160;
  private static final int HEIGHT = 380;
  private static final int LEFT = 70;
  private static final int RIGHT = 170;
  private static final int TOP = 14;
  private static final int BOTTOM = 30;
  private static final int LABEL_GAP = 15;
  private static final int STEPS_PER_NINE = 12;
  private static final double NINES = 3; // up to 99.9 %

  private record Curve(Row row, List<double[]> dots) {

    double lastY() {
      return dots.getLast()[1];
    }
  }

  private final List<Row> rows;
  private final double lowest;
  private final double highest;

  private CurveChart(List<Row> rows) {
    this.rows = rows;
    double least = rows.stream().mapToDouble(row -> row.latencyMicros(0)).min().orElse(1);
    double most = rows.stream().mapToDouble(row -> row.latencyMicros(99.9)).max().orElse(10);
    lowest = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1))));
    highest = Math.max(most * 1.1, lowest * 10);
  }

  static String svg(String title, List<Row> rows) {
    return new CurveChart(rows).draw(title);
  }

  private String draw(String title) {
    var svg = new StringBuilder();
    svg.append(
        "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>"
            .formatted(WIDTH, HEIGHT, Html.escape(title)));
    grid(svg);
    var curves = new ArrayList<Curve>();
    rows.forEach(row -> curves.add(new Curve(row, dots(row))));
    curves.sort(Comparator.comparing((Curve curve) -> curve.row().contestant().isOurs()));
    curves.forEach(curve -> line(svg, curve));
    labels(svg, curves);
    return svg.append("</svg>").toString();
  }

  private void grid(StringBuilder svg) {
    for (double value = lowest; value <= highest; value *= 10) {
      for (int factor = 1; factor < 10 && value * factor <= highest; factor++) {
        boolean major = factor == 1;
        double y = y(value * factor);
        svg.append(
            "<path class='%s' d='M%d %.1fH%d'/>"
                .formatted(major ? "major" : "minor", LEFT, y, WIDTH - RIGHT));
        if (major || factor == 2 || factor == 5) {
          svg.append(
              "<text class='axis end' x='%d' y='%.1f'>%s</text>"
                  .formatted(LEFT - 8, y + 4, time(value * factor)));
        }
      }
    }
    var names = new String[] {"least", "90 %", "99 %", "99.9 %"};
    for (int nine = 0; nine <= NINES; nine++) {
      double x = x(nine);
      svg.append("<path class='minor' d='M%.1f %dV%d'/>".formatted(x, TOP, HEIGHT - BOTTOM));
      svg.append(
          "<text class='axis mid' x='%.1f' y='%d'>%s</text>"
              .formatted(x, HEIGHT - BOTTOM + 18, names[nine]));
    }
  }

  private List<double[]> dots(Row row) {
    var dots = new ArrayList<double[]>();
    for (int step = 0; step <= NINES * STEPS_PER_NINE; step++) {
      double nines = (double) step / STEPS_PER_NINE;
      double percentile = 100 * (1 - Math.pow(10, -nines));
      dots.add(new double[] {x(nines), y(row.latencyMicros(percentile))});
    }
    return dots;
  }

  private static void line(StringBuilder svg, Curve curve) {
    var path = new StringBuilder();
    for (var dot : curve.dots()) {
      path.append(path.isEmpty() ? "M" : "L").append("%.1f %.1f".formatted(dot[0], dot[1]));
    }
    svg.append("<path class='curve %s' d='%s'/>".formatted(kind(curve.row()), path));
  }

  /// Beside the ends of the lines, moved apart where they would cover each other.
  private static void labels(StringBuilder svg, List<Curve> curves) {
    var byHeight = curves.stream().sorted(Comparator.comparingDouble(Curve::lastY)).toList();
    double room = HEIGHT - BOTTOM - (double) LABEL_GAP * byHeight.size();
    double lowestFree = TOP;
    for (int i = 0; i < byHeight.size(); i++) {
      var curve = byHeight.get(i);
      double latest = room + (double) LABEL_GAP * (i + 1);
      double y = Math.max(Math.min(curve.lastY() + 4, latest), lowestFree);
      lowestFree = y + LABEL_GAP;
      svg.append(
          "<path class='lead' d='M%d %.1fL%d %.1f'/>"
              .formatted(WIDTH - RIGHT + 2, curve.lastY(), WIDTH - RIGHT + 14, y - 4));
      svg.append(
          "<text class='label %s' x='%d' y='%.1f'>%s</text>"
              .formatted(
                  kind(curve.row()),
                  WIDTH - RIGHT + 18,
                  y,
                  Html.escape(curve.row().contestant().name())));
    }
  }

  private static String kind(Row row) {
    return row.contestant().isOurs() ? "ours" : "peer";
  }

  private static double x(double nines) {
    return LEFT + nines / NINES * (WIDTH - LEFT - RIGHT);
  }

  private double y(double micros) {
    double share = Math.log(Math.max(micros, lowest) / lowest) / Math.log(highest / lowest);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static String time(double micros) {
    if (micros >= 1e6) {
      return "%.0f s".formatted(micros / 1e6);
    }
    return micros >= 1e3 ? "%.0f ms".formatted(micros / 1e3) : "%.0f µs".formatted(micros);
  }
}
