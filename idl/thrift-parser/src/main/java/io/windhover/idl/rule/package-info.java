/// What the compiler checks of Thrift files.
///
/// All of it is in [ThriftRule] and, as text for people, in `rules.md`.
package io.windhover.idl.rule;
