package io.windhover.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.windhover.netpoll.ConnectionClosedException;
import java.io.ObjectInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Which package may use which, and what none may use: the table of ARCHITECTURE.md, and the rules
/// of CONTRIBUTING.
@AnalyzeClasses(
    packages = "io.windhover",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.Ours.class})
final class ArchitectureTest {

  private static final String BUFFER = "io.windhover.buffer";
  private static final String NUMBER_LIST = "io.windhover.buffer.list";
  private static final String NETPOLL = "io.windhover.netpoll";
  private static final String NETPOLL_TESTING = "io.windhover.netpoll.testing";
  private static final String TLS = "io.windhover.netpoll.tls";
  private static final String FRAME = "io.windhover.http2.frame";
  private static final String HPACK = "io.windhover.http2.hpack";
  private static final String HTTP2 = "io.windhover.http2";
  private static final String[] JSSE = {"javax.net.ssl", "javax.security.auth.x500"};
  private static final String THRIFT = "io.windhover.thrift";
  private static final String THRIFT_DESCRIPTOR = "io.windhover.thrift.descriptor";
  private static final String THRIFT_VALIDATION = "io.windhover.thrift.validation";
  private static final String CALL = "io.windhover.thrift.call";
  private static final String API = "io.windhover.rpc";
  private static final String RPC_LOG = "io.windhover.rpc.log";
  private static final String TIME = "io.windhover.rpc.time";
  private static final String RPC_CODEC = "io.windhover.rpc.codec";
  private static final String WIRE = "io.windhover.rpc.wire";
  private static final String STREAM = "io.windhover.rpc.stream";
  private static final String POOL = "io.windhover.rpc.pool";
  private static final String CONNECTION = "io.windhover.rpc.connection";
  private static final String CLIENT = "io.windhover.rpc.client";
  private static final String TRANSPORT = "io.windhover.rpc.transport";
  private static final String DISPATCH = "io.windhover.rpc.server.dispatch";
  private static final String SERVER = "io.windhover.rpc.server";
  private static final String RPC_PROTO = "io.windhover.rpc.proto";
  private static final String PROTOBUF = "io.windhover.rpc.protobuf";
  private static final String GRPC = "io.windhover.rpc.grpc";
  private static final String RPC_TESTING = "io.windhover.rpc.testing";
  private static final String VALIDATION = "io.windhover.rpc.validation";
  private static final String SOURCE = "io.windhover.source";
  private static final String SOURCE_PARSE = "io.windhover.source.parse";
  private static final String SOURCE_DIFF = "io.windhover.source.diff";
  private static final String SOURCE_LAYOUT = "io.windhover.source.layout";
  private static final String SOURCE_TRIM = "io.windhover.source.trim";
  private static final String IDL = "io.windhover.idl..";
  private static final String PROTO = "io.windhover.proto";
  private static final String PROTO_MESSAGES = "io.windhover.protobuf";
  private static final String PROTOS = "io.windhover.proto..";
  private static final String PROTO_AST = "io.windhover.proto.ast";
  private static final String PROTO_DIFF = "io.windhover.proto.diff";
  private static final String PROTO_DUMP = "io.windhover.proto.dump";
  private static final String PROTO_FORMAT = "io.windhover.proto.format";
  private static final String PROTO_LINT = "io.windhover.proto.lint";
  private static final String PROTO_PARSER = "io.windhover.proto.parser";
  private static final String PROTO_RULE = "io.windhover.proto.rule";
  private static final String PROTO_SOURCE = "io.windhover.proto.source";
  private static final String PROTO_TRIM = "io.windhover.proto.trim";
  private static final String CODEGEN = "io.windhover.codegen";
  private static final String CODEGEN_PROTO = "io.windhover.codegen.proto";
  private static final String CODEGEN_MODEL = "io.windhover.codegen.model";
  private static final String CODEGEN_CHECK = "io.windhover.codegen.check";
  private static final String CODEGEN_EMIT = "io.windhover.codegen.emit";
  private static final String PLUGIN = "io.windhover.plugin";
  private static final String PLUGIN_HOST = "io.windhover.plugin.host";
  private static final String THRIFTGO = "io.windhover.thriftgo";
  private static final String PROTOC = "io.windhover.protoc";
  private static final String SCAFFOLD = "io.windhover.scaffold";
  private static final String COMMAND_LINE = "io.windhover.cli";

  /// Everything but what is generated for these tests.
  static final class Ours implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/io/windhover/interop/")
          && !location.contains("/io/windhover/conformance/");
    }
  }

  // ---- direction

  @ArchTest static final ArchRule buffer = uses(BUFFER);

  @ArchTest static final ArchRule numberList = uses(NUMBER_LIST);

  @ArchTest static final ArchRule netpoll = uses(NETPOLL, TLS, BUFFER, JSSE[0], "jdk.net");

  @ArchTest static final ArchRule tls = uses(TLS, JSSE);

  @ArchTest static final ArchRule netpollTesting = uses(NETPOLL_TESTING, NETPOLL, BUFFER);

  @ArchTest static final ArchRule http2Frame = uses(FRAME, BUFFER);

  @ArchTest static final ArchRule hpack = uses(HPACK, BUFFER);

  @ArchTest static final ArchRule http2 = uses(HTTP2, FRAME, HPACK, NETPOLL, TLS, BUFFER);

  @ArchTest static final ArchRule thrift = uses(THRIFT, BUFFER, NUMBER_LIST);

  @ArchTest static final ArchRule thriftDescriptor = uses(THRIFT_DESCRIPTOR, THRIFT);

  @ArchTest static final ArchRule thriftValidation = uses(THRIFT_VALIDATION, THRIFT);

  @ArchTest static final ArchRule call = uses(CALL, THRIFT, THRIFT_VALIDATION);

  @ArchTest static final ArchRule api = uses(API, RPC_LOG);

  @ArchTest static final ArchRule rpcLog = uses(RPC_LOG);

  @ArchTest static final ArchRule time = uses(TIME);

  @ArchTest static final ArchRule rpcCodec = uses(RPC_CODEC, API, THRIFT, BUFFER);

  @ArchTest static final ArchRule wire = uses(WIRE, RPC_CODEC, API, RPC_LOG, THRIFT, BUFFER);

  @ArchTest static final ArchRule stream = uses(STREAM, WIRE, API, CALL, THRIFT, NETPOLL, BUFFER);

  @ArchTest static final ArchRule pool = uses(POOL, API, RPC_LOG, NETPOLL, BUFFER);

  @ArchTest
  static final ArchRule connection =
      uses(CONNECTION, POOL, TRANSPORT, STREAM, WIRE, API, RPC_LOG, NETPOLL, BUFFER);

  @ArchTest
  static final ArchRule client =
      uses(
          CLIENT,
          CONNECTION,
          POOL,
          TRANSPORT,
          STREAM,
          WIRE,
          RPC_CODEC,
          TIME,
          RPC_LOG,
          API,
          CALL,
          THRIFT,
          NETPOLL,
          TLS,
          BUFFER);

  @ArchTest
  static final ArchRule transport = uses(TRANSPORT, RPC_CODEC, API, THRIFT, NETPOLL, TLS, BUFFER);

  @ArchTest
  static final ArchRule dispatch =
      uses(
          DISPATCH, TRANSPORT, STREAM, WIRE, RPC_CODEC, TIME, API, RPC_LOG, CALL, THRIFT, NETPOLL,
          BUFFER);

  @ArchTest
  static final ArchRule dispatchKnowsOfNetpollThatAClientHasGone =
      noClasses()
          .that()
          .resideInAPackage(DISPATCH)
          .should()
          .dependOnClassesThat(
              resideInAPackage(NETPOLL).and(not(type(ConnectionClosedException.class))));

  @ArchTest
  static final ArchRule server =
      uses(
          SERVER, DISPATCH, TRANSPORT, STREAM, WIRE, RPC_CODEC, TIME, API, RPC_LOG, CALL, THRIFT,
          NETPOLL, TLS, BUFFER);

  @ArchTest
  static final ArchRule validation = uses(VALIDATION, WIRE, API, THRIFT, THRIFT_VALIDATION);

  @ArchTest
  static final ArchRule rpcProto = uses(RPC_PROTO, RPC_CODEC, API, THRIFT, PROTO_MESSAGES, BUFFER);

  @ArchTest
  static final ArchRule protobuf =
      uses(PROTOBUF, RPC_CODEC, API, THRIFT, BUFFER, "com.google.protobuf");

  @ArchTest
  static final ArchRule grpc =
      uses(
          GRPC, TRANSPORT, WIRE, RPC_CODEC, API, RPC_LOG, CALL, THRIFT, HTTP2, FRAME, HPACK,
          NETPOLL, TLS, BUFFER);

  @ArchTest
  static final ArchRule rpcTesting =
      uses(RPC_TESTING, CLIENT, SERVER, RPC_CODEC, API, THRIFT, BUFFER, "org.junit.jupiter.api..");

  @ArchTest static final ArchRule source = uses(SOURCE);

  @ArchTest static final ArchRule sourceParse = uses(SOURCE_PARSE, SOURCE);

  @ArchTest static final ArchRule sourceDiff = uses(SOURCE_DIFF, SOURCE);

  @ArchTest static final ArchRule sourceTrim = uses(SOURCE_TRIM, SOURCE);

  @ArchTest static final ArchRule sourceLayout = uses(SOURCE_LAYOUT, SOURCE_PARSE, SOURCE);

  @ArchTest
  static final ArchRule parser =
      uses(IDL, SOURCE, SOURCE_PARSE, SOURCE_LAYOUT, SOURCE_DIFF, SOURCE_TRIM);

  @ArchTest static final ArchRule protoSource = uses(PROTO_SOURCE);

  @ArchTest static final ArchRule protoRule = uses(PROTO_RULE, SOURCE);

  @ArchTest static final ArchRule protoAst = uses(PROTO_AST, PROTO_RULE, PROTO_SOURCE, SOURCE);

  @ArchTest static final ArchRule protoMessages = uses(PROTO_MESSAGES, BUFFER, NUMBER_LIST);

  @ArchTest
  static final ArchRule protoParser =
      uses(PROTO_PARSER, PROTO_AST, PROTO_RULE, PROTO_SOURCE, SOURCE, SOURCE_PARSE);

  @ArchTest
  static final ArchRule protoFormat =
      uses(PROTO_FORMAT, PROTO_PARSER, PROTO_AST, PROTO_RULE, SOURCE, SOURCE_PARSE, SOURCE_LAYOUT);

  @ArchTest
  static final ArchRule protoDiff = uses(PROTO_DIFF, PROTO, PROTO_AST, SOURCE, SOURCE_DIFF);

  @ArchTest
  static final ArchRule protoTrim =
      uses(PROTO_TRIM, PROTO, PROTO_PARSER, PROTO_AST, SOURCE, SOURCE_PARSE, SOURCE_TRIM);

  @ArchTest static final ArchRule protoDump = uses(PROTO_DUMP, PROTO_PARSER, PROTO_AST, SOURCE);

  @ArchTest
  static final ArchRule protoLint =
      uses(PROTO_LINT, PROTO, PROTO_AST, PROTO_RULE, SOURCE, SOURCE_PARSE);

  @ArchTest
  static final ArchRule proto =
      uses(PROTO, PROTO_PARSER, PROTO_AST, PROTO_RULE, PROTO_SOURCE, SOURCE, SOURCE_PARSE);

  @ArchTest static final ArchRule codegenModel = uses(CODEGEN_MODEL, IDL, SOURCE);

  @ArchTest static final ArchRule codegenCheck = uses(CODEGEN_CHECK, CODEGEN_MODEL, IDL, SOURCE);

  @ArchTest
  static final ArchRule codegenEmit = uses(CODEGEN_EMIT, CODEGEN_CHECK, CODEGEN_MODEL, IDL, SOURCE);

  @ArchTest
  static final ArchRule generator =
      uses(CODEGEN, CODEGEN_EMIT, CODEGEN_CHECK, CODEGEN_MODEL, IDL, SOURCE);

  @ArchTest
  static final ArchRule codegenProto =
      uses(
          CODEGEN_PROTO,
          CODEGEN,
          CODEGEN_MODEL,
          PROTO,
          PROTO_AST,
          PROTO_RULE,
          PROTO_SOURCE,
          SOURCE);

  @ArchTest static final ArchRule thriftgo = uses(THRIFTGO, CODEGEN, IDL, SOURCE);

  @ArchTest
  static final ArchRule protoc =
      uses(PROTOC, CODEGEN, CODEGEN_PROTO, PROTO, PROTO_AST, PROTO_SOURCE, SOURCE);

  @ArchTest static final ArchRule plugin = uses(PLUGIN, CODEGEN, IDL, SOURCE);

  @ArchTest
  static final ArchRule pluginHost = uses(PLUGIN_HOST, PLUGIN, THRIFTGO, CODEGEN, IDL, SOURCE);

  @ArchTest
  static final ArchRule scaffold =
      uses(SCAFFOLD, CODEGEN, "com.sun.source..", "javax.lang.model.element", "javax.tools");

  @ArchTest
  static final ArchRule commandLine =
      uses(
          COMMAND_LINE,
          SCAFFOLD,
          PLUGIN_HOST,
          THRIFTGO,
          PROTOC,
          CODEGEN,
          CODEGEN_PROTO,
          IDL,
          SOURCE,
          SOURCE_DIFF,
          SOURCE_TRIM,
          PROTOS,
          "picocli..");

  @ArchTest
  static final ArchRule packages = slices().matching("io.windhover.(**)").should().beFreeOfCycles();

  /// A package that no rule above names is a package without a rule.
  @ArchTest
  static void allPackagesHaveARule(JavaClasses classes) {
    var rest =
        classes.that(
            not(
                resideInAnyPackage(
                    BUFFER,
                    NUMBER_LIST,
                    NETPOLL,
                    NETPOLL_TESTING,
                    TLS,
                    FRAME,
                    HPACK,
                    HTTP2,
                    THRIFT,
                    THRIFT_DESCRIPTOR,
                    THRIFT_VALIDATION,
                    CALL,
                    API,
                    RPC_LOG,
                    TIME,
                    RPC_CODEC,
                    WIRE,
                    STREAM,
                    POOL,
                    CONNECTION,
                    CLIENT,
                    TRANSPORT,
                    DISPATCH,
                    SERVER,
                    VALIDATION,
                    RPC_PROTO,
                    PROTOBUF,
                    GRPC,
                    RPC_TESTING,
                    SOURCE,
                    SOURCE_PARSE,
                    SOURCE_LAYOUT,
                    SOURCE_DIFF,
                    SOURCE_TRIM,
                    IDL,
                    PROTO,
                    PROTO_AST,
                    PROTO_MESSAGES,
                    PROTO_PARSER,
                    PROTO_FORMAT,
                    PROTO_DIFF,
                    PROTO_DUMP,
                    PROTO_LINT,
                    PROTO_RULE,
                    PROTO_SOURCE,
                    PROTO_TRIM,
                    CODEGEN,
                    CODEGEN_MODEL,
                    CODEGEN_PROTO,
                    CODEGEN_CHECK,
                    CODEGEN_EMIT,
                    THRIFTGO,
                    PROTOC,
                    PLUGIN,
                    PLUGIN_HOST,
                    SCAFFOLD,
                    COMMAND_LINE)));

    assertThat(rest).isEmpty();
  }

  /// Beside itself and the packages named it uses the JDK's `java..`: no jar, no `sun.misc`.
  private static ArchRule uses(String one, String... others) {
    var allowed = new ArrayList<>(List.of(others));
    allowed.addAll(java.util.List.of(one, "java..", "org.jspecify.annotations"));
    return classes()
        .that()
        .resideInAPackage(one)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new));
  }

  // ---- what none may use

  @ArchTest
  static final ArchRule loggers =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..")
          .because("System.Logger is the only one");

  @ArchTest
  static final ArchRule serialization =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.ServiceLoader")
          .because("peers choose no classes, and jars register no parts");

  @ArchTest
  static final ArchRule properties =
      noClasses()
          .that()
          .doNotHaveSimpleName("Defaults") // one a module
          .should()
          .callMethod(System.class, "getProperty", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class, String.class)
          .orShould()
          .callMethod(Integer.class, "getInteger", String.class)
          .orShould()
          .callMethod(Boolean.class, "getBoolean", String.class)
          .because("options are arguments");

  /// Row 98 of the table of bad inputs: what a peer sends names no class and is no object of Java's
  /// own serialization. The command line loads the plugins that its user names, `new` asks the JDK
  /// for the supertypes of a handler's source, and a server that is told to end for one class of
  /// the JDK.
  @ArchTest
  static final ArchRule classesByName =
      noClasses()
          .that()
          .resideOutsideOfPackage(PLUGIN_HOST)
          .and()
          .doNotHaveFullyQualifiedName(SCAFFOLD + ".Hierarchy")
          .and()
          .doNotHaveFullyQualifiedName(SERVER + ".ShutdownHook")
          .should()
          .callMethod(Class.class, "forName", String.class)
          .orShould()
          .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
          .orShould()
          .callMethod(ClassLoader.class, "loadClass", String.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ObjectInput.class)
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.beans.XMLDecoder");

  /// Row 89b of the table of bad inputs: a clock that jumps moves no deadline. What values mean,
  /// and what tools write into files, is another matter.
  @ArchTest
  static final ArchRule wallClock =
      noClasses()
          .that()
          .resideInAnyPackage(
              BUFFER,
              NETPOLL,
              TLS,
              HPACK,
              THRIFT,
              CALL,
              API,
              RPC_LOG,
              TIME,
              RPC_CODEC,
              WIRE,
              STREAM,
              POOL,
              CONNECTION,
              CLIENT,
              TRANSPORT,
              DISPATCH,
              SERVER,
              VALIDATION,
              PROTOBUF,
              GRPC)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .because("System.nanoTime knows how much time has passed");

  @ArchTest
  static final ArchRule sleeping =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class);

  @ArchTest
  static final ArchRule printing =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("the command line writes where picocli is told to, and the rest logs");

  // ---- shape

  @ArchTest
  static final ArchRule staticState =
      fields().that().areStatic().should().beFinal().because("state belongs to an object");

  @ArchTest
  static final ArchRule inheritance =
      classes()
          .that(describe("have a name", it -> !it.isAnonymousClass()))
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .and()
          .doNotHaveFullyQualifiedName(API + ".ApplicationException") // protocols say more by it
          .should()
          .haveModifier(JavaModifier.FINAL);

  /// Left out: the Thrift runtime, which is the vocabulary of generated code, and the compiler,
  /// whose model is for plugins and tools to read.
  @ArchTest
  static void fourOfTenTypesAreHidden(JavaClasses classes) {
    assertHidden(classes, BUFFER, alwaysTrue());
    assertHidden(classes, NETPOLL + "..", alwaysTrue());
    assertHidden(
        classes,
        "io.windhover.rpc.*",
        not(resideInAnyPackage(RPC_LOG, TIME, WIRE, STREAM, CONNECTION))); // no exports
  }

  private static void assertHidden(
      JavaClasses classes, String module, DescribedPredicate<JavaClass> exported) {
    var types =
        classes.that(resideInAnyPackage(module)).that(describe("top", JavaClass::isTopLevelClass));
    long visible =
        types.that(exported).stream()
            .filter(it -> it.getModifiers().contains(JavaModifier.PUBLIC))
            .count();

    assertThat(10 * (types.size() - visible))
        .as("%d of %d types in %s are public", visible, types.size(), module)
        .isGreaterThanOrEqualTo(4L * types.size());
  }

  private static DescribedPredicate<JavaClass> describe(
      String text, Predicate<JavaClass> predicate) {
    return DescribedPredicate.describe(text, predicate);
  }
}
