package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.proto.ProtoGenerator;
import io.windhover.codegen.proto.ProtoGenerator.Messages;
import io.windhover.codegen.proto.ProtoOptions;
import io.windhover.proto.ProtoCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services in `.proto` files with names that Java, or the classes made of them, have for something
/// else. The compiler of Java is the judge.
final class ServiceNamesTest {

  /// What stands in a service, all of it hostile.
  private static final String METHODS =
      """
      rpc on(A) returns (A);
      rpc serve(A) returns (A);
      rpc toString(A) returns (A);
      rpc to_string(A) returns (A);
      rpc get_class(A) returns (stream A);
      rpc Get(A) returns (A);
      rpc get(A) returns (A);
      rpc GET(A) returns (A);
      rpc record(stream A) returns (A);
      rpc class(stream A) returns (stream A);
      rpc caller(A) returns (stream A);
      rpc service(A) returns (A);
      rpc request(A) returns (A);
      rpc handler(stream A) returns (A);
      rpc io(A) returns (A);
      rpc java(A) returns (stream A);
      rpc operations(A) returns (A);
      rpc streams(A) returns (stream A);
      rpc in(stream A) returns (stream A);
      rpc out(A) returns (stream A);
      rpc Name(A) returns (A);
      rpc FullName(A) returns (A);
      """;

  private static final String SERVICES =
      """
      service Stub { METHODS }
      service Service { METHODS }
      service Caller { METHODS }
      service Operation { METHODS }
      service Plain { rpc Calls(A) returns (A); }
      service PlainCalls { rpc Plain(A) returns (A); }
      service PlainAsync { rpc Plain(A) returns (A); }
      service PlainClient { rpc Plain(stream A) returns (A); }
      service Nothing {}
      """
          .replace("METHODS", METHODS);

  @Test
  void hostileNamesCompileWithMessagesOfOurs(@TempDir Path folder) throws IOException {
    var messages =
        """
        message A {}
        message ECHO {}
        message MessageCall {}
        message GeneratedCodec {}
        message Method {}
        message List {}
        message AsyncCalls {}
        message CompletionStage {}
        service Talk {
          rpc Echo(ECHO) returns (MessageCall);
          rpc Call(AsyncCalls) returns (CompletionStage);
          rpc Codec(GeneratedCodec) returns (stream Method);
          rpc Lists(stream List) returns (List);
        }
        """;

    compile(folder, Messages.WINDHOVER, "syntax = \"proto3\"; package test;" + messages + SERVICES);
  }

  @Test
  void hostileNamesCompileWithMessagesOfProtobufJava(@TempDir Path folder) throws IOException {
    var file =
        """
        syntax = "proto3";
        package test;
        import "google/protobuf/empty.proto";
        """;

    compile(
        folder,
        Messages.PROTOBUF_JAVA,
        file + SERVICES.replaceAll("\\bA\\b", "google.protobuf.Empty"));
  }

  @Test
  void aPackageMayBeCalledAsAService(@TempDir Path folder) throws IOException {
    compile(
        folder,
        Messages.WINDHOVER,
        """
        syntax = "proto3";
        package Talk;
        message Echo {}
        service Talk {
          rpc Say(Echo) returns (Echo);
          rpc Echoes(stream Echo) returns (stream Echo);
        }
        """);
  }

  private static void compile(Path folder, Messages messages, String proto) throws IOException {
    var compilation = ProtoCompiler.compile(Map.of("test.proto", proto), List.of("test.proto"));
    assertThat(compilation.hasErrors()).as(() -> compilation.diagnostics().toString()).isFalse();
    var options = ProtoOptions.DEFAULTS.withMessages(messages).withAsync(true);
    var generated = ProtoGenerator.generate(compilation, compilation.roots(), options);
    assertThat(generated.diagnostics()).isEmpty();

    GeneratedMessages.compile(folder, generated.files());
  }
}
