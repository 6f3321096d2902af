package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.windhover.codegen.JavaGenerator;
import io.windhover.codegen.OutputDirectory;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import io.windhover.rpc.server.Server;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TMultiplexedProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;
import org.apache.thrift.transport.layered.TFramedTransport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/// Does what `docs/guides/coming-from-apache-thrift.md` says: generates from its IDL with both
/// compilers, compiles the classes it shows, and lets each client call each server.
///
/// Apache's half needs the `thrift` command.
final class ComingFromApacheTest {
  private static final Path PAGE = Path.of("../../docs/guides/coming-from-apache-thrift.md");
  private static final Pattern BLOCK =
      Pattern.compile(
          "`(\\w+\\.\\w+)`:\n\n```(thrift|java apache|java windhover)\n(.*?)^```$",
          Pattern.DOTALL | Pattern.MULTILINE);
  private static final Path LIBTHRIFT = Path.of("target", "older", "libthrift.jar");
  private static final String NO_THRIFT =
      "*** NOT TESTED AGAINST APACHE'S JAVA: there is no thrift command on this machine ***";
  private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();
  private static final String ANSWER = "3 of tea, 0 left";

  /// A file for each row of the table of differences, by its code.
  private static final Map<String, String> DIFFERENCES =
      Map.ofEntries(
          Map.entry("W001", "struct S { i32 a }"),
          Map.entry("W002", "struct S { -1: i32 a }"),
          Map.entry("W008", "namespace java a namespace java b struct S {}"),
          Map.entry("E074", "const set<i32> S = [1, 1]"),
          Map.entry("E071", "const i8 A = 300"),
          Map.entry("E042", "struct S { 70000: i32 a }"),
          Map.entry("E020", "include 'none.thrift'"),
          Map.entry(
              "E033",
              "include 'x/base.thrift' include 'y/base.thrift' struct S { 1: base.Both b }"),
          Map.entry("E043", "struct S { 1: required S s }"),
          Map.entry("E064", "exception X {} service V { void m() throws (1: X a, 2: X b) }"),
          Map.entry("E036", "struct S { 1: i32 user_id, 2: i32 userId }"));

  @TempDir static Path folder;

  private static ClassLoader ours;

  @BeforeAll
  static void compileOurs() throws IOException {
    var sources = Files.createDirectories(folder.resolve("windhover"));
    var idl = Files.writeString(folder.resolve("stock.thrift"), block("thrift").getFirst().text);
    var compilation = ThriftCompiler.compile(List.of(idl), CompilerOptions.DEFAULTS);
    assertThat(compilation.diagnostics()).isEmpty();
    var files = JavaGenerator.generate(compilation.programs()).files();
    new OutputDirectory(sources).update(List.of(), files, true);
    var loader = ComingFromApacheTest.class.getClassLoader();
    ours = compile(sources, "java windhover", System.getProperty("java.class.path"), loader);
  }

  @Test
  void ourClientCallsApachesServer() throws Exception {
    var theirs = theirs();
    var socketType = theirs.loadClass("org.apache.thrift.transport.TServerSocket");
    var socket =
        socketType
            .getConstructor(InetSocketAddress.class)
            .newInstance(new InetSocketAddress(HOST, 0));
    int port =
        ((ServerSocket) socketType.getMethod("getServerSocket").invoke(socket)).getLocalPort();
    var server = call(theirs, "StockServer", "on", socket);
    var thread = Thread.ofPlatform().daemon().name("libthrift").start(() -> run(server, "serve"));

    assertThat(call(ours, "StockClient", "run", HOST, port)).isEqualTo(ANSWER);

    run(server, "stop");
    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void apachesClientCallsOurServer() throws Exception {
    var theirs = theirs();
    try (var server = server()) {
      assertThat(call(theirs, "StockClient", "run", HOST, server.port())).isEqualTo(ANSWER);
    }
  }

  @Test
  void ourClientCallsOurServer() throws Exception {
    try (var server = server()) {
      assertThat(call(ours, "StockClient", "run", HOST, server.port())).isEqualTo(ANSWER);
    }
  }

  @Test
  void storesStructs() throws Exception {
    var item = ours.loadClass("com.example.stock.Item").getConstructor().newInstance();
    item.getClass().getMethod("name", String.class).invoke(item, "tea");

    var bytes = call(ours, "Stored", "bytes", item);

    assertThat(call(ours, "Stored", "item", bytes)).isEqualTo(item);
  }

  /// What the table of protocols says is taken, and what is not.
  @Test
  void takesBothTransportsOnOnePort() throws Exception {
    try (var server = server();
        var bare = new TSocket(HOST, server.port(), 10_000);
        var framed = new TFramedTransport(new TSocket(HOST, server.port(), 10_000))) {
      bare.open();
      framed.open();

      assertThat(find(new TBinaryProtocol(bare), "find")).isEqualTo(TMessageType.REPLY);
      assertThat(find(new TBinaryProtocol(framed), "find")).isEqualTo(TMessageType.REPLY);
    }
  }

  @Test
  void refusesOtherProtocols() throws Exception {
    try (var server = server()) {
      for (var protocol : List.<Protocols>of(TCompactProtocol::new, ComingFromApacheTest::old)) {
        for (boolean isFramed : new boolean[] {false, true}) {
          var socket = new TSocket(HOST, server.port(), 10_000);
          try (var transport = isFramed ? new TFramedTransport(socket) : socket) {
            transport.open();
            assertThatThrownBy(() -> find(protocol.on(transport), "find"))
                .isInstanceOf(TTransportException.class);
          }
        }
      }
    }
  }

  @Test
  void knowsNoMultiplexedNames() throws Exception {
    try (var server = server();
        var transport = new TFramedTransport(new TSocket(HOST, server.port(), 10_000))) {
      transport.open();
      var protocol = new TMultiplexedProtocol(new TBinaryProtocol(transport), "Stock");

      assertThatThrownBy(() -> find(protocol, "find"))
          .isInstanceOfSatisfying(
              TApplicationException.class,
              e -> assertThat(e.getType()).isEqualTo(TApplicationException.UNKNOWN_METHOD));
    }
  }

  static Stream<String> differences() throws IOException {
    var table = Files.readString(PAGE).split("\\| in the file \\|.*", -1)[1].split("\n\n", -1)[0];
    return table
        .lines()
        .flatMap(row -> Pattern.compile("\\(([EW]\\d{3})\\)").matcher(row).results())
        .map(code -> code.group(1));
  }

  @Test
  void eachRowOfTheTableHasAFile() throws IOException {
    assertThat(differences()).containsExactlyInAnyOrderElementsOf(DIFFERENCES.keySet());
  }

  /// Each row of the table of differences has a file here that Apache's compiler takes, and about
  /// which ours says what the row says.
  @ParameterizedTest
  @MethodSource("differences")
  void apacheTakesWhatWeReport(String code) throws IOException {
    for (var included : List.of("x", "y")) {
      var folderOfInclude = Files.createDirectories(folder.resolve(included));
      Files.writeString(folderOfInclude.resolve("base.thrift"), "struct Both {}");
    }
    var file = Files.writeString(folder.resolve("f.thrift"), DIFFERENCES.getOrDefault(code, ""));
    var compilation = ThriftCompiler.compile(List.of(file), CompilerOptions.DEFAULTS);
    var generated = JavaGenerator.generate(compilation.roots()).diagnostics();

    assertThat(Stream.concat(compilation.diagnostics().stream(), generated.stream()))
        .anyMatch(it -> it.toString().contains("[" + code + "]"));
    assertThat(thrift().compile(file, Files.createDirectories(folder.resolve("f"))))
        .isEqualTo(IdlCompiler.Outcome.ACCEPTS);
  }

  @Test
  void isAnEighthAsLong() throws IOException {
    theirs();

    assertThat(lines(folder.resolve("apache")))
        .isGreaterThan(8 * lines(folder.resolve("windhover")));
  }

  private static long lines(Path sources) throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.walk(sources)) {
      for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        lines += Files.readString(file).lines().count();
      }
    }
    return lines;
  }

  private interface Protocols {
    TProtocol on(TTransport transport);
  }

  private static TProtocol old(TTransport transport) {
    return new TBinaryProtocol(transport, false, false);
  }

  /// Calls with an argument of id 1.
  ///
  /// @return the type of the answer
  private static byte find(TProtocol protocol, String method) throws TException {
    protocol.writeMessageBegin(new TMessage(method, TMessageType.CALL, 1));
    ThriftValue.struct().with(1, ThriftValue.text("tea")).write(protocol);
    protocol.writeMessageEnd();
    protocol.getTransport().flush();
    var answer = protocol.readMessageBegin();
    if (answer.type == TMessageType.EXCEPTION) {
      throw TApplicationException.readFrom(protocol);
    }
    ThriftValue.Struct.read(protocol);
    return answer.type;
  }

  private static Server server() throws Exception {
    return (Server) call(ours, "StockServer", "on", 0);
  }

  /// @param name of the file
  private record Block(String name, String text) {}

  private static List<Block> block(String kind) throws IOException {
    return BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .filter(it -> it.group(2).equals(kind))
        .map(it -> new Block(it.group(1), it.group(3)))
        .toList();
  }

  /// Compiles the classes of the page together with what is generated.
  private static ClassLoader compile(
      Path sources, String kind, String classPath, ClassLoader parent) throws IOException {
    var blocks = block(kind);
    assertThat(blocks).hasSizeGreaterThan(1);
    for (var block : blocks) {
      Files.writeString(sources.resolve("com/example/stock").resolve(block.name), block.text);
    }
    var classes = Files.createDirectories(sources.resolve("classes"));
    var arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString()));
    arguments.addAll(List.of("-cp", classPath));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(it -> it.endsWith(".java")).forEach(arguments::add);
    }
    var javac = ToolProvider.getSystemJavaCompiler();
    assertThat(javac.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    return new URLClassLoader(new URL[] {classes.toUri().toURL()}, parent);
  }

  private static IdlCompiler thrift() {
    var thrift = IdlCompiler.apache("java:generated_annotations=suppress");
    if (thrift.isEmpty() && "1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      fail(NO_THRIFT);
    }
    return thrift.orElseGet(() -> Assumptions.abort(NO_THRIFT));
  }

  private static ClassLoader theirs() throws IOException {
    var sources = Files.createDirectories(folder.resolve("apache"));
    assertThat(thrift().compile(folder.resolve("stock.thrift"), sources))
        .isEqualTo(IdlCompiler.Outcome.ACCEPTS);
    var slf4j = LoggerFactory.class.getProtectionDomain().getCodeSource().getLocation();
    var libraries = new URL[] {LIBTHRIFT.toUri().toURL(), slf4j};
    var parent = new URLClassLoader(libraries, ClassLoader.getPlatformClassLoader());
    var classPath = LIBTHRIFT + File.pathSeparator + slf4j.getPath();
    return compile(sources, "java apache", classPath, parent);
  }

  private static void run(Object server, String method) {
    try {
      server.getClass().getMethod(method).invoke(server);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object call(ClassLoader loader, String type, String method, Object... arguments)
      throws Exception {
    var all =
        Stream.of(loader.loadClass("com.example.stock." + type).getMethods())
            .collect(Collectors.toMap(it -> it.getName(), it -> it, (a, b) -> a));
    return all.get(method).invoke(null, arguments);
  }
}
