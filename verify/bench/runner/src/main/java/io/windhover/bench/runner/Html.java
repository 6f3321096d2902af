package io.windhover.bench.runner;

/// The shell of the page: nothing is loaded from anywhere.
final class Html {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1d2329; --dim: #6a737d; --line: #e3e6e9;
        --paper: #fff; --card: #f7f8f9; --ours: #d9541e; --peer: #9aa5b1; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6e8ea; --dim: #98a2ac;
        --line: #30363c; --paper: #15181b; --card: #1d2125; --ours: #ff8a4c; --peer: #5d6873; } }
      body { margin: 0; background: var(--paper); color: var(--ink);
        font: 15px/1.5 system-ui, sans-serif; }
      main { max-width: 1200px; margin: 0 auto; padding: 32px 24px 64px; }
      h1 { font-size: 28px; margin: 0 0 4px; }
      h2 { font-size: 20px; margin: 48px 0 8px; }
      h3 { font-size: 14px; margin: 0 0 8px; font-weight: 600; }
      h3 small, p.note { color: var(--dim); font-weight: 400; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 16px 0;
        font-size: 13px; }
      dt { color: var(--dim); }
      dd { margin: 0; overflow-wrap: anywhere; }
      .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 16px; }
      .card { background: var(--card); border-radius: 8px; padding: 16px; margin: 0 0 16px; }
      svg { display: block; width: 100%; height: auto; font: 12px system-ui, sans-serif; }
      svg text { fill: var(--ink); }
      svg .name, svg .end { text-anchor: end; }
      svg .mid { text-anchor: middle; }
      svg .axis { fill: var(--dim); font-size: 11px; }
      svg text.ours { fill: var(--ours); font-weight: 700; }
      svg .bar.ours { fill: var(--ours); }
      svg .bar.peer { fill: var(--peer); }
      svg .whisker { stroke: var(--ink); fill: none; opacity: .55; }
      svg .major { stroke: var(--line); fill: none; }
      svg .minor { stroke: var(--line); fill: none; opacity: .5; }
      svg .lead { stroke: var(--dim); fill: none; opacity: .6; }
      svg .curve { fill: none; stroke-width: 1.5; stroke: var(--peer); }
      svg .curve.ours { stroke: var(--ours); stroke-width: 2.5; }
      pre { background: var(--card); border-radius: 8px; padding: 16px; overflow-x: auto;
        font: 12px/1.45 ui-monospace, monospace; }
      """;

  private Html() {}

  static String page(String title, String body) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>
    %s</style>
    </head>
    <body>
    <main>
    %s</main>
    </body>
    </html>
    """
        .formatted(escape(title), STYLE, body);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }
}
