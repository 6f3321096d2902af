package io.windhover.bench.runner;

import static io.windhover.bench.runner.Contestant.Connections.POOLED;
import static io.windhover.bench.runner.Contestant.Connections.SHARED;

import io.windhover.bench.runner.Contestant.Connections;
import io.windhover.bench.runner.Contestant.Group;
import io.windhover.bench.runner.Contestant.Loader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// All contestants.
final class Roster {

  private static final Set<String> QUICK =
      Set.of(
          "windhover-framed",
          "windhover-mux",
          "kitex-framed",
          "kitex-mux",
          "libthrift-selector",
          "grpc-java",
          "netpoll-echo",
          "netty-echo",
          "epoll-echo");

  private static final Set<String> KITEX =
      Set.of(
          "windhover-framed",
          "windhover-framed-observed",
          "windhover-framed-pollers",
          "windhover-mux",
          "windhover-mux-observed",
          "kitex-framed",
          "kitex-mux",
          "libthrift-selector");

  private static final Set<String> GRPC =
      Set.of("windhover-grpc", "grpc-java", "grpc-java-virtual", "grpc-go", "kitex-grpc");

  /// How the names of those end that are others once more, with metrics and a middleware.
  private static final String OBSERVED = "-observed";

  /// The same for those whose handlers run on the pollers.
  private static final String ON_POLLERS = "-pollers";

  private static final Program JAVA =
      new Program.Java("java", "io.windhover.bench.contestant.Contestants");
  private static final Program DUBBO = new Program.Java("dubbo", "io.windhover.bench.dubbo.Dubbo");
  private static final Program ARMERIA =
      new Program.Java("armeria", "io.windhover.bench.armeria.Armeria");
  private static final Program ARMERIA_THRIFT =
      new Program.Java("armeria-thrift", "io.windhover.bench.armeriathrift.ArmeriaThrift");
  private static final Program GO = new Program.Go();
  private static final Program C = new Program.C();

  private final Properties versions = new Properties();
  private final String goModule;

  private Roster(Path root) throws IOException {
    try (var in = Roster.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    }
    goModule = Files.readString(root.resolve("verify/bench/go/go.mod"));
  }

  /// @param root of the repository
  static List<Contestant> read(Path root) {
    try {
      return new Roster(root).contestants();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns those of a quick run.
  static List<Contestant> quick(List<Contestant> all) {
    return only(all, contestant -> QUICK.contains(contestant.name()));
  }

  /// Returns the whole field: one of each library and way to call it.
  static List<Contestant> full(List<Contestant> all) {
    return only(
        all,
        contestant ->
            contestant.group() != Group.STREAMS
                && !contestant.name().endsWith(OBSERVED)
                && !contestant.name().endsWith(ON_POLLERS));
  }

  /// Returns those that send frames back.
  static List<Contestant> raw(List<Contestant> all) {
    return only(all, contestant -> contestant.group() == Group.RAW);
  }

  /// Returns Kitex' and ours of the same kind, and libthrift as a measure for both.
  static List<Contestant> kitex(List<Contestant> all) {
    return only(all, contestant -> KITEX.contains(contestant.name()));
  }

  /// Returns those that speak gRPC.
  static List<Contestant> grpc(List<Contestant> all) {
    return only(all, contestant -> GRPC.contains(contestant.name()));
  }

  /// Returns those with streams.
  static List<Contestant> streams(List<Contestant> all) {
    return only(all, contestant -> contestant.group() == Group.STREAMS);
  }

  private static List<Contestant> only(List<Contestant> all, Predicate<Contestant> condition) {
    return all.stream().filter(condition).toList();
  }

  private List<Contestant> contestants() {
    var kitex = go("github.com/cloudwego/kitex", "Kitex");
    var grpcGo = go("google.golang.org/grpc", "grpc-go");
    return List.of(
        rpc("windhover-framed", java("Windhover", "windhover"), POOLED, JAVA),
        rpc("windhover-framed" + OBSERVED, java("Windhover", "windhover"), POOLED, JAVA),
        rpc("windhover-framed" + ON_POLLERS, java("Windhover", "windhover"), POOLED, JAVA),
        rpc("windhover-ttheader", java("Windhover", "windhover"), POOLED, JAVA),
        rpc("windhover-mux", java("Windhover", "windhover"), SHARED, JAVA),
        rpc("windhover-mux" + OBSERVED, java("Windhover", "windhover"), SHARED, JAVA),
        rpc("kitex-framed", kitex, POOLED, GO),
        rpc("kitex-ttheader", kitex, POOLED, GO),
        rpc("kitex-mux", kitex, SHARED, GO),
        rpc("kitex-grpc", kitex, SHARED, GO),
        rpc("libthrift-selector", java("libthrift", "libthrift"), POOLED, JAVA),
        rpc("libthrift-pool", java("libthrift", "libthrift"), POOLED, JAVA),
        grpc("windhover-grpc", java("Windhover", "windhover")),
        grpc("grpc-java", java("grpc-java", "grpc-java")),
        grpc("grpc-java-virtual", java("grpc-java", "grpc-java")),
        rpc("grpc-go", grpcGo, SHARED, GO),
        rpc("dubbo-triple", java("Dubbo", "dubbo"), SHARED, DUBBO),
        rpc("armeria-grpc", java("Armeria", "armeria"), SHARED, ARMERIA),
        rpc("armeria-thrift", java("Armeria", "armeria-thrift"), SHARED, ARMERIA_THRIFT),
        streams("windhover-streams", java("Windhover", "windhover"), JAVA),
        streams("kitex-streams", kitex, GO),
        raw("netpoll-echo", java("Windhover", "windhover"), JAVA),
        raw("netpoll-echo-nio", java("Windhover", "windhover"), JAVA),
        raw("netpoll-echo-virtual", java("Windhover", "windhover"), JAVA),
        raw("netty-echo", java("Netty", "netty"), JAVA),
        raw("netty-echo-virtual", java("Netty", "netty"), JAVA),
        raw("blocking-echo", "JDK " + System.getProperty("java.version"), JAVA),
        raw("epoll-echo", "C", C));
  }

  private static Contestant rpc(
      String name, String library, Connections connections, Program program) {
    var loader = new Loader(program, name);
    var works = EnumSet.of(Work.ECHO, Work.SLEEP, Work.ORDER);
    return new Contestant(name, Group.RPC, library, connections, works, program, loader);
  }

  /// Its streams are on the connection of its calls.
  private static Contestant grpc(String name, String library) {
    var works = EnumSet.of(Work.ECHO, Work.SLEEP, Work.ORDER, Work.BIDI);
    return new Contestant(name, Group.RPC, library, SHARED, works, JAVA, new Loader(JAVA, name));
  }

  private static Contestant streams(String name, String library, Program program) {
    var loader = new Loader(program, name);
    var works = EnumSet.of(Work.BIDI, Work.STREAM);
    return new Contestant(name, Group.STREAMS, library, SHARED, works, program, loader);
  }

  /// Their servers are all called by the same client, so that the servers are what is compared.
  private static Contestant raw(String name, String library, Program program) {
    var loader = new Loader(C, "epoll-echo");
    var works = EnumSet.of(Work.ECHO, Work.PIPELINE);
    return new Contestant(name, Group.RAW, library, POOLED, works, program, loader);
  }

  private String java(String library, String key) {
    return library + " " + versions.getProperty(key);
  }

  private String go(String module, String library) {
    var line = Pattern.compile("\\s" + Pattern.quote(module) + " v(\\S+)").matcher(goModule);
    return line.find() ? library + " " + line.group(1) : library;
  }
}
