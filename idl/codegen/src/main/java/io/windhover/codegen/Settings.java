package io.windhover.codegen;

import io.windhover.codegen.GeneratorOptions.Descriptors;
import io.windhover.codegen.GeneratorOptions.StructStyle;
import io.windhover.codegen.model.Choices;
import io.windhover.codegen.model.TypeNames;
import io.windhover.idl.Definition;
import io.windhover.idl.Field;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.Namespace;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of a run, and what annotations of the IDL say instead.
///
/// A key that is ours and means nothing where it stands is an error: misspelled, it may stand for a
/// secret.
final class Settings implements Choices {

  /// What our keys begin with.
  private static final String PREFIX = "windhover.";

  private static final String STYLE = PREFIX + "style";
  private static final String ASYNC = PREFIX + "async";
  private static final String DESCRIPTORS = PREFIX + "descriptors";
  private static final String REDACT = PREFIX + "redact";

  private final List<Diagnostic> diagnostics;
  private final Map<Program, Descriptors> descriptors = new HashMap<>();
  private final Set<StructType> records = new HashSet<>();
  private final Set<Service> asyncs = new HashSet<>();
  private final Set<Field> redacted = new HashSet<>();

  /// @param programs all files that a run looks at, included ones too
  Settings(GeneratorOptions options, Collection<Program> programs, List<Diagnostic> diagnostics) {
    this.diagnostics = diagnostics;
    for (var program : programs) {
      var ofFile = file(program, options);
      descriptors.put(program, ofFile.descriptors());
      program.definitions().forEach(definition -> definition(definition, ofFile));
    }
    programs.forEach(this::checkIncludes);
  }

  /// The descriptor of a file needs those of the files that it includes.
  private void checkIncludes(Program program) {
    if (!isDescribed(program)) {
      return;
    }
    for (var include : program.syntax().includes()) {
      var target = program.included(include);
      if (!isDescribed(target)) {
        diagnostics.add(
            Diagnostic.of(
                    ThriftRule.GENERATOR_ERROR,
                    include.span(),
                    "'%s' has a descriptor, and '%s' has none"
                        .formatted(program.name(), target.name()))
                .withHelp("write (%s = \"plain\") behind its namespace".formatted(DESCRIPTORS)));
      }
    }
  }

  /// What of a file is kept for programs that ask.
  Descriptors descriptors(Program program) {
    return descriptors.getOrDefault(program, Descriptors.NONE);
  }

  @Override
  public boolean isRecord(StructType struct) {
    return records.contains(struct);
  }

  @Override
  public boolean isAsync(Service service) {
    return asyncs.contains(service);
  }

  @Override
  public boolean isDescribed(Program program) {
    return descriptors(program) != Descriptors.NONE;
  }

  @Override
  public boolean isRedacted(Field field) {
    return redacted.contains(field);
  }

  private GeneratorOptions file(Program program, GeneratorOptions options) {
    var ofFile = options;
    for (var namespace : program.syntax().namespaces()) {
      if (isOfJava(namespace, program)) {
        var own = own(namespace.annotations(), STYLE, ASYNC, DESCRIPTORS);
        ofFile =
            ofFile
                .withStyle(style(own.get(STYLE), ofFile.style()))
                .withAsync(flag(own.get(ASYNC), ofFile.async()))
                .withDescriptors(descriptors(own.get(DESCRIPTORS), ofFile.descriptors()));
      } else {
        own(namespace.annotations());
      }
    }
    return ofFile;
  }

  private static boolean isOfJava(Namespace namespace, Program program) {
    return namespace.scope().equals(TypeNames.NAMESPACE)
        || (namespace.scope().equals("*")
            && program.syntax().namespaces().stream()
                .noneMatch(other -> other.scope().equals(TypeNames.NAMESPACE)));
  }

  private void definition(Definition definition, GeneratorOptions ofFile) {
    switch (definition) {
      case StructType struct when struct.kind() == StructKind.STRUCT -> {
        var style = own(struct.syntax().annotations(), STYLE).get(STYLE);
        if (style(style, ofFile.style()) == StructStyle.RECORD) {
          records.add(struct);
        }
        struct.fields().forEach(this::field);
      }
      case StructType unionOrException -> {
        own(unionOrException.syntax().annotations());
        unionOrException.fields().forEach(this::field);
      }
      case Service service -> {
        var async = own(service.syntax().annotations(), ASYNC).get(ASYNC);
        if (flag(async, ofFile.async())) {
          asyncs.add(service);
        }
        for (var method : service.methods()) {
          own(method.syntax().annotations());
          method.arguments().forEach(this::field);
          method.exceptions().forEach(this::field);
        }
      }
      default -> own(definition.syntax().annotations());
    }
  }

  private StructStyle style(@Nullable Annotation annotation, StructStyle otherwise) {
    if (annotation == null) {
      return otherwise;
    }
    return switch (value(annotation)) {
      case "class" -> StructStyle.CLASS;
      case "record" -> StructStyle.RECORD;
      default -> {
        refused(annotation, "class or record");
        yield otherwise;
      }
    };
  }

  private Descriptors descriptors(@Nullable Annotation annotation, Descriptors otherwise) {
    if (annotation == null) {
      return otherwise;
    }
    return switch (value(annotation)) {
      case "none" -> Descriptors.NONE;
      case "plain" -> Descriptors.PLAIN;
      case "docs" -> Descriptors.DOCS;
      default -> {
        refused(annotation, "none, plain or docs");
        yield otherwise;
      }
    };
  }

  private void field(Field field) {
    own(field.syntax().type().annotations());
    var redact = own(field.syntax().annotations(), REDACT).get(REDACT);
    if (flag(redact, false)) {
      redacted.add(field);
    }
  }

  /// A bare key says yes.
  private boolean flag(@Nullable Annotation annotation, boolean otherwise) {
    if (annotation == null) {
      return otherwise;
    }
    return switch (value(annotation)) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        refused(annotation, "true or false");
        yield otherwise;
      }
    };
  }

  private static String value(Annotation annotation) {
    return annotation.value().map(it -> it.value()).orElse("true");
  }

  private void refused(Annotation annotation, String expected) {
    diagnostics.add(
        Diagnostic.of(
            ThriftRule.GENERATOR_ERROR,
            annotation.span(),
            "%s: '%s' (expected: %s)"
                .formatted(annotation.key().text(), value(annotation), expected)));
  }

  /// Returns the annotations that are ours, by key, and reports those whose key is not among
  /// `known`.
  private Map<String, Annotation> own(List<Annotation> annotations, String... known) {
    var own = new HashMap<String, Annotation>();
    for (var annotation : annotations) {
      var key = annotation.key().text();
      if (List.of(known).contains(key)) {
        own.put(key, annotation);
      } else if (key.startsWith(PREFIX)) {
        var expected =
            known.length == 0 ? "" : " (expected: %s)".formatted(String.join(", ", known));
        diagnostics.add(
            Diagnostic.of(
                ThriftRule.GENERATOR_ERROR,
                annotation.key().span(),
                "'%s' means nothing here%s".formatted(key, expected)));
      }
    }
    return own;
  }
}
