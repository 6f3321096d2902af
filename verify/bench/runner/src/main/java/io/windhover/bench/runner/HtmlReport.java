package io.windhover.bench.runner;

import io.windhover.bench.runner.BarChart.Bar;
import io.windhover.bench.runner.Contestant.Group;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The results as one page.
final class HtmlReport {

  private static final String TITLE = "Windhover bench";

  private static final Map<Group, String> GROUPS =
      Map.of(
          Group.RPC, "calls: encode, send, decode, run a handler, and back",
          Group.STREAMS, "streams: encode, send, decode each message",
          Group.RAW, "frames of bytes, sent back");

  private final Results results;
  private final Plan plan;
  private final String text;
  private final Surroundings surroundings;

  /// @param text the tables, shown at the end
  HtmlReport(Results results, Plan plan, String text, Surroundings surroundings) {
    this.results = results;
    this.plan = plan;
    this.text = text;
    this.surroundings = surroundings;
  }

  String page() {
    var body = new StringBuilder("<h1>" + TITLE + "</h1>\n");
    body.append(
        "<p class='note'>Ours in colour. Rows where we lose stay in. Quote the server's CPU time"
            + " per call: it does not depend on what the client can do.</p>\n<dl>\n");
    surroundings
        .facts()
        .forEach(
            (name, value) ->
                body.append("<dt>%s</dt><dd>%s</dd>\n".formatted(name, Html.escape(value))));
    body.append("</dl>\n");
    for (var point : plan.points()) {
      for (var group : Group.values()) {
        var rows =
            results.rows(point).stream().filter(row -> row.contestant().group() == group).toList();
        if (!rows.isEmpty()) {
          section(body, point, group, rows);
        }
      }
    }
    body.append("<h2>All figures</h2>\n<pre>" + Html.escape(text) + "</pre>\n");
    return Html.page(TITLE, body.toString());
  }

  private static void section(StringBuilder body, Point point, Group group, List<Row> rows) {
    body.append(
        "<h2>%s</h2>\n<p class='note'>%s</p>\n"
            .formatted(Html.escape(point.title()), GROUPS.get(group)));
    var unit = point.work().unit();
    body.append("<div class='pair'>\n");
    card(body, "Server CPU per " + unit, "µs, less is better; median, least and most", cpu(rows));
    card(
        body,
        "Throughput",
        unit + "s per second, more is better; median, least and most",
        throughput(rows));
    body.append("</div>\n");
    card(
        body,
        "Latency",
        "by percentile, from the intended start"
            + (point.work().messages() > 1 ? ", of a whole stream" : ""),
        CurveChart.svg("latency by percentile", rows));
  }

  private static void card(StringBuilder body, String title, String note, String chart) {
    body.append(
        "<div class='card'><h3>%s <small>%s</small></h3>%s</div>\n".formatted(title, note, chart));
  }

  private static String cpu(List<Row> rows) {
    return BarChart.svg(
        "server CPU per call",
        rows.stream()
            .map(row -> bar(row, row.serverMicrosSpread(), TextReport.micros(row.serverMicros())))
            .toList());
  }

  private static String throughput(List<Row> rows) {
    return BarChart.svg(
        "calls per second",
        rows.stream()
            .sorted(Comparator.comparingDouble((Row row) -> -row.callsPerSecond().median()))
            .map(
                row ->
                    bar(row, row.callsPerSecond(), TextReport.whole(row.callsPerSecond().median())))
            .toList());
  }

  private static Bar bar(Row row, Row.Spread spread, String label) {
    var contestant = row.contestant();
    return new Bar(
        contestant.name(),
        spread.median(),
        spread.least(),
        spread.most(),
        label,
        contestant.isOurs());
  }
}
