/// HTTP/2's frames (RFC 9113, sections 4 and 6) as values: read and checked, and written.
///
/// Start at [Frame]. Neither connections nor streams are known here: which frame may follow which
/// is said elsewhere.
@NullMarked
package io.windhover.http2.frame;

import org.jspecify.annotations.NullMarked;
