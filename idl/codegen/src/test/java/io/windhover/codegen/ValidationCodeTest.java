package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Caller;
import io.windhover.thrift.validation.Validated;
import io.windhover.thrift.validation.ValidationException;
import io.windhover.thrift.validation.Violation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is around the single rules: paths, messages, the order, structs in structs, the messages of
/// services.
final class ValidationCodeTest {
  private static final String IDL =
      """
      enum Color { RED, GREEN }
      struct Item {
        1: string name (vt.min_size = "1")
        2: optional i32 count (vt.gt = "0", vt.le = "$max")
        3: i32 max = 5
        4: map<string, string> labels (vt.key.max_size = "3", vt.value.pattern = "^[a-z]+$")
      }
      struct Order {
        1: list<Item> items (vt.elem.skip = "false", vt.max_size = "9")
        2: list<list<i32>> matrix (vt.elem.elem.lt = "5")
        3: optional Choice choice
        4: optional Order previous
        5: i32 total
        6: list<Item> unchecked
        7: Color color (vt.in = "Color.GREEN")
        8: string validate
      } (vt.assert = "@equal(@mod($total, 5), 0)")
      union Choice { 1: Item item, 2: list<i32> numbers (vt.elem.lt = "10"), 3: string text }
      exception Refused { 1: string message (vt.max_size = "3") }
      struct Secret {
        1: string password (vt.min_size = "8", windhover.redact = "true")
        2: string again (vt.const = "$password")
        3: map<string, string> tokens (vt.value.prefix = "x", windhover.redact)
      }
      struct Free { 1: i32 number, 2: list<Order> orders }
      service Shop {
        Order put(1: Order order, 2: i32 times (vt.gt = "0"), 3: Order other) throws (1: Refused refused)
        Free free(1: Free free, 2: i32 number)
        Item one(1: Item item)
        bool number(1: i32 number (vt.gt = "0"))
        list<Item> several(1: list<Item> items (vt.elem.skip = "false"))
        string text(1: string text (vt.min_size = "1"))
      }
      """;

  @TempDir static Path classes;

  private static Generated generated;

  @BeforeAll
  static void generate() {
    generated = Generated.loadText(classes, IDL);
  }

  @Test
  void namesTheWayToTheValue() {
    var items = List.of(item("a"), item("a"), item(""));
    var order =
        order()
            .set("items", items)
            .set("matrix", List.of(List.of(), List.of(1, 2, 7)))
            .set("choice", arm("Numbers", List.of(1, 10)))
            .set("previous", order().set("total", 1))
            .set("total", 2)
            .set("color", color("RED"));

    assertThat(messages(order))
        .containsExactly(
            "items[2].name needs at least 1 byte of UTF-8, has 0 (vt.min_size)",
            "matrix[1][2] needs a value below 5, has 7 (vt.elem.elem.lt)",
            "choice.numbers[1] needs a value below 10, has 10 (vt.elem.lt)",
            "previous needs @equal(@mod($total, 5), 0) to hold, has false (vt.assert)",
            "color needs one of Color.GREEN, has RED (vt.in)",
            "the struct needs @equal(@mod($total, 5), 0) to hold, has false (vt.assert)");
    assertThatThrownBy(() -> validated(order).validate())
        .isInstanceOf(ValidationException.class)
        .hasMessage("items[2].name needs at least 1 byte of UTF-8, has 0 (vt.min_size)");
  }

  @Test
  void saysWhatIsExpectedAndWhatIsThere() {
    var item =
        generated
            .struct("test.Item")
            .set("name", "a")
            .set("count", 7)
            .set("labels", Map.of("long\n", "A1"));

    assertThat(validated(item).violations())
        .containsExactly(
            new Violation("count", "le", "at most $max = 5", "7"),
            new Violation("labels['long\ufffd']", "key.max_size", "at most 3 bytes of UTF-8", "5"),
            new Violation(
                "labels['long\ufffd']", "value.pattern", "a match of '^[a-z]+$'", "'A1'"));
  }

  @Test
  void looksIntoContainersOnlyIfAsked() {
    assertThat(messages(order().set("unchecked", List.of(item(""))))).isEmpty();
  }

  @Test
  void takesWhatIsMissingInAListForUnset() {
    assertThat(messages(order().set("items", Collections.singletonList(null)))).isEmpty();
    assertThat(messages(order().set("matrix", Collections.singletonList(null)))).isEmpty();
  }

  @Test
  void aUnionChecksTheArmThatIsThere() {
    assertThat(validated(arm("Item", item(""))).violations()).hasSize(1);
    assertThat(validated(arm("Text", "")).violations()).isEmpty();
  }

  @Test
  void anExceptionIsCheckedLikeAStruct() {
    assertThat(messages(generated.struct("test.Refused").set("message", "long")))
        .containsExactly("message needs at most 3 bytes of UTF-8, has 4 (vt.max_size)");
  }

  @Test
  void recordsAreCheckedLikeClasses(@TempDir Path records) {
    var type =
        Generated.loadText(
                records,
                """
                struct Limits {
                  1: optional i32 needed (vt.gt = "5", vt.not_nil = "true")
                  2: optional i32 standard = 3 (vt.lt = "$limit")
                  3: optional i32 limit
                  4: optional i32 same (vt.const = "$limit")
                  5: string text (vt.min_size = "1")
                  6: optional bool flag (vt.const = "true")
                  7: optional list<i32> list (vt.elem.lt = "$limit")
                } (vt.assert = "@equal($needed, $limit)", windhover.style = "record")
                """)
            .type("test.Limits");

    assertThat(messages(record(type, Map.of())))
        .containsExactly(
            "needed needs a value, has none (vt.not_nil)",
            "text needs at least 1 byte of UTF-8, has 0 (vt.min_size)");
    assertThat(
            messages(
                record(
                    type,
                    Map.of(
                        "needed", 1000, "limit", 1000, "same", 1000, "text", "a", "flag", true))))
        .isEmpty();
    assertThat(
            messages(
                record(
                    type,
                    Map.of(
                        "needed",
                        6,
                        "limit",
                        3,
                        "same",
                        4,
                        "text",
                        "a",
                        "flag",
                        false,
                        "list",
                        List.of(2, 3)))))
        .containsExactly(
            "standard needs a value below $limit = 3, has 3 (vt.lt)",
            "same needs the value $limit = 3, has 4 (vt.const)",
            "flag needs the value true, has false (vt.const)",
            "list[1] needs a value below $limit = 3, has 3 (vt.elem.lt)",
            "the struct needs @equal($needed, $limit) to hold, has false (vt.assert)");
  }

  private static Object record(Class<?> type, Map<String, Object> values) {
    var builder = new Struct(Struct.callStatic(type, "builder"));
    values.forEach(builder::set);
    return builder.call("build");
  }

  @Test
  void doesNotShowWhatIsRedacted() {
    var secret =
        generated
            .struct("test.Secret")
            .set("password", "letmein")
            .set("again", "letmeout")
            .set("tokens", Map.of("key", "value"));

    assertThat(messages(secret))
        .containsExactly(
            "password needs at least 8 bytes of UTF-8, has <redacted> (vt.min_size)",
            "again needs the value $password, has 'letmeout' (vt.const)",
            "tokens[<redacted>] needs the prefix 'x', has <redacted> (vt.value.prefix)");
  }

  @Test
  void aStructWithoutRulesHasNothingOfThis() {
    var free = generated.type("test.Free");

    assertThat(Validated.class).isNotIn((Object[]) free.getInterfaces());
    assertThat(Stream.of(free.getDeclaredMethods()).map(java.lang.reflect.Method::getName))
        .noneMatch(name -> name.contains("validate"));
    assertThat(Stream.of(free.getDeclaredClasses()).map(Class::getSimpleName))
        .containsExactly("Codec");
  }

  @Test
  void leavesTheNamesOfItsMethodsFree() {
    assertThat(order().set("validate_", "x").get("validate_")).isEqualTo("x");
  }

  @Test
  void checksAllArgumentsAndTheResult() {
    var bad = order().set("total", 1).value();

    assertThat(messages(request("put", order().value(), 1, order().value()))).isEmpty();
    assertThat(messages(request("put", order().value(), 0, bad)))
        .containsExactly(
            "times needs a value above 0, has 0 (vt.gt)",
            "other needs @equal(@mod($total, 5), 0) to hold, has false (vt.assert)");
    assertThat(messages(request("free", generated.struct("test.Free").value(), 1))).isEmpty();
  }

  @Test
  void checksResultsAndExceptions() {
    var bad = order().set("total", 1).value();

    assertThat(messages(response("put", bad)))
        .containsExactly("success needs @equal(@mod($total, 5), 0) to hold, has false (vt.assert)");
    assertThat(messages(response("put", order().value()))).isEmpty();
    assertThat(messages(response("free", generated.struct("test.Free").value()))).isEmpty();
  }

  @Test
  void checksASingleArgument() {
    var bad = generated.struct("test.Item").value();

    assertThat(messages(request("one", bad))).hasSize(1);
    assertThat(messages(request("number", 0)))
        .containsExactly("number needs a value above 0, has 0 (vt.gt)");
    assertThat(messages(request("several", List.of(bad)))).hasSize(1);
    assertThat(messages(request("text", ""))).hasSize(1);
  }

  /// Calls a method through the stub.
  ///
  /// @return the request that leaves it
  private static Object request(String method, Object... arguments) {
    var requests = new ArrayList<>();
    Caller caller =
        (service, called, request) -> {
          requests.add(request);
          throw new IllegalStateException("far enough");
        };
    var shop = Struct.callStatic(generated.type("test.Shop"), "on", caller);
    assertThatThrownBy(() -> new Struct(shop).call(method, arguments)).hasMessage("far enough");
    return requests.getFirst();
  }

  /// Runs a handler that returns a value.
  ///
  /// @return the response struct
  private static Object response(String method, Object value) {
    var type = generated.type("test.Shop");
    var handler =
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> value);
    var service = (io.windhover.rpc.Service) Struct.callStatic(type, "serve", handler);
    var request =
        method.equals("put")
            ? request(method, order().value(), 1, order().value())
            : request(method, generated.struct("test.Free").value(), 1);
    return service.operations().stream()
        .filter(it -> it.method().name().equals(method))
        .findFirst()
        .orElseThrow()
        .endpoint()
        .call(null, request);
  }

  private static List<String> messages(Object struct) {
    return validated(struct).violations().stream().map(Violation::message).toList();
  }

  private static Validated validated(Object struct) {
    return (Validated) (struct instanceof Struct named ? named.value() : struct);
  }

  private static Struct order() {
    return generated.struct("test.Order").set("color", color("GREEN"));
  }

  private static Object item(String name) {
    return generated.struct("test.Item").set("name", name).value();
  }

  private static Object color(String name) {
    return Struct.constant(generated.type("test.Color"), name);
  }

  private static Object arm(String name, Object value) {
    return Struct.construct(generated.type("test.Choice$" + name), value);
  }
}
