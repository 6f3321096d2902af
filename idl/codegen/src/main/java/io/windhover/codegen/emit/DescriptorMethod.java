package io.windhover.codegen.emit;

import io.windhover.codegen.model.JavaNames;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.MemberNames;
import io.windhover.idl.Constant;
import io.windhover.idl.Definition;
import io.windhover.idl.EnumType;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.Typedef;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Emits the method by which a generated type leads to its descriptor, if its file has one.
public final class DescriptorMethod {
  private static final String NAME = "descriptor";

  private final @Nullable String file;
  private final String kind;
  private final String idlName;

  /// Names of methods that the type has or inherits by its IDL.
  private final Set<String> methods = new HashSet<>();

  /// @param file the qualified name of the class with the descriptor of the file, or null
  public DescriptorMethod(@Nullable String file, Definition definition) {
    this.file = file;
    this.idlName = definition.name();
    this.kind =
        switch (definition) {
          case EnumType _ -> "EnumDescriptor";
          case Service _ -> "ServiceDescriptor";
          case StructType _ -> "StructDescriptor";
          case Typedef _, Constant _ ->
              throw new IllegalArgumentException(definition.name() + " becomes no type of Java");
        };
    var service = definition instanceof Service it ? Optional.of(it) : Optional.<Service>empty();
    while (service.isPresent()) {
      service.get().methods().forEach(method -> methods.add(MemberNames.of(method)));
      service = service.get().base();
    }
  }

  /// @param modifiers of the method
  /// @param accessors names of other methods of the type
  public void emit(JavaSource out, String modifiers, Set<String> accessors) {
    if (file == null) {
      return;
    }
    var taken = new HashSet<>(accessors);
    taken.addAll(methods);
    out.blank();
    out.docText("Returns what the IDL says of this type.");
    out.method(
        "%s `%s` %s()".formatted(modifiers, kind, JavaNames.member(NAME, taken)),
        "return `%s`.DESCRIPTOR.definition(\"%s\", `%s`.class);".formatted(file, idlName, kind));
  }
}
