package io.windhover.idl;

/// A type that is not a typedef. (The elements of a container may be declared through one, except
/// in the result of [#trueType].)
public sealed interface TrueType extends Type
    permits BaseType, EnumType, ListType, MapType, SetType, StructType {}
