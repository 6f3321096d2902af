package io.windhover.idl.annotation;

import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.ast.ServiceDef;
import io.windhover.idl.ast.StructDef;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.Arrays;
import java.util.List;

/// Checks annotations whose keys belong to a known family: that the key is one of the family, that
/// it stands where it means something, and that its value can be read. Other keys are anyone's.
public final class AnnotationChecker {
  private static final String HTTP = "api.";
  private static final String STREAMING = "streaming.";

  private final Diagnostics diagnostics;
  private final Streaming streaming;

  /// Where an annotation stands.
  enum Place {
    FIELD("a field"),
    METHOD("a method"),
    SERVICE("a service"),
    STRUCT("a struct");

    private final String withArticle;

    Place(String withArticle) {
      this.withArticle = withArticle;
    }

    @Override
    public String toString() {
      return withArticle;
    }
  }

  public AnnotationChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    this.streaming = new Streaming(diagnostics);
  }

  public void checkStruct(StructDef struct) {
    check(struct.annotations(), Place.STRUCT);
  }

  public void checkService(ServiceDef service) {
    check(service.annotations(), Place.SERVICE);
  }

  public void checkMethod(MethodDef method) {
    check(method.annotations(), Place.METHOD);
    streaming.check(method);
  }

  public void checkField(FieldDef field) {
    check(field.annotations(), Place.FIELD);
  }

  private void check(List<Annotation> annotations, Place place) {
    for (Annotation annotation : annotations) {
      String key = annotation.key().text();
      if (isOf(HTTP, annotation)) {
        checkHttp(annotation, place);
      } else if (isOf(STREAMING, annotation) && !key.equals(Streaming.KEY)) {
        reportUnknown(annotation, List.of(Streaming.KEY));
      } else if (key.equals(Streaming.KEY) && place != Place.METHOD) {
        reportMisplaced(annotation, Place.METHOD);
      }
    }
  }

  private void checkHttp(Annotation annotation, Place place) {
    HttpKey key = HttpKey.find(annotation.key().text());
    if (key == null) {
      reportUnknown(annotation, Arrays.stream(HttpKey.values()).map(HttpKey::key).toList());
    } else if (key.place() != place) {
      reportMisplaced(annotation, key.place());
    }
  }

  private void reportUnknown(Annotation annotation, List<String> known) {
    String key = annotation.key().text();
    diagnostics.report(
        Diagnostic.of(
                ThriftRule.UNKNOWN_ANNOTATION,
                annotation.key().span(),
                "unknown annotation " + Quote.of(key))
            .maybeHelp(Suggestion.help(key, known)));
  }

  private void reportMisplaced(Annotation annotation, Place wanted) {
    diagnostics.report(
        ThriftRule.UNKNOWN_ANNOTATION,
        annotation.key().span(),
        "annotation '" + annotation.key() + "' belongs to " + wanted);
  }

  private static boolean isOf(String family, Annotation annotation) {
    return annotation.key().text().startsWith(family);
  }
}
