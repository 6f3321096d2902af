/// Armeria's Thrift over HTTP in the bench, apart from the others because of its class path, and
/// because it needs classes from Apache's compiler, which not every machine has. Start at
/// [ArmeriaThrift].
@NullMarked
package io.windhover.bench.armeriathrift;

import org.jspecify.annotations.NullMarked;
