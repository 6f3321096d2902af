package io.windhover.plugin.host;

import io.windhover.codegen.InsertionPoint;
import io.windhover.plugin.PluginOutput;
import io.windhover.source.Span;
import io.windhover.thriftgo.Response.Generated;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one plugin has made, in the form of Thriftgo's protocol.
final class Collected implements PluginOutput {
  private static final String INDENT = "  ";

  private final List<Generated> contents = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private boolean hasErrors;

  Collected() {}

  @Override
  public void add(String path, String content) {
    var name = Path.of(path).normalize().toString().replace('\\', '/');
    contents.add(new Generated(content, Optional.of(name), Optional.empty()));
  }

  @Override
  public void insert(String className, InsertionPoint point, String code) {
    var lines = code.strip() + "\n";
    var text = point == InsertionPoint.MEMBERS ? "\n" + indented(lines) : lines;
    var file = className.replace('.', '/') + ".java";
    contents.add(new Generated(text, Optional.of(file), Optional.of(point.label())));
  }

  private static String indented(String lines) {
    return lines.replaceAll("(?m)^(?=.)", INDENT);
  }

  @Override
  public void error(Span place, String message) {
    messages.add(place + ": error: " + message);
    hasErrors = true;
  }

  @Override
  public void warning(Span place, String message) {
    messages.add(place + ": warning: " + message);
  }

  List<Generated> contents() {
    return contents;
  }

  List<String> messages() {
    return messages;
  }

  boolean hasErrors() {
    return hasErrors;
  }
}
