/// What a change of an IDL means for those who use it.
///
/// Start at [io.windhover.idl.diff.Comparison]; [io.windhover.idl.diff.ThriftChange] is the table
/// of all changes that are told apart. The model of both versions is compared, so that a typedef or
/// an included file hides nothing.
package io.windhover.idl.diff;
