import com.google.googlejavaformat.java.Formatter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Checks (`check`) or rewrites (`write`) every Java file of the tree with google-java-format.
///
/// Run by the build as one process for all modules, on the JDK 25 that the toolchain found: Maven
/// itself may run on 17, where the formatter does not load.
final class Format {
  public static void main(String[] args) throws Exception {
    var write = args[0].equals("write");
    var root = Path.of(args[1]);
    var formatter = new Formatter();
    var wrong = new ArrayList<Path>();
    try (var files = Files.walk(root)) {
      for (var file :
          (Iterable<Path>) files.filter(file -> isOurs(root.relativize(file)))::iterator) {
        var source = Files.readString(file);
        var formatted = formatter.formatSourceAndFixImports(source);
        if (!formatted.equals(source)) {
          wrong.add(root.relativize(file));
          if (write) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    wrong.forEach(file -> System.out.println((write ? "formatted " : "not formatted: ") + file));
    if (!write && !wrong.isEmpty()) {
      System.out.println("To format: mvn -Pformat -N validate");
      System.exit(1);
    }
  }

  private static boolean isOurs(Path file) {
    var path = "/" + file.toString().replace('\\', '/'); // from the root: that may lie in a target/
    return path.endsWith(".java")
        && !path.contains("/target/")
        && !path.contains("/src/test/resources/");
  }
}
