package io.windhover.plugin;

import io.windhover.codegen.InsertionPoint;
import io.windhover.source.Span;

/// Takes what a [GeneratorPlugin] makes.
public interface PluginOutput {

  /// Adds a file. If there is another one of that name, this one is renamed, with a warning.
  ///
  /// @param path in the output folder, with `/` between its parts
  void add(String path, String content);

  /// Inserts code into a generated class, behind what others have inserted there.
  ///
  /// @param className qualified, from [PluginInput#types]
  /// @param code whole lines, not indented: that is done here
  void insert(String className, InsertionPoint point, String code);

  /// Tells the user what is wrong at a place in an IDL file. Nothing will be written.
  void error(Span place, String message);

  /// Tells the user about a place in an IDL file.
  void warning(Span place, String message);
}
