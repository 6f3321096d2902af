package io.windhover.idl.ast;

import java.util.List;
import java.util.Optional;

/// A definition as it is written: each has a name of its own in the file's one name space.
public sealed interface Declaration extends Node
    permits ConstDef, EnumDef, ServiceDef, StructDef, TypedefDef {

  Optional<DocComment> doc();

  Name name();

  List<Annotation> annotations();
}
