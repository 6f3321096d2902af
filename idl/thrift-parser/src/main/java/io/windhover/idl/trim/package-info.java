/// Takes out of files what is not needed, and leaves the rest as it is written.
///
/// Start at [io.windhover.idl.trim.Trimmer]: [io.windhover.source.trim.Selection] says what is
/// wanted, `Reach` finds what that needs, `Cut` takes the rest out of the text.
package io.windhover.idl.trim;
