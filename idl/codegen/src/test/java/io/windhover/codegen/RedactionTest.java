package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.Caller;
import io.windhover.thrift.call.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields that the IDL keeps out of texts.
final class RedactionTest {

  private static final String IDL =
      """
      struct Account {
        1: string name (windhover.redact = "false")
        2: string password (windhover.redact = "true")
        3: optional i32 pin (windhover.redact)
        4: list<string> text (java.swift = "x", windhover.redact = "true")
      }
      union Secret { 1: i64 number (windhover.redact), 2: Account account }
      exception Denied { 1: string message (windhover.redact) }
      service Accounts { void login(1: string name, 2: string password (windhover.redact)) }
      """;

  @Test
  void secretsDoNotShow(@TempDir Path classes) throws ReflectiveOperationException {
    var generated = Generated.loadText(classes, IDL);

    var account =
        generated
            .struct("test.Account")
            .set("name", "Ada")
            .set("password", "secret")
            .set("text", List.of("secret"));
    assertThat(account)
        .hasToString("Account[name=Ada, password=<redacted>, pin=null, text=<redacted>]");
    assertThat(account.set("pin", 1234).toString()).contains("pin=<redacted>");
    var number = Struct.construct(generated.type("test.Secret$Number"), 1234L);
    assertThat(number).hasToString("Number[value=<redacted>]");
    var denied = generated.struct("test.Denied").set("message", "secret");
    assertThat((Exception) denied.value())
        .hasMessage("Denied[message=<redacted>]")
        .hasToString("Denied[message=<redacted>]");
    var requests = new ArrayList<>();
    Caller caller =
        (service, method, request) -> {
          requests.add(request);
          return Result.NOTHING;
        };
    var accounts = new Struct(Struct.callStatic(generated.type("test.Accounts"), "on", caller));
    accounts.call("login", "Ada", "secret");
    assertThat(requests).hasToString("[Arguments[name=Ada, password=<redacted>]]");
  }
}
