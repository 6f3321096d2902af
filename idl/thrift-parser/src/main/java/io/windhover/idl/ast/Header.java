package io.windhover.idl.ast;

/// What stands before the definitions.
public sealed interface Header extends Node permits CppInclude, Include, Namespace {}
