package io.windhover.plugin.host;

import io.windhover.plugin.GeneratorPlugin;
import io.windhover.plugin.PluginInput;
import io.windhover.plugin.PluginOutput;
import io.windhover.thriftgo.PluginException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/// A plugin that runs in this process.
///
/// @param name of its class
/// @param parameters that the user has set
public record PluginClass(String name, GeneratorPlugin plugin, Map<String, String> parameters) {
  public PluginClass {
    parameters = Map.copyOf(parameters);
  }

  /// Makes the plugin that `class[:key=value,...]` means.
  ///
  /// @param loader knows the class
  /// @throws PluginException if there is no such class, or it is no plugin
  public static PluginClass load(String text, ClassLoader loader) {
    int colon = text.indexOf(':');
    var name = colon < 0 ? text : text.substring(0, colon);
    var parameters = new LinkedHashMap<String, String>();
    if (colon >= 0) {
      for (var option : text.substring(colon + 1).split(",", -1)) {
        int equals = option.indexOf('=');
        parameters.put(
            equals < 0 ? option : option.substring(0, equals),
            equals < 0 ? "" : option.substring(equals + 1));
      }
    }
    return new PluginClass(name, instance(name, loader), parameters);
  }

  private static GeneratorPlugin instance(String name, ClassLoader loader) {
    try {
      var type = Class.forName(name, true, loader);
      if (!GeneratorPlugin.class.isAssignableFrom(type)) {
        throw new PluginException(
            "plugin %s does not implement %s".formatted(name, GeneratorPlugin.class.getName()));
      }
      return (GeneratorPlugin) type.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new PluginException("plugin %s: no such class".formatted(name), e);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw new PluginException(
          "plugin %s has no public constructor without parameters".formatted(name), e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new PluginException("plugin %s cannot be made:\n%s".formatted(name, trace(e)), e);
    }
  }

  void run(PluginInput input, PluginOutput output) {
    try {
      plugin.run(input, output);
    } catch (RuntimeException | LinkageError e) { // of a person's code, who needs the trace
      throw new PluginException("plugin %s failed:\n%s".formatted(name, trace(e)), e);
    }
  }

  private static String trace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString().stripTrailing();
  }
}
