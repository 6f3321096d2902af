package io.windhover.plugin;

import io.windhover.codegen.JavaTypes;
import io.windhover.idl.Program;
import java.util.List;
import java.util.Map;

/// What a [GeneratorPlugin] gets.
///
/// @param programs the files that Java is generated for, includes before those that include them
/// @param types the names of the generated classes
/// @param parameters what the user has set for this plugin; a key without a value has the empty one
public record PluginInput(List<Program> programs, JavaTypes types, Map<String, String> parameters) {
  public PluginInput {
    programs = List.copyOf(programs);
    parameters = Map.copyOf(parameters);
  }
}
