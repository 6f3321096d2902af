package io.windhover.plugin;

import io.windhover.codegen.InsertionPoint;
import io.windhover.idl.source.Diagnostic;

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

  /// Tells the user about a place in an IDL file. After an error nothing is written.
  void report(Diagnostic diagnostic);
}
