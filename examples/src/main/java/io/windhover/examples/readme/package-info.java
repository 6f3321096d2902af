/// The code of the README and of `docs/options.md`, as it stands there.
package io.windhover.examples.readme;
