/// Fuzz targets, each a class with the one method that Jazzer calls, and
/// [io.windhover.fuzz.FuzzTest], which runs them: first with the inputs that are in the tree, then
/// for some seconds with those that Jazzer finds. A target throws what no input may bring about.
package io.windhover.fuzz;
