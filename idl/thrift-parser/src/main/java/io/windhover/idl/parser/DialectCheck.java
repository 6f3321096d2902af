package io.windhover.idl.parser;

import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.Name;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Quote;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import java.util.List;
import java.util.Set;

/// Refuses the forms of one compiler where the user has asked for the dialect of the other.
final class DialectCheck {

  /// Words of Apache's grammar, which cannot name a definition, an item or a method there.
  private static final Set<String> KEYWORDS =
      words(
          """
          async binary bool byte const cpp_include cpp_type double enum exception extends i16 i32 i64 i8 include list
          map namespace oneway optional reference required service set string struct throws typedef union void
          xsd_all xsd_attrs xsd_nillable xsd_optional
          """);

  /// Words of the languages it generates, which can name nothing at all there.
  private static final Set<String> RESERVED =
      words(
          """
          __CLASS__ __DIR__ __FILE__ __FUNCTION__ __LINE__ __METHOD__ __NAMESPACE__ abstract alias and args as assert
          begin break case catch class clone continue declare def default del delete do dynamic elif else elseif
          elsif end enddeclare endfor endforeach endif endswitch endwhile ensure except exec finally float for
          foreach from function global goto if implements import in inline instanceof interface is lambda module
          native new next nil not or package pass print private protected public raise redo register rescue retry
          return self sizeof static super switch synchronized then this throw transient try undef unless unsigned
          until use var virtual volatile when while with xor yield
          """);

  private final Dialect dialect;
  private final Diagnostics diagnostics;

  DialectCheck(Dialect dialect, Diagnostics diagnostics) {
    this.dialect = dialect;
    this.diagnostics = diagnostics;
  }

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  Dialect dialect() {
    return dialect;
  }

  /// @param what as it reads after "refuses"
  void onlyApache(Span span, String what) {
    if (dialect == Dialect.THRIFTGO) {
      diagnostics.report(ThriftRule.OTHER_DIALECT, span, "Thriftgo refuses " + what);
    }
  }

  /// @param what as it reads after "refuses"
  void onlyThriftgo(Span span, String what) {
    if (dialect == Dialect.APACHE) {
      diagnostics.report(ThriftRule.OTHER_DIALECT, span, "Apache Thrift refuses " + what);
    }
  }

  /// @param place as it reads after "annotations"
  void onlyThriftgo(List<Annotation> annotations, String place) {
    if (!annotations.isEmpty()) {
      onlyThriftgo(annotations.getFirst().span(), "annotations " + place);
    }
  }

  /// The name of a definition, an item or a method.
  void checkName(Name name) {
    if (KEYWORDS.contains(name.text())) {
      onlyThriftgo(name.span(), "the name " + Quote.of(name.text()));
    }
    checkFieldName(name);
  }

  void checkFieldName(Name name) {
    if (RESERVED.contains(name.text())) {
      onlyThriftgo(name.span(), "the name " + Quote.of(name.text()));
    }
  }
}
