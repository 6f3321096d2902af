package io.windhover.cli;

import io.windhover.thriftgo.PluginException;
import io.windhover.thriftgo.PluginMain;
import io.windhover.thriftgo.Request;
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

/// `windhover plugin`: what the program `thrift-gen-windhover` does.
@Command(
    name = "plugin",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Generates Java as a plugin of Thriftgo: reads a request on the standard input, answers on"
          + " the standard output.",
      "Run it as: thriftgo -g go -p windhover[=PROGRAM][:out=DIR] FILE"
    })
final class PluginCommand implements Callable<Integer> {
  private final InputStream in;
  private final OutputStream out;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  PluginCommand() {
    this(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
  }

  PluginCommand(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Request request;
    try {
      request = Request.read(in.readAllBytes());
    } catch (PluginException e) {
      spec.commandLine().getErr().println("not a request of Thriftgo: " + e.getMessage());
      return 1;
    }
    out.write(PluginMain.answer(request).write());
    out.flush();
    return 0;
  }
}
