/// The code of the README, as it stands there.
package io.windhover.examples.readme;
