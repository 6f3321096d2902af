package io.windhover.codegen.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JavaNamesTest {

  @ParameterizedTest
  @CsvSource({
    "name, name",
    "user_id, userId",
    "userId, userId",
    "UserId, userId",
    "USER_ID, userId",
    "ID, id",
    "URLPath, urlPath",
    "field_1, field1",
    "_id, id",
    "id_, id_",
    "user_id__, userId__",
    "a__b, aB",
    "user_URL, userURL",
    "HTTP2, http2",
    "_1, _1",
    "_, _"
  })
  void camelCase(String idl, String java) {
    assertThat(JavaNames.camelCase(idl)).isEqualTo(java);
  }

  @ParameterizedTest
  @CsvSource({
    "class, class_",
    "new, new_",
    "true, true_",
    "_, __",
    "wait, wait_",
    "get_class, getClass_",
    "hash_code, hashCode_",
    "to_string, toString_",
    "equals, equals_",
    "taken, taken_",
    "record, record"
  })
  void membersAvoidWhatIsTaken(String idl, String java) {
    assertThat(JavaNames.member(idl, Set.of("taken"))).isEqualTo(java);
  }

  @ParameterizedTest
  @CsvSource({
    "Order, Order",
    "Order_Item, Order_Item",
    "order_item, OrderItem",
    "orderItem, OrderItem",
    "record, Record",
    "enum, Enum",
    "_order, _order",
    "_, T_",
    "__, T__",
    "_1, T_1",
    "Codec, Codec_"
  })
  void typesBeginWithACapital(String idl, String java) {
    assertThat(JavaNames.type(idl)).isEqualTo(java);
  }

  @ParameterizedTest
  @CsvSource({
    "com.example, com.example",
    "com.new.package, com.new_.package_",
    "com.2x, com._2x",
    "java, java_",
    "java.util, java_.util",
    "javax, javax",
    "javanese.java, javanese.java"
  })
  void packages(String idl, String java) {
    assertThat(JavaNames.packageName(idl)).isEqualTo(java);
  }

  @ParameterizedTest
  @CsvSource({
    "tags, DEFAULT_TAGS",
    "userId, DEFAULT_USER_ID",
    "aBC, DEFAULT_A_B_C",
    "aBc, DEFAULT_A_BC",
    "class_, DEFAULT_CLASS_"
  })
  void constantsOfDefaults(String member, String java) {
    assertThat(JavaNames.upperCase("DEFAULT_", member)).isEqualTo(java);
  }
}
