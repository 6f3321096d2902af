/// What a change of `.proto` files means for those who use them.
///
/// Start at [io.windhover.proto.diff.Comparison]; [io.windhover.proto.diff.ProtoChange] is the
/// table of all changes that are told apart.
package io.windhover.proto.diff;
