/// Takes out of `.proto` files what is not needed, and leaves the rest as it is written.
///
/// Start at [io.windhover.proto.trim.Trimmer]: [io.windhover.source.trim.Selection] says what is
/// wanted, `Reach` finds what that needs, and of `Imports` those that bring it.
package io.windhover.proto.trim;
