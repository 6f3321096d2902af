/// The generator and its tools in a Maven build: goals that run the command line in a process of
/// its own. Start at [io.windhover.maven.GenerateMojo].
///
/// Nothing here refers to the generator's classes, which are of a newer Java than Maven may run on.
@NullMarked
package io.windhover.maven;

import org.jspecify.annotations.NullMarked;
