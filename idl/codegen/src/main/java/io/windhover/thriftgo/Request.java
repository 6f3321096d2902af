package io.windhover.thriftgo;

import java.util.List;

/// What the host tells a plugin.
///
/// @param version of the host, as Thriftgo writes its own
/// @param generatorParameters options of the generator, each `key=value`
/// @param pluginParameters options of this plugin, each `key=value`; a key without a value has the
///   `=`, too
/// @param language the target language
/// @param outputPath where files go: absolute, or relative to the working folder, which the plugin
///   shares
/// @param recursive whether included files are generated, too
/// @param ast the file to generate from, with what it includes
public record Request(
    @Required String version,
    @Required List<String> generatorParameters,
    @Required List<String> pluginParameters,
    @Required String language,
    @Required String outputPath,
    @Required boolean recursive,
    @Required Ast.Thrift ast) {

  /// The Thriftgo whose protocol this is. Plugins may look at it, so hosts send nothing else.
  public static final String PROTOCOL_VERSION = "0.4.5";

  public Request {
    generatorParameters = List.copyOf(generatorParameters);
    pluginParameters = List.copyOf(pluginParameters);
  }

  /// @throws PluginException if the bytes do not begin with a request
  public static Request read(byte[] bytes) {
    return StructReader.read(bytes, Request.class);
  }

  /// @throws PluginException if it is larger than 256 MiB, since files that are included by several
  ///   others are written once for each
  public byte[] write() {
    return StructWriter.write(this, StructWriter.MAX_BYTES);
  }
}
