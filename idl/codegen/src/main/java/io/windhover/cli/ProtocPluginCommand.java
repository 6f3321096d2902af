package io.windhover.cli;

import io.windhover.protoc.PluginMain;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `windhover protoc-plugin`: what the program `protoc-gen-windhover` does.
@Command(
    name = "protoc-plugin",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Generates Java as a plugin of protoc: reads a request on the standard input, answers on the"
          + " standard output.",
      "Run it as: protoc --windhover_out=DIR FILE...",
      "With --windhover_opt=messages=protobuf-java it makes services alone.",
      "With --windhover_opt=async=true services get a second interface, whose methods return a"
          + " CompletionStage."
    })
final class ProtocPluginCommand implements Callable<Integer> {
  private final InputStream in;
  private final OutputStream out;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  ProtocPluginCommand() {
    this(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
  }

  ProtocPluginCommand(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    var request = in.readAllBytes();
    byte[] answer;
    try {
      answer = PluginMain.answer(request);
    } catch (IOException e) {
      spec.commandLine().getErr().println("not a request of protoc: " + e.getMessage());
      return 1;
    }
    out.write(answer);
    out.flush();
    return 0;
  }
}
