package io.windhover.plugin;

/// A step after the generator: reads the checked model, adds files, and inserts code into generated
/// classes.
///
/// It is named on the command line or in the build, and made by its public constructor without
/// parameters. What it inserts is seen by nobody before all plugins have run.
@FunctionalInterface
public interface GeneratorPlugin {

  /// Called once in a run, when the Java has been generated and nothing has been written yet.
  ///
  /// @throws RuntimeException if anything is wrong with the plugin itself; then nothing is written.
  ///   For what is wrong with the IDL there is [PluginOutput#error]
  void run(PluginInput input, PluginOutput output);
}
