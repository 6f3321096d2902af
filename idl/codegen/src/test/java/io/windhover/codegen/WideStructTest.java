package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.thrift.ThriftProtocolException;
import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Structs of hundreds of fields.
final class WideStructTest {
  private static final int FIELDS = 500;
  private static final int LARGEST_COMPILED_METHOD = 8_000; // HotSpot's HugeMethodLimit

  @TempDir Path classes;

  @Test
  void travelsAndStaysCompilable() throws IOException {
    var wide = Generated.loadText(classes, idl()).struct("test.Wide");
    for (int i = 1; i <= FIELDS; i++) {
      switch (i % 4) {
        case 0 -> wide.set("field" + i, (long) i);
        case 1 -> wide.set("field" + i, "text " + i);
        case 2 -> wide.set("field" + i, List.of(i));
        default -> wide.set("field" + i, i);
      }
    }

    assertThat(wide.again()).isEqualTo(wide);
    assertThat(new Struct(wide.call("deepCopy"))).isEqualTo(wide);
    assertThat(wide.toString()).contains("field_500=500");
    assertThatThrownBy(() -> Struct.read(wide.value().getClass(), "00"))
        .isInstanceOf(ThriftProtocolException.class)
        .hasMessageContaining("Wide.field_3");
    assertThat(largestMethod("test/Wide$Codec.class")).isLessThan(LARGEST_COMPILED_METHOD);
  }

  @Test
  void nestedContainersStayCompilableToo() throws IOException {
    var fields =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> i + ": map<string, map<i32, list<set<string>>>> f" + i)
            .collect(Collectors.joining("\n", "struct Wide {\n", "\n}"));

    var wide = Generated.loadText(classes, fields).struct("test.Wide");
    wide.set("f100", Map.of("a", Map.of(1, List.of(Set.of("b")))));

    assertThat(wide.again()).isEqualTo(wide);
    assertThat(largestMethod("test/Wide$Codec.class")).isLessThan(LARGEST_COMPILED_METHOD);
  }

  private static String idl() {
    return IntStream.rangeClosed(1, FIELDS)
        .mapToObj(WideStructTest::field)
        .collect(Collectors.joining("\n", "struct Wide {\n", "\n}"));
  }

  private static String field(int i) {
    return i
        + ": "
        + switch (i % 4) {
          case 0 -> "optional i64";
          case 1 -> "string";
          case 2 -> "list<i32>";
          default -> "required i32";
        }
        + " field_"
        + i;
  }

  private int largestMethod(String file) throws IOException {
    return ClassFile.of().parse(classes.resolve(file)).methods().stream()
        .flatMap(method -> method.findAttribute(Attributes.code()).stream())
        .mapToInt(CodeAttribute::codeLength)
        .max()
        .orElseThrow();
  }
}
