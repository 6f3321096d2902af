/// The Java contestants of the bench: each a page against one library, written as that library's
/// own documentation would have it.
///
/// Start at [Contestants], the program.
@NullMarked
package io.windhover.bench.contestant;

import org.jspecify.annotations.NullMarked;
