package io.windhover.maven;

import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.sonatype.plexus.build.incremental.BuildContext;

/** What the goals share that generate Java from <code>.proto</code> files. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
abstract class ProtoGenerationMojo extends GenerationMojo {

  /**
   * Whose classes messages are: <code>windhover</code> generates them, too; <code>protobuf-java
   * </code> leaves them to protoc.
   */
  @Parameter(defaultValue = "windhover")
  private String messages;

  ProtoGenerationMojo(
      ToolchainManager toolchains, RepositorySystem repositories, BuildContext ide) {
    super(toolchains, repositories, ide);
  }

  @Override
  final String suffix() {
    return PROTO;
  }

  /** Plugins are for Thrift alone. */
  @Override
  final boolean runsPrograms() {
    return false;
  }

  @Override
  List<String> languageArguments() throws MojoExecutionException {
    var arguments = protoArguments(ownDirectories());
    arguments.addAll(List.of("--messages", messages));
    addAsync(arguments);
    return arguments;
  }
}
