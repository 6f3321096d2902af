/// Apache Dubbo in the bench, apart from the others because of its class path. Start at [Dubbo].
@NullMarked
package io.windhover.bench.dubbo;

import org.jspecify.annotations.NullMarked;
