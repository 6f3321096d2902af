package io.windhover.bench.compile;

import com.sun.management.OperatingSystemMXBean;
import io.windhover.codegen.GeneratorOptions;
import io.windhover.codegen.JavaGenerator;
import io.windhover.codegen.JavaNotes;
import io.windhover.codegen.OutputDirectory;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The program of a [ResidentProcess]: reads the paths of a file and of a folder, a line each, does
/// with them what `windhover gen` does, answers with the nanoseconds that this took, by the clock
/// and of CPU time, and reads on.
final class Resident {

  private Resident() {}

  public static void main(String[] args) throws IOException {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var idl = lines.readLine(); idl != null; idl = lines.readLine()) {
      var out = Path.of(lines.readLine());
      long cpuStart = system.getProcessCpuTime();
      long start = System.nanoTime();
      compile(Path.of(idl), out);
      long wallNanos = System.nanoTime() - start;
      System.out.println(wallNanos + " " + (system.getProcessCpuTime() - cpuStart));
    }
  }

  private static void compile(Path idl, Path out) throws IOException {
    var compilation = ThriftCompiler.compile(List.of(idl), CompilerOptions.DEFAULTS);
    var programs = compilation.programs();
    compilation.diagnostics().forEach(System.err::print);
    JavaNotes.of(programs, GeneratorOptions.DEFAULTS);
    var result = JavaGenerator.generate(programs);
    result.diagnostics().forEach(System.err::print);
    if (compilation.hasErrors() || result.hasErrors()) {
      throw new IOException(idl + " cannot be compiled");
    }
    var idls = programs.stream().map(program -> program.file().path()).toList();
    new OutputDirectory(out).update(idls, result.files(), false);
  }
}
