/// The generator in a Maven build: one goal, which runs the command line in a process of its own.
///
/// Nothing here refers to the generator's classes, which are of a newer Java than Maven may run on.
@NullMarked
package io.windhover.maven;

import org.jspecify.annotations.NullMarked;
